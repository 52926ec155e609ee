package io.github.deepimageprior.host;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.MenuEntry;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.plugin.DefaultPluginFinder;
import org.scijava.plugin.PluginIndex;

/** Finds and runs one SciJava command in a host that has no SciJava context of its own. */
final class CommandHost {

	private static Context context;

	private final CommandInfo command;
	private final ModuleService modules;

	private CommandHost(final CommandInfo command, final ModuleService modules) {
		this.command = command;
		this.modules = modules;
	}

	/**
	 * @param name class name or menu label of a command
	 * @throws DipException if there is no such command
	 */
	static CommandHost of(final String name) {
		final Context context = context();
		for (final CommandInfo info : context.service(CommandService.class).getCommands()) {
			if (info.getClassName().equals(name)
				|| info.getMenuPath().getLeaf() != null && info.getMenuPath().getLeaf().getName().equals(name))
				return new CommandHost(info, context.service(ModuleService.class));
		}
		throw new DipException("There is no command '" + name + "': give its menu label, such as DIP Purify...");
	}

	private static synchronized Context context() {
		if (context == null) {
			// ImageJ 1.x loads plugins with a class loader that is not the context class loader of any thread.
			final ClassLoader ours = CommandHost.class.getClassLoader();
			final Thread thread = Thread.currentThread();
			final ClassLoader loader = thread.getContextClassLoader();
			thread.setContextClassLoader(ours);
			try {
				context = new Context(List.of(CommandService.class, ModuleService.class),
					new PluginIndex(new DefaultPluginFinder(ours)));
			}
			finally {
				thread.setContextClassLoader(loader);
			}
		}
		return context;
	}

	/** @return the menus and the label, separated by &gt; */
	String menuPath() {
		return command.getMenuPath().stream().map(MenuEntry::getName).collect(Collectors.joining(">"));
	}

	/** @return whether a macro is running the command without options, and the command needs none */
	boolean needsNoDialog() {
		return MacroDefaults.apply(command, Thread.currentThread());
	}

	/** @return the command's parameters, to be filled in */
	CommandInputs inputs() {
		return new CommandInputs(command);
	}

	/**
	 * Runs the command and waits until it is done.
	 *
	 * @param inputs values of the parameters by name
	 * @return its image outputs, in order
	 * @throws DipException if the command was cancelled with a message for the user
	 * @throws CancellationException if the user cancelled, or the JVM is shutting down
	 * @throws LinkageError if a library is missing
	 */
	List<ImagePlus> run(final Map<String, Object> inputs) {
		// Without SciJava's own pre- and postprocessors: they would look for dialogs that do not exist here.
		final Module created = modules.createModule(command);
		if (created == null) throw new IllegalStateException(command.getClassName() + " cannot be created");
		final Future<Module> running = modules.run(created, List.of(), List.of(), inputs);
		if (running == null) throw new CancellationException(); // SciJava runs nothing once the JVM is shutting down
		try {
			final Module module = running.get();
			final Cancelable delegate = (Cancelable) module;
			if (delegate.isCanceled()) {
				if (delegate.getCancelReason() == null || delegate.getCancelReason().isEmpty())
					throw new CancellationException();
				throw new DipException(delegate.getCancelReason());
			}
			final List<ImagePlus> outputs = new ArrayList<>();
			for (final ModuleItem<?> item : command.outputs()) {
				final Object value = module.getOutput(item.getName());
				if (value instanceof ImagePlus) outputs.add((ImagePlus) value);
			}
			return outputs;
		}
		catch (final InterruptedException interrupted) {
			running.cancel(true);
			Thread.currentThread().interrupt();
			throw new CancellationException();
		}
		catch (final ExecutionException failed) {
			throw unwrapped(failed);
		}
	}

	/** @return the cause that a user or a caller can act on */
	private static RuntimeException unwrapped(final ExecutionException failed) {
		for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof DipException || cause instanceof CancellationException)
				return (RuntimeException) cause;
			if (cause instanceof LinkageError missing) throw missing;
			if (cause instanceof OutOfMemoryError full) throw full;
		}
		return new IllegalStateException(failed.getCause());
	}
}
