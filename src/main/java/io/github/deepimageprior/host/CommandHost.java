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

/** One SciJava command in a host without SciJava: finds it and runs it. */
final class CommandHost {

	private static Context context;

	private final CommandInfo command;
	private final ModuleService modules;

	private CommandHost(final CommandInfo command, final ModuleService modules) {
		this.command = command;
		this.modules = modules;
	}

	/** @param name a command's class name or menu label */
	static CommandHost of(final String name) {
		final Context context = context();
		for (final CommandInfo info : context.service(CommandService.class).getCommands()) {
			if (info.getClassName().equals(name)
				|| info.getMenuPath().getLeaf() != null && info.getMenuPath().getLeaf().getName().equals(name))
				return new CommandHost(info, context.service(ModuleService.class));
		}
		throw new DipException("There is no command '" + name + "': write its menu label, such as DIP Purify...");
	}

	private static synchronized Context context() {
		if (context == null) {
			// ImageJ 1.x loads plugins with a class loader that no thread knows of.
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

	/** @return menus and label, with > between them */
	String menuPath() {
		return command.getMenuPath().stream().map(MenuEntry::getName).collect(Collectors.joining(">"));
	}

	/** @return what fills its parameters in */
	CommandInputs inputs() {
		return new CommandInputs(command);
	}

	/**
	 * Runs the command and waits for it.
	 *
	 * @return its image outputs
	 * @throws DipException what the command advises
	 * @throws CancellationException if the user cancelled, or the JVM is ending
	 * @throws LinkageError if a library is missing
	 */
	List<ImagePlus> run(final Map<String, Object> inputs) {
		// None of SciJava's own processors: they would look for dialogs that there are not.
		final Module made = modules.createModule(command);
		if (made == null) throw new IllegalStateException(command.getClassName() + " cannot be made");
		final Future<Module> running = modules.run(made, List.of(), List.of(), inputs);
		if (running == null) throw new CancellationException(); // SciJava runs nothing more when the JVM is ending
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

	private static RuntimeException unwrapped(final ExecutionException failed) {
		for (Throwable cause = failed.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof DipException || cause instanceof CancellationException)
				return (RuntimeException) cause;
			if (cause instanceof LinkageError missing) throw missing;
		}
		return new IllegalStateException(failed.getCause());
	}
}
