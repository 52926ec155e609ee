package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.BackProjection;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Paints a larger image that, made smaller again, is the open one. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Super-Resolution...")
public class DipSuperResolution extends RestoreBase {

	@Parameter(persist = false, label = "Factor", choices = { "2", "3", "4", "8" },
		description = "How many times wider and higher the result is")
	private String factor = "4";

	@Parameter(persist = false, label = "Downsampler", choices = { "Lanczos2", "area", "nearest", "binning" },
		description = "How the image came of a larger one: Lanczos2 (resampled), area (mean of squares), nearest (single pixels), binning (sum of squares)")
	private String downsampler = Downsampler.LANCZOS2.toString();

	@Parameter(persist = false, label = "Keep the open image",
		description = "The result is corrected so that it becomes the open image when it is made smaller; else noise in the image may stay out of it")
	private boolean keep = true;

	/** With the defaults. */
	public DipSuperResolution() {
		super(2000, StoppingRule.Kind.FIXED);
	}

	@Override
	String done() {
		return "super-resolution";
	}

	@Override
	int factor() {
		return Choice.of("factor", factor, Map.of("2", 2, "3", 3, "4", 4, "8", 8));
	}

	@Override
	double gain() {
		return Downsampler.named(downsampler).gain(factor());
	}

	@Override
	ImageSource open(final ImagePlus input) {
		return new ImageSource(input);
	}

	@Override
	Observation observe(final ImageSource image, final int picture) {
		return Observation.of(image.read(picture)).downsampled(factor(), Downsampler.named(downsampler));
	}

	@Override
	Recipe ulyanov() {
		return Recipe.superResolution(factor());
	}

	@Override
	ImagePlus result(final ImageSource image, final List<Picture> pictures, final List<String> labels,
		final Map<String, String> report)
	{
		final List<Picture> all = new ArrayList<>();
		for (int picture = 0; picture < pictures.size(); picture++) {
			final Observation observed = observe(image, picture);
			final Picture large = observed.enlarged(), its = pictures.get(picture);
			for (int i = 0; its != null && i < large.values().length; i++)
				if (!Float.isNaN(its.values()[i])) large.values()[i] = its.values()[i];
			all.add(keep ? BackProjection.apply(large, observed) : large);
		}
		return image.results().enlarged(done() + " x" + factor(), all, factor(), gain(), labels, report);
	}

	@Override
	ImagePlus preview(final ImageSource image, final int picture, final Picture restored) {
		return image.results().enlarged(restored, gain());
	}
}
