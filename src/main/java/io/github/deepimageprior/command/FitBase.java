package io.github.deepimageprior.command;

import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;

import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class for the commands that fit an untrained network. */
abstract class FitBase extends DipCommand {

	/** Description of the number of iterations. */
	static final String ITERATIONS = "Number of optimisation steps: fewer give a smoother image, more let noise and "
		+ "perturbations back in";

	/** Descriptions of parameters that the studies have as well: SciJava reads parameters from superclasses only. */
	static final String NETWORK = "Fast: 5 scales of 32 feature maps; Paper: 5 of 128; Arch-1: 3 of 128 and Arch-2: 3 "
		+ "of 16, for images of about 32x32 pixels",
		SEED = "Seed of all random numbers: the same seed gives the same result on the same machine (CPU, same "
			+ "precision and threads)",
		DEVICE = "auto: the first GPU that libtorch finds, otherwise the CPU",
		PRECISION = "bfloat16 is about twice as fast on processors that support it, and far slower on others; auto: "
			+ "the faster one on a CPU, float32 on a GPU";

	private static final String AVERAGED = "averaged", RAW = "raw";

	@Parameter(persist = false, label = "Network", choices = { "Fast", "Paper", "Arch-1", "Arch-2" },
		description = NETWORK)
	@CountsIf({ "recipe!=as in Ulyanov et al.", "denoising_method!=non-local" })
	private String preset = Preset.FAST.toString();

	@Parameter(persist = false, label = "Result", choices = { AVERAGED, RAW },
		description = "averaged: the moving average of the network's outputs; raw: a single output")
	@CountsIf({ "recipe!=as in Ulyanov et al.", "denoising_method!=non-local", "uncertainty!=Langevin" })
	private String result = AVERAGED;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Seed", description = SEED)
	@CountsIf("denoising_method!=non-local|uncertainty=ensemble")
	private long seed = FitSettings.DEFAULTS.seed();

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = DEVICE)
	private String device = FitSettings.DEFAULTS.device();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Precision",
		choices = { Precision.AUTO, "float32", "bfloat16" }, description = PRECISION)
	@CountsIf("denoising_method!=non-local")
	private String precision = Precision.AUTO;

	@Parameter(persist = false, label = "Show image while running",
		description = "Shows the image as it develops; ignored without a display and in batch mode")
	private boolean preview = true;

	/** @return the network */
	final Preset preset() {
		return Preset.named(preset);
	}

	/** @return the settings of a fit with so many iterations */
	final FitSettings settings(final int iterations) {
		return settings(iterations, Precision.named(precision, device));
	}

	/** @return the same without a trial of the precision, where there is no fit */
	final FitSettings settingsWithoutFit(final int iterations) {
		final boolean auto = precision.trim().equalsIgnoreCase(Precision.AUTO);
		return settings(iterations, auto ? Precision.FLOAT32 : Precision.named(precision, device));
	}

	private FitSettings settings(final int iterations, final Precision chosen) {
		return preset().settings().withIterations(iterations).withSeed(seed).withDevice(device).withPrecision(chosen);
	}

	/** @return whether the result is the moving average of the outputs, rather than the last output */
	final boolean averaged() {
		return Choice.of("result", result, Map.of(AVERAGED, true, RAW, false));
	}

	final String device() {
		return device;
	}

	final RunMonitor monitor(final String title) {
		return monitor(title, preview);
	}
}
