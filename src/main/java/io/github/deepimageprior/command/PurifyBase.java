package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.image.ImageShape;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitSettings;

import java.util.Map;
import java.util.function.Consumer;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class for the commands that fit the network to the open image as it is, with an optional classifier. */
abstract class PurifyBase extends FitBase {

	private static final String NONE = "none";

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100", description = ITERATIONS)
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Classify with",
		choices = { NONE, ClassifierSource.LITE, ClassifierSource.RESNET_18, ClassifierSource.RESNET_50,
			ClassifierSource.FILE },
		description = "Also reports what a classifier predicts for the image and for the network's output")
	private String classify_with = NONE;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), required = false, label = "Model file",
		style = "open", description = Classifiers.MODEL_FILE)
	@CountsIf("classify_with=TorchScript file")
	private String model_file = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Allow download",
		description = Classifiers.DOWNLOAD)
	private boolean download = false;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Trust the model file",
		description = Classifiers.TRUST)
	private boolean trust = false;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), required = false,
		label = "True class (empty: as predicted)", description = Classifiers.TRUE_CLASS)
	private String true_class = "";

	/** @return how each picture of the image is fitted */
	final Fit fit(final ImageSource image) {
		startEngine();
		final Fit fit = new Fit(preset().network(image.channels()), settings(iterations));
		fit.requireMemory(image.width(), image.height());
		return fit;
	}

	@Override
	public final String estimate(final ImagePlus input) {
		if (!Torch.isRunning()) return "";
		final ImageShape shape = ImageShape.of(input, false);
		return effort(new Fit(preset().network(shape.channels()), settingsWithoutFit(iterations)), shape.width(),
			shape.height(), shape.count()).text();
	}

	/** @return how many pictures are fitted at once */
	abstract int atOnce(Fit fit, int width, int height, int pictures);

	/** @return what it takes to fit so many pictures */
	final Effort effort(final Fit fit, final int width, final int height, final int pictures) {
		return new Effort(Effort.fits(preset()), device(),
			(double) width * height * fit.settings().iterations() * pictures,
			atOnce(fit, width, height, pictures) * fit.memory(width, height), false);
	}

	/** @return what a fit's settings say for parameters that leave the choice to the program */
	static Map<String, String> resolved(final Fit fit) {
		return Map.of("precision", fit.settings().precision().toString());
	}

	/** @return whether a classifier was chosen */
	final boolean isClassified() {
		return !classify_with.strip().equalsIgnoreCase(NONE);
	}

	/** @return what the classifier is shown; null without a classifier */
	final Shown shown(final ImageSource image) {
		return isClassified() ? Shown.of(image) : null;
	}

	/** Does work with the classifier that was chosen, or with null. */
	final void withClassifier(final Consumer<Classifier> work) {
		if (!isClassified() && !true_class.isBlank())
			throw new DipException("The value of true_class is '" + DipException.shown(true_class)
				+ "', which does not count without a classifier: choose one with classify_with, or leave true_class "
				+ "empty.");
		if (!isClassified()) work.accept(null);
		else try (Classifier model = Classifiers.open(this, classify_with, model_file, trust, download, device())) {
			work.accept(model);
		}
	}

	/** @return index of the class that the user entered; -1 for the classifier's own prediction */
	final int trueClass(final Classifier model) {
		return model == null ? -1 : Classifiers.find(model, true_class);
	}
}
