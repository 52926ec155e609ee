package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.WindowManager;

import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.MenuEntry;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.plugin.DefaultPluginFinder;
import org.scijava.plugin.PluginIndex;
import org.scijava.util.Types;

/** One SciJava command in a host without SciJava: finds its parameters, fills them, runs it. */
final class CommandHost {

	private static final Map<String, Map<String, Object>> CHOSEN = new ConcurrentHashMap<>();

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
			if (info.getClassName().equals(name) || info.getMenuPath().getLeaf() != null && info.getMenuPath().getLeaf().getName().equals(
				name)) return new CommandHost(info, context.service(ModuleService.class));
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
				context = new Context(List.of(CommandService.class, ModuleService.class), new PluginIndex(
					new DefaultPluginFinder(ours)));
			}
			finally {
				thread.setContextClassLoader(loader);
			}
		}
		return context;
	}

	String title() {
		return command.getMenuPath().getLeaf().getName().replace("...", "");
	}

	/** @return menus and label, with > between them */
	String menuPath() {
		return command.getMenuPath().stream().map(MenuEntry::getName).collect(Collectors.joining(">"));
	}

	/** @return the parameters that a user fills in, and their default values */
	Map<ModuleItem<?>, Object> defaults() {
		final Map<ModuleItem<?>, Object> defaults = new LinkedHashMap<>();
		try {
			final Module fresh = command.createModule();
			for (final ModuleItem<?> item : command.inputs()) {
				final Class<?> type = item.getType();
				if (Types.isNumber(type) || Types.isBoolean(type) || Types.isText(type)) defaults.put(item, item.getValue(fresh));
			}
			return defaults;
		}
		catch (final ModuleException broken) {
			throw new IllegalStateException(broken);
		}
	}

	/** @return inputs for the image that the options name, or the active one; what the options leave out has its default value */
	Map<String, Object> inputs(final String options) {
		final String title = options(options).value("input");
		return inputs(options, title == null ? WindowManager.getCurrentImage() : named(title));
	}

	/** @return inputs for an image */
	Map<String, Object> inputs(final String text, final ImagePlus image) {
		final MacroOptions options = options(text);
		final Map<String, Object> inputs = new LinkedHashMap<>();
		if (worksOnImage()) inputs.put("input", opened(image));
		defaults().forEach((item, value) -> {
			final String written = options.value(item.getName());
			inputs.put(item.getName(), written == null ? value : parse(item, written));
		});
		return inputs;
	}

	private boolean worksOnImage() {
		return command.getInput("input") != null;
	}

	private MacroOptions options(final String text) {
		final List<String> keys = new ArrayList<>(List.of("input"));
		defaults().keySet().forEach(item -> keys.add(item.getName()));
		return new MacroOptions(text, keys);
	}

	/** Asks the user, beginning with what was chosen last in this session. Null if the user cancels. */
	Map<String, Object> ask() {
		if (!worksOnImage()) return Map.of();
		final ImagePlus image = opened(WindowManager.getCurrentImage());
		final Map<ModuleItem<?>, Object> values = defaults();
		final Map<String, Object> last = CHOSEN.computeIfAbsent(title(), title -> new HashMap<>());
		values.replaceAll((item, value) -> last.getOrDefault(item.getName(), value));
		if (!CommandDialog.show(title(), values)) return null;
		final Map<String, Object> inputs = new LinkedHashMap<>();
		inputs.put("input", image);
		values.forEach((item, value) -> {
			inputs.put(item.getName(), value);
			last.put(item.getName(), value);
		});
		return inputs;
	}

	/** @return the parameter's value for what a user wrote */
	static Object parse(final ModuleItem<?> item, final String written) {
		final Class<?> type = Types.box(item.getType());
		if (type == Boolean.class) return parseBoolean(item, written);
		if (Types.isText(type)) return written;
		try {
			if (type == Integer.class) return Integer.valueOf(written.trim());
			if (type == Long.class) return Long.valueOf(written.trim());
			return Double.valueOf(written.trim());
		}
		catch (final NumberFormatException notANumber) {
			throw new DipException("The value of " + item.getName() + " is '" + written + "': write a " + (type == Double.class ? "number"
				: "whole number") + ".", notANumber);
		}
	}

	private static Boolean parseBoolean(final ModuleItem<?> item, final String written) {
		switch (written.trim().toLowerCase(Locale.ROOT)) {
			case "true": return true;
			case "false": return false;
			default: throw new DipException("The value of " + item.getName() + " is '" + written + "': write true or false.");
		}
	}

	private static ImagePlus opened(final ImagePlus image) {
		if (image == null) throw new DipException("There is no image open: open one, or name an open one with input=[title].");
		return image;
	}

	private static ImagePlus named(final String title) {
		final ImagePlus byTitle = WindowManager.getImage(title);
		if (byTitle != null) return byTitle;
		if (title.matches("-\\d+")) {
			final ImagePlus byId = WindowManager.getImage(Integer.parseInt(title));
			if (byId != null) return byId;
		}
		throw new DipException("There is no open image '" + title + "': give the title or the ID of an open one.");
	}

	/**
	 * Runs the command and waits for it.
	 *
	 * @return its image outputs
	 * @throws DipException what the command advises
	 * @throws CancellationException if the user cancelled
	 */
	List<ImagePlus> run(final Map<String, Object> inputs) {
		final Future<Module> running = modules.run(command, true, inputs);
		try {
			final Module module = running.get();
			final Cancelable delegate = (Cancelable) module;
			if (delegate.isCanceled()) {
				if (delegate.getCancelReason() == null || delegate.getCancelReason().isEmpty()) throw new CancellationException();
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
			if (cause instanceof DipException || cause instanceof CancellationException) return (RuntimeException) cause;
		}
		return new IllegalStateException(failed.getCause());
	}
}
