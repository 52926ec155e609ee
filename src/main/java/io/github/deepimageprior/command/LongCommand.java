package io.github.deepimageprior.command;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.HostJar;
import io.github.deepimageprior.engine.EngineFacts;
import io.github.deepimageprior.engine.EngineStart;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.Asked;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.Fiji;
import io.github.deepimageprior.host.RunMonitor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;

/**
 * Base class for the commands that may take long: they show their progress, can be stopped and cancelled, and report
 * errors as sentences. The names of the fields are macro keys: they are never renamed, mean the same in all commands,
 * and no key ends with another key of the same command. SciJava does not persist values; otherwise a macro that omits a
 * key would use the value of an earlier dialog.
 */
abstract class LongCommand extends ContextCommand implements Asked {

	private final Cancellation cancellation = new Cancellation();
	private Counts counts;
	private Map<String, String> resolved = Map.of();
	private boolean started;

	/**
	 * Does the work and sets the outputs.
	 *
	 * @throws DipException if there is a problem that the user can correct
	 */
	abstract void work();

	@Override
	public final void run() {
		started = true;
		Display.forgetEscape();
		try {
			EnginePreferences.apply();
			NullTexts.replace(this);
			counts = new Counts(this);
			counts.warnings().forEach(warning -> Display.log(title() + ": " + warning));
			work();
			Display.teach(context(), MacroLine.of(this, resolved), GroovyLines.of(this, resolved));
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
		catch (final OutOfMemoryError full) {
			Fiji.cancel(this, DipException.HEAP_IS_FULL);
		}
		catch (final CancellationException cancelled) {
			Fiji.cancel(this, null);
		}
		catch (final RuntimeException | LinkageError bug) {
			final Optional<DipException> advice = HostJar.advice(bug);
			advice.ifPresent(old -> Fiji.cancel(this, old.getMessage()));
			if (advice.isPresent()) return;
			Fiji.endMacro(this);
			throw bug;
		}
	}

	/** Before the start: the user has cancelled the dialog, which a macro without options opens. */
	@Override
	public final void cancel(final String reason) {
		super.cancel(reason);
		if (!started) Fiji.endMacro(this);
	}

	/** Called by SciJava before it shows the dialog of a command that takes no image. */
	@SuppressWarnings("unused")
	private void checkOptions() {
		try {
			Fiji.check(this);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
	}

	@Override
	public final List<String> choices(final String key, final List<String> all) {
		if (!key.equals("device")) return all;
		EnginePreferences.apply();
		return EngineFacts.choices();
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
	 * @param resolved the values that the run chose for automatic parameters, by key
	 * @return a report that begins with the macro line and the Groovy script that repeat this run
	 */
	final Report report(final Map<String, String> resolved) {
		this.resolved = new HashMap<>(resolved);
		this.resolved.keySet().removeIf(key -> !counts.is(key)); // or the line that repeats this run would warn of them
		final Report report = new Report();
		report.add(Map.of("Macro", MacroLine.of(this, this.resolved)));
		report.add(Map.of("Groovy", "\n" + GroovyLines.of(this, this.resolved)));
		return report;
	}

	/** Loads libtorch if it is not loaded yet, and waits until it is free; the user sees why. */
	final void startEngine() {
		if (Torch.isRunning() && !Torch.isBusy()) return;
		try (RunMonitor monitor = monitor(title() + ": libtorch", false)) {
			EngineStart.await(monitor::progress, cancellation);
		}
		if (!EngineFacts.warning().isEmpty()) Display.log("DIP: " + EngineFacts.warning());
	}

	/** @param preview whether its window shows the picture */
	final RunMonitor monitor(final String title, final boolean preview) {
		return new RunMonitor(title, preview, context(), cancellation);
	}
}
