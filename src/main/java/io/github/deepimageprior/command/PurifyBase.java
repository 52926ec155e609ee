package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;

import java.util.Arrays;
import java.util.function.Supplier;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

import org.scijava.plugin.Parameter;

/** What the commands that purify the open image have in common: a classifier may look on. */
abstract class PurifyBase extends FitBase {

	@Parameter(persist = false, label = "Classifier",
		choices = { Witness.NONE, ClassifierSource.LITE, ClassifierSource.RESNET_18, ClassifierSource.RESNET_50,
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
	abstract void work(ImageSource image, Fit fit, Witness witness);

	@Override
	final void work(final ImagePlus input) {
		averaged();
		final ImageSource image = new ImageSource(input);
		final Fit fit = new Fit(preset().network(image.channels()), settings());
		fit.requireMemory(image.width(), image.height());
		if (classifier.equalsIgnoreCase(Witness.NONE)) work(image, fit, null);
		else try (Classifier model = Classifiers.open(this, classifier, model_file, download, device())) {
			final Witness witness = new Witness(model, ImageSource.asShown(input), true_class);
			model.classify(witness.look(0)); // better an error now than after the fit
			work(image, fit, witness);
		}
	}

	/**
	 * Passes the progress of one picture's fit on to the monitor of all, which shows the first one that is not
	 * finished.
	 */
	static class Progress implements FitListener {

		private final RunMonitor monitor;
		private final ImageSource image;
		private final int picture;
		private final double[] fractions;

		/** @param fractions what is done of each picture, 0..1; shared by all that run side by side */
		Progress(final RunMonitor monitor, final ImageSource image, final int picture, final double[] fractions) {
			this.monitor = monitor;
			this.image = image;
			this.picture = picture;
			this.fractions = fractions;
		}

		@Override
		public void progress(final int step, final int of, final double loss, final Supplier<Img<FloatType>> averaged) {
			synchronized (fractions) {
				fractions[picture] = (double) step / of;
				if (Arrays.stream(fractions, 0, picture).anyMatch(fraction -> fraction < 1)) return;
				final String which = image.label(picture);
				monitor.progress(Arrays.stream(fractions).sum() / fractions.length,
					(which.isEmpty() ? "" : which + ", ") + "step " + step + " of " + of,
					() -> image.results().picture(picture, averaged.get()));
			}
		}
	}
}
