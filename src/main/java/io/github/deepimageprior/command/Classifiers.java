package io.github.deepimageprior.command;

import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.RunMonitor;

/** Opens the classifier that a user chose. */
final class Classifiers {

	/** Descriptions of the parameters that choose a classifier. */
	static final String MODEL_FILE = "Path of the TorchScript module, if the classifier is a TorchScript file",
		DOWNLOAD = "Permits downloading the ResNet weights (needed once)",
		TRUE_CLASS = "Number or label of the image's true class; empty for the classifier's own prediction";

	private Classifiers() {}

	/**
	 * @param command the command that needs it, whose user may stop a download
	 * @param name the classifier's name, or the path of a TorchScript module
	 * @param file the path of the module if the name is "TorchScript file"
	 * @param download whether a download is allowed
	 * @param device where the classifier runs
	 */
	static Classifier open(final LongCommand command, final String name, final String file, final boolean download,
		final String device)
	{
		return source(command, name, file, download).open(Torch.device(device));
	}

	/**
	 * Finds a classifier, and downloads it if necessary; see {@link #open}.
	 *
	 * @return where it is now
	 */
	static ClassifierSource source(final LongCommand command, final String name, final String file,
		final boolean download)
	{
		if (!download) return ClassifierSource.named(name, file, false, Progress.NONE);
		try (RunMonitor monitor = command.monitor("Download of " + name, false)) {
			return ClassifierSource.named(name, file, true, fraction -> {
				if (command.cancellation().isRequested()) command.cancellation().cancel(); // half a model is useless
				command.cancellation().requireNotCancelled();
				monitor.progress(fraction, "downloading");
			});
		}
	}

	/** @return index of the class that a user entered; -1 if it is left to the classifier */
	static int find(final Classifier model, final String written) {
		return written.isBlank() ? -1 : model.find(written);
	}
}
