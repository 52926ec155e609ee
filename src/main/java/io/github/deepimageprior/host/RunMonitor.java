package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;

import io.github.deepimageprior.Cancellation;

import java.awt.GraphicsEnvironment;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.scijava.Context;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

/**
 * Shows the progress of a long computation and lets the user stop or cancel it. With a display it uses a window with
 * the current picture and the buttons Stop and Cancel, and the host's SciJava task or else ImageJ's status bar. Without
 * a display it logs a line from time to time.
 */
public final class RunMonitor implements AutoCloseable {

	/** A window without a picture opens only after this time: short computations need none. */
	private static final long WINDOW_AFTER_NS = 700_000_000L, LATE_WINDOW_AFTER_NS = 7_000_000_000L;

	/** Time between two looks at the Esc key and the clock: work that never returns reports no progress. */
	private static final int LOOK_EVERY_MS = 200;

	/** Time between two lines of the log. */
	private static final long LINE_EVERY_NS = 10_000_000_000L;

	private final String title;
	private final Cancellation cancellation;
	private final Task task;
	private volatile ProgressWindow window;
	private Timer looks; // null without a display, and once closed
	private final boolean display = !GraphicsEnvironment.isHeadless(), interactive = Display.isInteractive(), logs;
	private final long start = System.nanoTime();
	private long firstTime; // of the first progress: what came before it is over
	private double firstFraction = -1;
	private long lastLine = start;
	private String estimate = "";
	private volatile long windowAfter = WINDOW_AFTER_NS;

	/**
	 * @param title name of the computation
	 * @param preview whether the window shows the picture
	 * @param context of the command, with the host's task service if it has one
	 * @param cancellation receives the user's stop or cancel
	 */
	public RunMonitor(final String title, final boolean preview, final Context context,
		final Cancellation cancellation)
	{
		this.title = title;
		this.cancellation = cancellation;
		if (interactive && preview) window = new ProgressWindow(title, true, cancellation);
		logs = !display || interactive && !Caller.isMacro(Caller.of(context));
		final TaskService tasks = context.getService(TaskService.class);
		task = tasks == null ? null : tasks.createTask(title);
		if (task != null) {
			task.setCancelCallBack(cancellation::cancel);
			task.setProgressMaximum(1000);
			task.start();
		}
		if (!display) return;
		if (interactive) IJ.resetEscape(); // of a time when there was a window
		looks = new Timer("DIP monitor", true);
		looks.schedule(new TimerTask() {

			@Override
			public void run() {
				look();
			}
		}, LOOK_EVERY_MS, LOOK_EVERY_MS);
	}

	/** Stops or cancels the computation if the user has pressed Esc, and opens the window when it is time. */
	private synchronized void look() {
		if (looks == null) return;
		if (window == null && IJ.escapePressed()) escape(); // a window has an Esc of its own
		if (window == null && interactive && System.nanoTime() - start > windowAfter)
			window = new ProgressWindow(title, false, cancellation);
	}

	/** Declares that the work may end early, so that the remaining time is shown as an upper bound. */
	public void mayEndEarly() {
		estimate = "at most ";
	}

	/** Declares that no window is needed unless the work takes many seconds. */
	public void willBeShort() {
		windowAfter = LATE_WINDOW_AFTER_NS;
	}

	/**
	 * Shows a message before the work begins: in the status bar; in the log for a user who has started a command from a
	 * menu, and without a display.
	 *
	 * @param text the message
	 */
	public void announce(final String text) {
		if (task != null) task.setStatusMessage(text);
		if (display) IJ.showStatus(titled(text));
		if (logs) IJ.log(titled(text));
	}

	/** Writes a sentence about the result to the log. */
	public void warn(final String text) {
		IJ.log(titled(text));
	}

	/**
	 * Shows progress without a picture.
	 *
	 * @param fraction fraction of the work that is done, 0..1
	 * @param what the current activity, such as "step 20 of 100"
	 */
	public void progress(final double fraction, final String what) {
		progress(fraction, what, null);
	}

	/**
	 * Shows progress.
	 *
	 * @param fraction fraction of the work that is done, 0..1
	 * @param what the current activity, such as "step 20 of 100"
	 * @param picture computes the picture so far; called only if it is shown; null for no picture
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
			look();
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

	/** Stops if a window is open. In batch mode Esc ends the macro, which then has no use for a result: cancels. */
	private void escape() {
		if (interactive) cancellation.stop();
		else cancellation.cancel();
	}

	/** @return an estimate of the remaining time; empty in the first two seconds and at the end */
	private String remaining(final double fraction) {
		if (firstFraction < 0) {
			firstTime = System.nanoTime();
			firstFraction = fraction;
		}
		final double seconds = (System.nanoTime() - firstTime) / 1e9;
		if (fraction <= firstFraction || fraction >= 1 || seconds < 2) return "";
		return estimate + duration(seconds / (fraction - firstFraction) * (1 - fraction)) + " left";
	}

	/** @return a time in words, such as "80 s", "10 min" or "2.5 h" */
	public static String duration(final double seconds) {
		return seconds < 90 ? String.format(Locale.ROOT, "%.0f s", seconds)
			: seconds < 90 * 60 ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
				: String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}

	/** Ends the display of progress. */
	@Override
	public synchronized void close() {
		if (looks != null) looks.cancel();
		looks = null;
		if (task != null) task.finish();
		if (window != null) window.close();
		if (!display) return;
		IJ.showStatus("");
		IJ.showProgress(1);
	}
}
