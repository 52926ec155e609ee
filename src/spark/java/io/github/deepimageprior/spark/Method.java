package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.Enlarge;
import io.github.deepimageprior.restore.Inpaint;
import io.github.deepimageprior.restore.Task;

import java.io.Serializable;
import java.util.List;

import picocli.CommandLine.Option;

/**
 * How pictures are restored: options with the meaning and the defaults of the plugin's commands. It travels to the
 * executors as it was written.
 */
final class Method implements Serializable {

	private static final long serialVersionUID = 1;

	/** What is to be done. */
	enum Kind {
		purify, denoise, inpaint, enlarge
	}

	/** Which pixels are missing. */
	enum Missing {
		value, NaN
	}

	/** What becomes of hot and dead pixels. */
	enum Hot {
		replace, keep
	}

	@Option(names = "--task", paramLabel = "TASK", required = true,
		description = "What to do: ${COMPLETION-CANDIDATES}")
	Kind kind;

	@Option(names = "--denoising-method", paramLabel = "METHOD", defaultValue = "non-local",
		description = "denoise: non-local, or 'deep image prior'; default: ${DEFAULT-VALUE}")
	String denoising;

	@Option(names = "--network", paramLabel = "NETWORK", defaultValue = "Fast",
		description = "Fast, Paper, Arch-1 or Arch-2; default: ${DEFAULT-VALUE}")
	String network;

	@Option(names = "--iterations", paramLabel = "STEPS", defaultValue = "0",
		description = "Steps of a fit; default: 1000 to purify, 3000 to denoise, otherwise 2000")
	int iterations;

	@Option(names = "--raw", description = "The result is a single output instead of the moving average.")
	boolean raw;

	@Option(names = "--seed", paramLabel = "SEED", defaultValue = "0",
		description = "Seed of all random numbers; default: ${DEFAULT-VALUE}")
	long seed;

	@Option(names = "--device", paramLabel = "DEVICE", defaultValue = "CPU",
		description = "CPU, GPU 0, ... of every executor; default: ${DEFAULT-VALUE}")
	String device;

	@Option(names = "--precision", paramLabel = "PRECISION", defaultValue = "auto",
		description = "float32, bfloat16, or auto: the one that is faster on the driver; default: ${DEFAULT-VALUE}")
	String precision;

	@Option(names = "--noise-level", paramLabel = "LEVEL", defaultValue = "0",
		description = "denoise: standard deviation of the noise in the images' own units; default: estimated")
	double noise;

	@Option(names = "--hot-pixels", paramLabel = "WHAT", defaultValue = "replace",
		description = "denoise, inpaint, enlarge: single pixels far beyond all others: ${COMPLETION-CANDIDATES}; they "
			+ "are not looked for in tiles; default: ${DEFAULT-VALUE}")
	Hot hot;

	@Option(names = "--missing", paramLabel = "WHICH", defaultValue = "NaN",
		description = "inpaint: missing are pixels that are NaN, or have a value; default: ${DEFAULT-VALUE}")
	Missing missing;

	@Option(names = "--missing-value", paramLabel = "VALUE", defaultValue = "0",
		description = "inpaint: value of the missing pixels; default: ${DEFAULT-VALUE}")
	double missingValue;

	@Option(names = "--factor", paramLabel = "FACTOR", defaultValue = "4",
		description = "enlarge: 2, 3, 4 or 8 times wider and higher; default: ${DEFAULT-VALUE}")
	int factor;

	@Option(names = "--downsampler", paramLabel = "HOW", defaultValue = "Lanczos2",
		description = "enlarge: Lanczos2, area, nearest or binning; how the image is assumed to have been downsampled; "
			+ "default: ${DEFAULT-VALUE}")
	String downsampler;

	/** Checks the values, and chooses what was left to the program, before anything travels. */
	void resolve() {
		if (iterations < 0) throw new DipException("The iterations are " + iterations + ": use at least 1, or 0.");
		if (!(noise >= 0 && Double.isFinite(noise)))
			throw new DipException("The noise level is " + noise + ": use a number above 0, or 0 to estimate it.");
		if (!List.of(2, 3, 4, 8).contains(factor))
			throw new DipException("The factor is " + factor + ": use 2, 3, 4 or 8.");
		if (!List.of("non-local", "deep image prior").contains(denoising))
			throw new DipException(
				"There is no denoising method '" + denoising + "': use non-local or 'deep image prior'.");
		Downsampler.named(downsampler);
		precision = (isFitted() ? Precision.named(precision, device) : Precision.FLOAT32).toString();
	}

	/** @return whether a network is fitted, rather than filtered */
	boolean isFitted() {
		return kind != Kind.denoise || !denoising.equals("non-local");
	}

	/** @return the task; null to purify, which is none */
	Task task() {
		return switch (kind) {
			case purify -> null;
			case denoise -> new Denoise(isFitted() ? DenoisingMethod.DEEP_IMAGE_PRIOR : DenoisingMethod.NON_LOCAL);
			case inpaint -> new Inpaint(true);
			case enlarge -> new Enlarge(factor, Downsampler.named(downsampler), true);
		};
	}

	/** @return what was done, in the title of a result */
	String done() {
		return switch (kind) {
			case purify -> "purified";
			case denoise -> "denoised";
			case inpaint -> "inpainted";
			case enlarge -> "super-resolution x" + factor;
		};
	}
}
