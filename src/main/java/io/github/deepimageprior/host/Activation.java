package io.github.deepimageprior.host;

import ij.ImagePlus;

import java.awt.EventQueue;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shows images so that the next line of a macro finds the last one active. Windows become active later than they are
 * shown, on the event dispatch thread, and ImageJ takes the image whose window did so last.
 */
final class Activation {

	/**
	 * The longest waits in milliseconds: in the program that has the focus, in the background, for the event thread.
	 */
	private static final int FOREGROUND = 5000, BACKGROUND = 500, EVENT_THREAD = 1000;

	/** Time between two looks, in milliseconds. */
	private static final int LOOK_EVERY = 10;

	private Activation() {}

	/** Shows an image, unless it is shown already, and waits until its window is active. */
	static void show(final ImagePlus image) {
		final boolean foreground = activeWindow() != null;
		image.show();
		await(image.getWindow(), foreground ? FOREGROUND : BACKGROUND);
	}

	private static Window activeWindow() {
		return KeyboardFocusManager.getCurrentKeyboardFocusManager().getActiveWindow();
	}

	/**
	 * Waits until a window is active, but never for an event dispatch thread that itself waits for the command. In the
	 * background no window may ever become active; the image that was shown last then counts.
	 */
	private static void await(final Window window, final int milliseconds) {
		if (window == null || EventQueue.isDispatchThread() || !eventsAreHandled()) return;
		final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
		try {
			while (!window.isActive() && System.nanoTime() < end) Thread.sleep(LOOK_EVERY);
		}
		catch (final InterruptedException now) {
			Thread.currentThread().interrupt();
			return;
		}
		eventsAreHandled(); // ImageJ is told after the window itself
	}

	/** @return whether the event dispatch thread has handled all events so far */
	private static boolean eventsAreHandled() {
		final CountDownLatch handled = new CountDownLatch(1);
		EventQueue.invokeLater(handled::countDown);
		try {
			return handled.await(EVENT_THREAD, TimeUnit.MILLISECONDS);
		}
		catch (final InterruptedException now) {
			Thread.currentThread().interrupt();
			return false;
		}
	}
}
