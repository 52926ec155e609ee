package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.restore.Enlarge;

import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Generates a larger image that reproduces the open one when it is downsampled. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Super-Resolution...")
public class DipSuperResolution extends RestoreBase {

	@Parameter(persist = false, label = "Factor", choices = { "2", "3", "4", "8" },
		description = "How many times wider and higher the result is")
	private String factor = "4";

	@Parameter(persist = false, label = "Downsampler", choices = { "Lanczos2", "area", "nearest", "binning" },
		description = "How the image is assumed to have been downsampled: Lanczos2 (resampled), area (mean of each "
			+ "block), nearest (single pixels), binning (sum of each block)")
	private String downsampler = Downsampler.LANCZOS2.toString();

	@Parameter(persist = false, label = "Data consistency",
		description = "Corrects the result so that downsampling it reproduces the image; turn it off for a noisy image")
	private boolean data_consistency = true;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = NOISE_LEVEL, min = "0",
		description = NOISE_MEANING)
	@CountsIf("stop=noise level")
	private double noise_level = 0;

	@Override
	Enlarge roughly() {
		return new Enlarge(Choice.of("factor", factor, Map.of("2", 2, "3", 3, "4", 4, "8", 8)),
			Downsampler.named(downsampler), data_consistency);
	}

	@Override
	double noiseLevel() {
		return noise_level;
	}

	@Override
	void work(final ImagePlus input) {
		final Enlarge task = roughly();
		final ImageSource image = source(input, MissingPixels.NONE, false);
		if (task.gain() != 1) CalibratedValues.requirePlain(input);
		image.requireArrays(task.factor());
		restore(new RestoreRun(input, image, task, settings(task, image.mapping().spans()),
			"super-resolution x" + task.factor()));
	}
}
