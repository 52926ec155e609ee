package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.Fiji;
import io.github.deepimageprior.host.RunMonitor;

import java.util.Map;
import java.util.concurrent.CancellationException;

import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;

/**
 * Base class for the commands that process the open image. The names of the fields are macro keys: they are never
 * renamed, mean the same in all commands, and no key ends with another key of the same command. SciJava does not
 * persist values; otherwise a macro that omits a key would use the value of an earlier dialog. If there are several
 * outputs, the main one is declared last, which makes it the active image in every host.
 */
abstract class DipCommand extends ContextCommand {

	@Parameter(label = "Image", initializer = "checkInput",
		description = "The image, or its area selection; stacks are processed slice by slice")
	private ImagePlus input;

	@Parameter(required = false)
	private TaskService tasks;

	private final Cancellation cancellation = new Cancellation();
	private boolean started;

	/**
	 * Does the work and sets the outputs.
	 *
	 * @param image the image to process
	 * @throws DipException if there is a problem that the user can correct
	 */
	abstract void work(ImagePlus image);

	@Override
	public final void run() {
		started = true;
		try {
			EnginePreferences.apply();
			work(input);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
		catch (final OutOfMemoryError full) {
			Fiji.cancel(this,
				"ImageJ's memory (the Java heap) is full: close images, process a selection or fewer slices, or "
					+ "increase the limit under Edit > Options > Memory & Threads.");
		}
		catch (final CancellationException cancelled) {
			Fiji.cancel(this, null);
		}
		catch (final RuntimeException | LinkageError bug) {
			Fiji.endMacro(this);
			throw bug;
		}
	}

	/** Before the start: the user has cancelled the dialog that Fiji opens for keys that a macro leaves out. */
	@Override
	public final void cancel(final String reason) {
		super.cancel(reason);
		if (!started) Fiji.endMacro(this);
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

	/** Ends the command early from another thread: {@link Cancellation#stop()} keeps the result so far. */
	public final Cancellation cancellation() {
		return cancellation;
	}

	/** @return the menu label without dots */
	final String title() {
		return context().service(CommandService.class).getCommand(getClass()).getMenuPath().getLeaf().getName()
			.replace("...", "");
	}

	/**
	 * @param picture number of the next picture, from 0
	 * @return whether to process it; after a stop the first one still is, so that there is a result to keep
	 * @throws CancellationException after a cancel
	 */
	final boolean goesOn(final int picture) {
		cancellation.requireNotCancelled();
		return picture == 0 || !cancellation.isRequested();
	}

	/**
	 * @param resolved the values that the run chose for automatic parameters, by key
	 * @return a report that begins with the macro line that repeats this run
	 */
	final Report report(final Map<String, String> resolved) {
		final Report report = new Report();
		report.add(Map.of("Macro", MacroLine.of(this, resolved)));
		return report;
	}

	/** @param preview whether its window shows the picture */
	final RunMonitor monitor(final String title, final boolean preview) {
		return new RunMonitor(title, preview, tasks, cancellation);
	}
}
