package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;

import io.github.deepimageprior.Cancellation;

import java.awt.GraphicsEnvironment;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.task.Task;
import org.scijava.task.TaskService;

/**
 * Tells how far a long computation is and lets the user end it: a window with the picture as it emerges and the buttons
 * Stop and Cancel where there is a display, SciJava's task where the host has one, ImageJ's status bar, and a line now
 * and then without a display.
 */
public final class RunMonitor implements AutoCloseable {

	/** What is soon over needs no window, unless it shows a picture. */
	private static final long WINDOW_AFTER_NS = 700_000_000L;

	private static final long LINE_EVERY_NS = 10_000_000_000L;

	private final String title;
	private final Cancellation cancellation;
	private final Task task;
	private ProgressWindow window;
	private final boolean display = !GraphicsEnvironment.isHeadless(), interactive = Display.isInteractive();
	private final long start = System.nanoTime();
	private long lastLine = start;
	private String estimate = "";

	/**
	 * @param title what is computed
	 * @param preview whether the window shows the picture
	 * @param tasks the host's task service, or null
	 * @param cancellation what the buttons act on
	 */
	public RunMonitor(final String title, final boolean preview, final TaskService tasks,
		final Cancellation cancellation)
	{
		this.title = title;
		this.cancellation = cancellation;
		if (interactive && preview) window = new ProgressWindow(title, true, cancellation);
		task = tasks == null ? null : tasks.createTask(title);
		if (task != null) {
			task.setCancelCallBack(cancellation::cancel);
			task.setProgressMaximum(1000);
			task.start();
		}
		if (display) IJ.resetEscape();
	}

	/** The work may be done before its time: what is said to be left is the most there can be. */
	public void mayEndEarly() {
		estimate = "at most ";
	}

	/** Says something once, before the work begins: in the status bar, or as a line where there is no display. */
	public void announce(final String text) {
		if (task != null) task.setStatusMessage(text);
		if (display) IJ.showStatus(titled(text));
		else IJ.log(titled(text));
	}

	/**
	 * @param fraction of the work that is done, 0..1
	 * @param what is being done
	 */
	public void progress(final double fraction, final String what) {
		progress(fraction, what, null);
	}

	/**
	 * @param fraction of the work that is done, 0..1
	 * @param what is being done
	 * @param picture gives the picture so far; called only if it is shown
	 */
	public void progress(final double fraction, final String what, final Supplier<ImagePlus> picture) {
		final String text = Stream.of(what, remaining(fraction)).filter(part -> !part.isEmpty())
			.collect(Collectors.joining(", "));
		if (task != null) {
			task.setStatusMessage(text);
			task.setProgressValue(Math.round(1000 * fraction));
		}
		if (display) {
			if (task == null) {
				IJ.showStatus(titled(text));
				IJ.showProgress(fraction);
			}
			if (IJ.escapePressed()) escape();
			if (window == null && interactive && System.nanoTime() - start > WINDOW_AFTER_NS)
				window = new ProgressWindow(title, false, cancellation);
			if (window != null) window.progress(fraction, text, picture);
		}
		else if (System.nanoTime() - lastLine > LINE_EVERY_NS) {
			lastLine = System.nanoTime();
			IJ.log(titled(text));
		}
	}

	private String titled(final String text) {
		return text.isEmpty() ? title : title + ": " + text;
	}

	/** Where there is no window, Esc ends a macro in batch mode, and the result has no one to look at it. */
	private void escape() {
		if (interactive) cancellation.stop();
		else cancellation.cancel();
	}

	private String remaining(final double fraction) {
		final double seconds = (System.nanoTime() - start) / 1e9;
		if (fraction <= 0 || fraction >= 1 || seconds < 2) return "";
		final long left = Math.round(seconds / fraction * (1 - fraction));
		return estimate + (left < 90 ? left + " s left" : Math.round(left / 60.0) + " min left");
	}

	@Override
	public void close() {
		if (task != null) task.finish();
		if (window != null) window.close();
		if (!display) return;
		IJ.showStatus("");
		IJ.showProgress(1);
	}
}
