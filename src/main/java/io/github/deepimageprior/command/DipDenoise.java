package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.Uncertainty;

import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Removes noise from the open image, and stops automatically before the network reproduces the noise. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Denoise...")
public class DipDenoise extends RestoreBase {

	private static final String NON_LOCAL = "non-local", PRIOR = "deep image prior";
	private static final String GAUSSIAN = "Gaussian", POISSON = "Poisson";

	@Parameter(persist = false, label = "Method", choices = { PRIOR, NON_LOCAL },
		description = "deep image prior: fits the network; non-local: filters groups of similar patches, for white "
			+ "noise, in seconds; it uses noise level, noise model, channels, tiles and device only")
	private String denoising_method = PRIOR;

	@Parameter(persist = false, label = "Noise model", choices = { GAUSSIAN, POISSON },
		description = "Gaussian: signal-independent noise; Poisson: photon noise, which grows with the signal")
	private String noise_model = GAUSSIAN;

	@Parameter(persist = false, label = "Gain (grey levels per photon)",
		description = "Poisson: by how many grey levels one photon increases a pixel's value")
	private double gain = 1;

	@Parameter(persist = false, label = "Black level", description = "Poisson: the value of a pixel without light")
	private double black_level = 0;

	@Override
	void work(final ImagePlus input) {
		final boolean poisson = Choice.of("noise_model", noise_model, Map.of(GAUSSIAN, false, POISSON, true));
		final PhotonScale photons = new PhotonScale(gain, black_level);
		final ImageSource image = source(input, MissingPixels.NONE, false);
		if (poisson) CalibratedValues.requireUnscaled(input);
		final DenoisingMethod method = Choice.of("denoising_method", denoising_method,
			Map.of(NON_LOCAL, DenoisingMethod.NON_LOCAL, PRIOR, DenoisingMethod.DEEP_IMAGE_PRIOR));
		final Denoise task = new Denoise(method,
			poisson ? photons.noise(image.mapping(), CalibratedValues.toPixel(input, black_level)) : null);
		final RestoreSettings settings = settings(task, image.mapping().spans());
		if (method == DenoisingMethod.NON_LOCAL && settings.published())
			throw new DipException(
				"The recipe of Ulyanov et al. is for the deep image prior: choose that method, or the recipe custom.");
		if (method == DenoisingMethod.NON_LOCAL && settings.uncertainty().kind() != Uncertainty.Kind.NONE)
			throw new DipException("Uncertainty is estimated from fits: choose the method deep image prior as well.");
		restore(new RestoreRun(input, image, task, settings, "denoised"));
	}
}
