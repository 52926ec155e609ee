package io.github.deepimageprior.command;

import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.RunMonitor;

/** Opens the classifier that a user chose. */
final class Classifiers {

	private Classifiers() {}

	/**
	 * @param command whose user chose it, and may end a download
	 * @param name the classifier's name, or the path of a TorchScript module
	 * @param file the path of the module if the name says no more than that it is one
	 * @param download whether the user agrees to a download
	 * @param device where it is to run
	 */
	static Classifier open(final DipCommand command, final String name, final String file, final boolean download,
		final String device)
	{
		if (!download) return ClassifierSource.named(name, file, false, Progress.NONE).open(Torch.device(device));
		try (RunMonitor monitor = command.monitor("Download of " + name, false)) {
			return ClassifierSource.named(name, file, true, fraction -> {
				if (command.cancellation().isRequested()) command.cancellation().cancel(); // half a model is none
				command.cancellation().requireNotCancelled();
				monitor.progress(fraction, "downloading");
			}).open(Torch.device(device));
		}
	}
}
