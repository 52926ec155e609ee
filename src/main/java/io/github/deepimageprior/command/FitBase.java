package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;

import java.util.Map;

import org.scijava.plugin.Parameter;

/** What the commands that fit an untrained network have in common. */
abstract class FitBase extends DipCommand {

	static final String AVERAGED = "averaged", RAW = "raw";

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100",
		description = "Optimisation steps: fewer give a smoother picture, more let noise and perturbation back in")
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Network", choices = { "Fast", "Paper", "Arch-1", "Arch-2" },
		description = "Fast: 5 scales of 32 maps; Paper: 5 of 128; Arch-1: 3 of 128 and Arch-2: 3 of 16, for pictures of about 32x32")
	private String preset = Preset.FAST.toString();

	@Parameter(persist = false, label = "Result", choices = { AVERAGED, RAW },
		description = "The moving average of the network's outputs, or its last output alone")
	private String result = AVERAGED;

	@Parameter(persist = false, label = "Seed",
		description = "The same seed gives the same picture on the same machine")
	private long seed = FitSettings.DEFAULTS.seed();

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = "auto: the first GPU that libtorch sees, else the CPU")
	private String device = FitSettings.DEFAULTS.device();

	@Parameter(persist = false, label = "Precision", choices = { Precision.AUTO, "float32", "bfloat16" },
		description = "bfloat16: about twice as fast on processors that compute in it, far slower on others; auto: the faster one on a CPU, float32 on a GPU")
	private String precision = Precision.AUTO;

	@Parameter(persist = false, label = "Show picture while running",
		description = "Ignored without a display and in batch mode")
	private boolean preview = true;

	FitBase() {}

	/** @param iterations default number of them */
	FitBase(final int iterations) {
		this.iterations = iterations;
	}

	/** @return the network that was chosen */
	final Preset preset() {
		return Preset.named(preset);
	}

	/** @return the settings that were chosen */
	final FitSettings settings() {
		return preset().settings().withIterations(iterations).withSeed(seed).withDevice(device)
			.withPrecision(precision());
	}

	@Override
	final Map<String, String> found() {
		return Map.of("precision", precision().toString());
	}

	private Precision precision() {
		return Precision.named(precision, device);
	}

	/** @return whether the moving average of the outputs is wanted, else the last output */
	final boolean averaged() {
		if (!result.equalsIgnoreCase(AVERAGED) && !result.equalsIgnoreCase(RAW))
			throw new DipException("There is no result '" + result + "': write averaged or raw.");
		return result.equalsIgnoreCase(AVERAGED);
	}

	final String device() {
		return device;
	}

	final RunMonitor monitor(final String title) {
		return monitor(title, preview);
	}
}
