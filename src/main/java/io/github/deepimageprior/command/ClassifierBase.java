package io.github.deepimageprior.command;

import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.host.DialogPlace;

import java.util.List;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class for the commands that show the open image to a classifier. */
abstract class ClassifierBase extends DipCommand {

	@Parameter(
		persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Classifier", choices = {
			ClassifierSource.LITE, ClassifierSource.RESNET_18, ClassifierSource.RESNET_50, ClassifierSource.FILE },
		description = Classifiers.CHOICE)
	private String classifier = ClassifierSource.LITE;

	@Parameter(persist = false, required = false, label = "Model file", style = "open",
		description = Classifiers.MODEL_FILE)
	@CountsIf("classifier=TorchScript file")
	private String model_file = "";

	@Parameter(persist = false, label = "Allow download", description = Classifiers.DOWNLOAD)
	private boolean download = false;

	@Parameter(persist = false, label = "Trust the model file", description = Classifiers.TRUST)
	private boolean trust = false;

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = FitBase.DEVICE)
	private String device = "auto";

	/** @return the name of the classifier that was chosen, the same for all model files */
	final String classifierName() {
		return List.of(ClassifierSource.LITE, ClassifierSource.RESNET_18, ClassifierSource.RESNET_50).stream()
			.filter(classifier.strip()::equalsIgnoreCase).findFirst().orElse(ClassifierSource.FILE);
	}

	final String device() {
		return device;
	}

	/** Opens the classifier that was chosen. */
	final Classifier classifier() {
		return Classifiers.open(this, classifier, model_file, trust, download, device);
	}
}
