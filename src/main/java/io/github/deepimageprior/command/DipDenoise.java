package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.restore.Uncertainty;

import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Removes noise from the open image: by non-local filtering, or by a fit that stops before it reproduces the noise. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Denoise...")
public class DipDenoise extends RestoreBase {

	private static final String NON_LOCAL = "non-local", PRIOR = "deep image prior";
	private static final String AUTO = "auto", GAUSSIAN = "Gaussian", POISSON = "Poisson";

	@Parameter(persist = false, label = "Method", choices = { NON_LOCAL, PRIOR },
		description = "non-local: filters groups of similar patches, in seconds, for noise that is independent from "
			+ "pixel to pixel; network, iterations and stopping rule do not matter; deep image prior: fits the network")
	@CountsIf("recipe=custom")
	private String denoising_method = NON_LOCAL;

	@Parameter(persist = false, label = "Noise model", choices = { AUTO, GAUSSIAN, POISSON },
		description = "Gaussian: signal-independent noise; Poisson: photon noise, which grows with the signal as gain "
			+ "and black level say; auto: the method non-local finds out whether it grows, and how; the prior takes "
			+ "Gaussian")
	private String noise_model = AUTO;

	@Parameter(persist = false, label = NOISE_LEVEL, min = "0", description = NOISE_MEANING)
	@CountsIf("denoising_method=non-local|stop=noise level|noise_model=Poisson")
	private double noise_level = 0;

	@Parameter(persist = false, label = "Gain (grey levels per photon)",
		description = "Poisson: by how many grey levels one photon increases a pixel's value")
	@CountsIf("noise_model=Poisson")
	private double gain = 1;

	@Parameter(persist = false, label = "Black level", description = "Poisson: the value of a pixel without light")
	@CountsIf("noise_model=Poisson")
	private double black_level = 0;

	private DenoisingMethod method() {
		return Choice.of("denoising_method", denoising_method,
			Map.of(NON_LOCAL, DenoisingMethod.NON_LOCAL, PRIOR, DenoisingMethod.DEEP_IMAGE_PRIOR));
	}

	@Override
	Task roughly() {
		return new Denoise(method());
	}

	@Override
	double noiseLevel() {
		return noise_level;
	}

	@Override
	void work(final ImagePlus input) {
		final String model = Choice.of("noise_model", noise_model,
			Map.of(AUTO, AUTO, GAUSSIAN, GAUSSIAN, POISSON, POISSON));
		final boolean poisson = model.equals(POISSON);
		final PhotonScale photons = new PhotonScale(gain, black_level);
		final ImageSource image = source(input, MissingPixels.NONE, false);
		if (poisson) CalibratedValues.requireUnscaled(input);
		final Denoise task = new Denoise(method(),
			poisson ? photons.noise(image.mapping(), CalibratedValues.toPixel(input, black_level)) : null,
			model.equals(AUTO));
		final RestoreSettings settings = settings(task, image.mapping().spans());
		if (settings.isNonLocal(task) && settings.uncertainty().kind() == Uncertainty.Kind.LANGEVIN)
			throw new DipException(
				"Langevin samples come from a fit: choose the method deep image prior, or the uncertainty ensemble.");
		restore(new RestoreRun(input, image, task, settings, "denoised"));
	}
}
