package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.OpenImages;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.restore.Inpaint;
import io.github.deepimageprior.restore.Task;

import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Fills in the missing pixels of the open image. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Inpaint...")
public class DipInpaint extends RestoreBase {

	private static final String SELECTION = "selection", MASK = "mask image", VALUE = "value", NAN = "NaN";

	@Parameter(persist = false, label = "Missing pixels", choices = { SELECTION, MASK, VALUE, NAN },
		description = "selection: the pixels inside the area selection, or at its points; mask image: where another "
			+ "image is not 0; value: pixels with a certain value; NaN: NaN pixels of a 32-bit image")
	private String missing = SELECTION;

	@Parameter(persist = false, label = "Radius of points (pixels)", min = "0",
		description = "With a point or multi-point selection: how far around each point pixels are missing; 0: only "
			+ "the pixel of the point")
	@CountsIf("missing=selection")
	private double point_radius = 0;

	@Parameter(persist = false, required = false, label = "Mask image (nonzero: missing)",
		description = "Title of an open image of the same size, if the missing pixels are given by a mask image")
	@CountsIf("missing=mask image")
	private String mask_image = "";

	@Parameter(persist = false, label = "Missing value",
		description = "Value of the missing pixels in every channel, if they are given by a value")
	@CountsIf("missing=value")
	private double missing_value = 0;

	@Parameter(persist = false, label = "Keep known pixels",
		description = "Known pixels keep their values; otherwise the network's output replaces them too")
	private boolean keep_known = true;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = NOISE_LEVEL, min = "0",
		description = NOISE_MEANING)
	@CountsIf("stop=noise level")
	private double noise_level = 0;

	@Override
	Task roughly() {
		return new Inpaint(keep_known);
	}

	@Override
	double noiseLevel() {
		return noise_level;
	}

	@Override
	void work(final ImagePlus input) {
		ImageSource.requireOpen(input);
		final String way = Choice.of("missing", missing,
			Map.of(SELECTION, SELECTION, MASK, MASK, VALUE, VALUE, NAN, NAN));
		final double radius = Choice.atLeast("point_radius", point_radius, 0);
		final ImageSource image = source(input, switch (way) {
			case SELECTION -> MissingPixels.selection(input, radius);
			case MASK -> MissingPixels.mask(maskImage(), input);
			case VALUE -> MissingPixels.value(CalibratedValues.toStored(input, missing_value));
			default -> MissingPixels.NAN;
		}, way.equals(SELECTION));
		MissingPixels.requireSome(image);
		final Inpaint task = new Inpaint(keep_known);
		restore(new RestoreRun(input, image, task, settings(task, image.mapping().spans()), "inpainted"));
	}

	private ImagePlus maskImage() {
		if (mask_image.isBlank())
			throw new DipException("No mask image was chosen: enter the title of an open image as mask_image.");
		return OpenImages.named("mask_image", mask_image);
	}
}
