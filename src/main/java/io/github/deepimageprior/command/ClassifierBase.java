package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;

import org.scijava.plugin.Parameter;

/** What the commands that show the open image to a classifier have in common. */
abstract class ClassifierBase extends DipCommand {

	@Parameter(persist = false, label = "Classifier",
		choices = { ClassifierSource.LITE, ClassifierSource.RESNET_18, ClassifierSource.RESNET_50,
			ClassifierSource.FILE },
		description = "EfficientNet-Lite0 comes with the plugin; a ResNet is downloaded once, if you agree; or a module of your own")
	private String classifier = ClassifierSource.LITE;

	@Parameter(persist = false, required = false, label = "Model file", style = "open",
		description = "Path of the TorchScript module, if the classifier is one")
	private String model_file = "";

	@Parameter(persist = false, label = "Agree to download", description = "A ResNet is downloaded once, if you agree")
	private boolean download = false;

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = "auto: the first GPU that libtorch sees, else the CPU")
	private String device = "auto";

	/**
	 * Does the work and sets the outputs.
	 *
	 * @param image what is worked on, as it is shown
	 */
	abstract void work(ImageSource image, Classifier model);

	@Override
	final void work(final ImagePlus input) {
		final ImageSource image = ImageSource.asShown(prepared(input));
		try (Classifier model = Classifiers.open(this, classifier, model_file, download, device)) {
			work(image, model);
		}
	}

	/** @return the image, or one that is made of it */
	ImagePlus prepared(final ImagePlus input) {
		return input;
	}

	/** What is done with one picture of the image. */
	interface Work {

		/**
		 * @param picture its number
		 * @param seen its pixels, as they are shown
		 * @param progress is told how far the work on it is
		 */
		void on(int picture, Picture seen, Progress progress);
	}

	/**
	 * Works through the pictures of the image, until a stop.
	 *
	 * @param what is done
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	final void each(final ImageSource image, final String what, final Work work) {
		try (RunMonitor monitor = monitor(what + ": " + image.name(), false)) {
			for (int picture = 0; picture < image.count() && goesOn(picture); picture++) {
				final int now = picture;
				work.on(picture, Picture.of(image.read(picture)),
					fraction -> monitor.progress((now + fraction) / image.count(), image.label(now)));
			}
		}
		cancellation().requireNotCancelled();
	}

	/** @return the class that a user wrote, or -1 if it is left to the classifier */
	static int find(final Classifier model, final String written) {
		return written.isBlank() ? -1 : model.find(written);
	}
}
