package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

/** A restoration whose result has the image's own pixels. */
abstract class SameSizeBase extends RestoreBase {

	SameSizeBase(final int iterations, final StoppingRule.Kind stop) {
		super(iterations, stop);
	}

	/** @param write makes planes of a picture's number and its restored values */
	final ImagePlus result(final ImageSource image, final List<Picture> pictures, final List<String> labels,
		final Map<String, String> report, final BiFunction<Integer, Img<FloatType>, ImageProcessor[]> write)
	{
		return image.results().image(done(), picture -> pictures.get(picture) == null ? image.write(picture, null)
			: write.apply(picture, pictures.get(picture).image()), labels::get, report);
	}

	@Override
	final ImagePlus preview(final ImageSource image, final int picture, final Picture restored) {
		return image.results().picture(picture, restored.image());
	}
}
