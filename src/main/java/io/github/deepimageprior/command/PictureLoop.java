package io.github.deepimageprior.command;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;

/** What is done with one picture of an image. */
@FunctionalInterface
interface PictureLoop {

	/**
	 * @param index number of the picture, from 0
	 * @param picture its pixels
	 * @param progress receives progress updates of this picture
	 */
	void on(int index, Picture picture, Progress progress);

	/**
	 * Processes the pictures of an image one after the other, until a stop.
	 *
	 * @param what is done, for the title of the progress window
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	static void run(final DipCommand command, final ImageSource image, final String what, final PictureLoop work) {
		try (RunMonitor monitor = command.monitor(what + ": " + image.name(), false)) {
			run(command, image, monitor, work);
		}
		command.cancellation().requireNotCancelled();
	}

	/** The same for long work: tells before what it takes. */
	static void run(final DipCommand command, final ImageSource image, final String what, final Effort effort,
		final PictureLoop work)
	{
		try (RunMonitor monitor = command.monitor(what + ": " + image.name(), false)) {
			effort.run(() -> run(command, image, monitor, work), monitor, command.cancellation());
		}
		command.cancellation().requireNotCancelled();
	}

	private static void run(final DipCommand command, final ImageSource image, final RunMonitor monitor,
		final PictureLoop work)
	{
		for (int index = 0; index < image.count() && command.goesOn(index); index++) {
			final int now = index;
			work.on(index, image.read(index),
				fraction -> monitor.progress((now + fraction) / image.count(), image.label(now)));
		}
	}
}
