package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.Fiji;
import io.github.deepimageprior.image.ImageSource;

import java.util.Map;
import java.util.concurrent.CancellationException;

import org.scijava.plugin.Parameter;

/**
 * Base class for the commands that process the open image. If there are several outputs, the main one is declared last,
 * which makes it the active image in every host.
 */
abstract class DipCommand extends LongCommand {

	@Parameter(label = "Image", initializer = "checkInput",
		description = "The image, or its area selection; stacks are processed slice by slice")
	private ImagePlus input;

	/**
	 * Does the work and sets the outputs. Reads the image first: the user may change it while libtorch starts.
	 *
	 * @param image the image to process
	 * @throws DipException if there is a problem that the user can correct
	 */
	abstract void work(ImagePlus image);

	@Override
	final void work() {
		ImageSource.requireOpen(input);
		work(input);
	}

	/** Called by SciJava before it shows a dialog. */
	@SuppressWarnings("unused")
	private void checkInput() {
		try {
			input = Fiji.image(this, input);
			Fiji.check(this, input);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
	}

	/**
	 * @param picture number of the next picture, from 0
	 * @return whether to process it; after a stop the first one still is, so that there is a result to keep
	 * @throws CancellationException after a cancel
	 */
	final boolean goesOn(final int picture) {
		cancellation().requireNotCancelled();
		return picture == 0 || !cancellation().isRequested();
	}

	/** @return the report of a fit of an image, with the range of its values; a warning is logged too */
	final Report report(final Map<String, String> resolved, final ImageSource image) {
		final Report report = report(resolved);
		report.add(image.values());
		if (image.values().containsKey(ImageSource.WARNING))
			Display.log("DIP: " + image.name() + ": " + image.values().get(ImageSource.WARNING));
		return report;
	}
}
