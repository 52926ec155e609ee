package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.Fiji;
import io.github.deepimageprior.host.RunMonitor;

import java.util.Map;
import java.util.concurrent.CancellationException;

import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;

/**
 * What the commands on the open image have in common. The names of the fields are the keys of macros: they are never
 * renamed, and none ends in another. SciJava remembers nothing from one run to the next, or a macro that leaves out a
 * key would do today what a dialog was told yesterday. Of several outputs the main one comes last, which makes it the
 * active image in every host.
 */
abstract class DipCommand extends ContextCommand {

	@Parameter(label = "Image", initializer = "checkInput",
		description = "The image, or its area selection; stacks are worked slice by slice")
	private ImagePlus input;

	@Parameter(required = false)
	private TaskService tasks;

	private final Cancellation cancellation = new Cancellation();

	/**
	 * Does the work and sets the outputs.
	 *
	 * @param image what is worked on
	 * @throws DipException what the user can mend
	 */
	abstract void work(ImagePlus image);

	@Override
	public final void run() {
		try {
			work(input);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
		catch (final OutOfMemoryError full) {
			Fiji.cancel(this,
				"ImageJ's own memory is full: close images, work on a selection or fewer slices, or raise Edit > Options > Memory & Threads.");
		}
		catch (final CancellationException cancelled) {
			Fiji.cancel(this, null);
		}
		catch (final RuntimeException | LinkageError bug) {
			Fiji.endMacro(this);
			throw bug;
		}
	}

	/** Called by SciJava before it shows a dialog. */
	@SuppressWarnings("unused")
	private void checkInput() {
		try {
			Fiji.check(this, input);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
	}

	/** Ends the command early from another thread: {@link Cancellation#stop()} keeps what there is. */
	public final Cancellation cancellation() {
		return cancellation;
	}

	/**
	 * @param picture the next one
	 * @return whether it is to be worked on; after a stop the first still is, so that there is something to keep
	 * @throws CancellationException after a cancel
	 */
	final boolean goesOn(final int picture) {
		cancellation.requireNotCancelled();
		return picture == 0 || !cancellation.isRequested();
	}

	/**
	 * @return what the run found out for parameters that leave it the choice, by their names, so that it can be
	 *         repeated
	 */
	Map<String, String> found() {
		return Map.of();
	}

	/** @return a report that begins with how to repeat this run */
	final Report report() {
		final Report report = new Report();
		report.add(Map.of("Macro", MacroLine.of(this, found())));
		return report;
	}

	/** @param preview whether its window shows the picture */
	final RunMonitor monitor(final String title, final boolean preview) {
		return new RunMonitor(title, preview, tasks, cancellation);
	}
}
