package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageFrames;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;

import java.util.function.Supplier;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

import org.scijava.plugin.Parameter;

/** What the commands that fit an untrained network to the open image have in common. */
abstract class PriorCommand extends DipCommand {

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

	@Parameter(persist = false, label = "Seed", description = "The same seed gives the same picture on the same machine")
	private long seed = FitSettings.DEFAULTS.seed();

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = "auto: the first GPU that libtorch sees, else the CPU")
	private String device = FitSettings.DEFAULTS.device();

	@Parameter(persist = false, label = "Precision", choices = { "float32", "bfloat16" },
		description = "bfloat16 is about twice as fast on recent processors and GPUs, and far slower on others")
	private String precision = FitSettings.DEFAULTS.precision().toString();

	@Parameter(persist = false, label = "Show picture while running", description = "Ignored without a display and in batch mode")
	private boolean preview = true;

	@Parameter(persist = false, label = "Classifier", choices = { Witness.NONE, ClassifierSource.LITE, ClassifierSource.RESNET_18, ClassifierSource.RESNET_50,
		ClassifierSource.FILE },
		description = "Also says what a classifier sees in the image and in what the network makes of it")
	private String classifier = Witness.NONE;

	@Parameter(persist = false, required = false, label = "Model file", style = "open",
		description = "Path of the TorchScript module, if the classifier is one")
	private String model_file = "";

	@Parameter(persist = false, label = "Agree to download", description = "A ResNet is downloaded once, if you agree")
	private boolean download = false;

	@Parameter(persist = false, required = false, label = "True class (empty: as seen)",
		description = "Number or label of the class whose probability is followed; empty for what the classifier sees in the image")
	private String true_class = "";

	/**
	 * Does the work and sets the outputs.
	 *
	 * @param image what is worked on
	 * @param fit how each of its pictures is fitted
	 * @param witness classifies the image and the results; null if that was not asked for
	 */
	abstract void work(ImageFrames image, Fit fit, Witness witness);

	@Override
	final void work(final ImagePlus input) {
		if (!result.equalsIgnoreCase(AVERAGED) && !result.equalsIgnoreCase(RAW)) throw new DipException("There is no result '" + result +
			"': write averaged or raw.");
		final FitSettings settings = FitSettings.DEFAULTS.withIterations(iterations).withSeed(seed).withDevice(device).withPrecision(
			Precision.named(precision));
		final Preset network = Preset.named(preset);
		final ImageFrames image = new ImageFrames(input);
		final Fit fit = new Fit(network.network(image.channels()), settings);
		fit.requireMemory(image.width(), image.height());
		if (classifier.equalsIgnoreCase(Witness.NONE)) work(image, fit, null);
		else try (Classifier model = Classifiers.open(this, classifier, model_file, download, device)) {
			final Witness witness = new Witness(model, ImageFrames.asShown(input), true_class);
			model.classify(witness.look(0)); // better an error now than after the fit
			work(image, fit, witness);
		}
	}

	final boolean averaged() {
		return result.equalsIgnoreCase(AVERAGED);
	}

	final RunMonitor monitor(final String title) {
		return monitor(title, preview);
	}

	/** Passes the progress of one picture's fit on to the monitor of all. */
	class Progress implements FitListener {

		private final RunMonitor monitor;
		final ImageFrames image;
		final int picture;

		Progress(final RunMonitor monitor, final ImageFrames image, final int picture) {
			this.monitor = monitor;
			this.image = image;
			this.picture = picture;
		}

		@Override
		public void progress(final int step, final int of, final double loss, final Supplier<Img<FloatType>> averaged) {
			final String which = image.label(picture);
			monitor.progress((picture + (double) step / of) / image.count(), (which.isEmpty() ? "" : which + ", ") + "step " + step + " of " +
				of, () -> image.picture(picture, averaged.get()));
		}
	}
}
