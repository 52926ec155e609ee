package io.github.deepimageprior.command;

import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;

/** Opens the classifier that a user chose. */
final class Classifiers {

	/** Descriptions of the parameters that choose a classifier. */
	static final String CHOICE = "EfficientNet-Lite0 comes with the plugin; a ResNet is downloaded once, with your "
		+ "consent; or use a TorchScript module of your own",
		MODEL_FILE = "Path of the TorchScript module, if the classifier is a TorchScript file; a "
			+ "module is a program: use those of people whom you trust",
		DOWNLOAD = "Permits downloading the ResNet weights (needed once)",
		TRUST = "Opens the model file even if it uses operators that could do more than compute, such as write files: "
			+ "only if you trust whoever made it",
		TRUE_CLASS = "Number, or # and number, or label of the image's true class; empty for the classifier's own "
			+ "prediction";

	private Classifiers() {}

	/**
	 * @param command the command that needs it, whose user may end a download, and the wait for a module
	 * @param name the classifier's name, or the path of a TorchScript module
	 * @param file the path of the module if the name is "TorchScript file"
	 * @param trust whether the module may use operators that could do more than compute
	 * @param download whether a download is allowed
	 * @param device where the classifier runs
	 */
	static Classifier open(final LongCommand command, final String name, final String file, final boolean trust,
		final boolean download, final String device)
	{
		command.startEngine();
		try (RunMonitor monitor = command.monitor("Opening " + name, false)) {
			if (!download) monitor.willBeShort();
			final Classifier model = source(command, monitor, name, file, trust, download).open(Torch.device(device),
				command.cancellation());
			if (!model.warning().isEmpty()) Display.log(model.warning());
			return model;
		}
	}

	/** Finds a classifier, and downloads it if necessary; see {@link #open}. */
	static void find(final LongCommand command, final String name, final String file, final boolean trust,
		final boolean download)
	{
		try (RunMonitor monitor = command.monitor("Opening " + name, false)) {
			if (!download) monitor.willBeShort();
			source(command, monitor, name, file, trust, download);
		}
	}

	private static ClassifierSource source(final LongCommand command, final RunMonitor monitor, final String name,
		final String file, final boolean trust, final boolean download)
	{
		return ClassifierSource.named(name, file, trust, download, fraction -> {
			if (command.cancellation().isRequested()) command.cancellation().cancel(); // half a model is useless
			command.cancellation().requireNotCancelled();
			monitor.progress(fraction, "downloading");
		});
	}

	/** @return index of the class that a user entered; -1 if it is left to the classifier */
	static int find(final Classifier model, final String written) {
		return written.isBlank() ? -1 : model.find(written);
	}
}
