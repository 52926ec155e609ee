package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import net.imagej.legacy.LegacyService;

import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPostprocessorPlugin;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.ModulePostprocessor;
import org.scijava.module.process.ModulePreprocessor;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.task.TaskService;

/**
 * Runs commands as Fiji does for a macro: on a thread of its own, with the options of the macro, an image that it finds
 * itself, and SciJava's own steps before the start; at the end it does something with the outputs. A macro reaches it
 * with {@code call("io.github.deepimageprior.host.FijiLike.run", label, options)}.
 */
public final class FijiLike {

	private static final Context CONTEXT = new Context(CommandService.class, TaskService.class, LegacyService.class);

	/** The image that the host takes for the active one; null for the one that ImageJ says. */
	static ImagePlus front;

	/** Whether the dialog for the parameters that the macro leaves out is cancelled. */
	static boolean cancels;

	/** Whether a dialog was shown, since parameters of the last command had no value. */
	static boolean asked;

	/** What happens to each output, in order. */
	static Consumer<ImagePlus> shows = output -> {};

	private FijiLike() {}

	/**
	 * Runs a macro, which may call {@link #run}.
	 *
	 * @return whether the command has ended the macro; {@code call}, unlike {@code run}, goes on all the same
	 */
	static boolean macro(final String text) {
		final AtomicBoolean ended = new AtomicBoolean();
		new Interpreter() {

			@Override
			public void abort(final String message) {
				ended.set(true);
			}
		}.run(text, "");
		return ended.get();
	}

	/**
	 * Runs a command and waits for its end.
	 *
	 * @param options empty for none: only the image, if the command takes one, is filled in
	 */
	public static String run(final String label, final String options) throws Exception {
		final CommandInfo command = CONTEXT.service(CommandService.class).getCommands().stream()
			.filter(info -> label.equals(String.valueOf(info.getMenuPath().getLeaf()))).findFirst().orElseThrow();
		final ModuleService modules = CONTEXT.service(ModuleService.class);
		final List<ModulePreprocessor> before = new ArrayList<>(List.of(new Inputs(options)));
		before.addAll(CONTEXT.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class));
		before.add(new Dialog());
		final List<ModulePostprocessor> after = List.of(new Outputs());
		modules.run(modules.createModule(command), before, after).get();
		return "";
	}

	private static final class Inputs extends AbstractPreprocessorPlugin {

		private final String options;

		Inputs(final String options) {
			this.options = options;
		}

		@Override
		public void process(final Module module) {
			if (!options.isEmpty()) Thread.currentThread().setName("Run$_" + options); // or ImageJ keeps none
			Macro.setOptions(options.isEmpty() ? null : options);
			for (final ModuleItem<?> item : module.getInfo().inputs()) {
				final String written = options.isEmpty() ? null
					: Macro.getValue(Macro.getOptions(), item.getName(), null);
				final Object value = item.getType() == ImagePlus.class ? written == null ? active() : image(written)
					: written == null ? null : value(item, written);
				if (value == null) continue;
				module.setInput(item.getName(), value);
				module.resolveInput(item.getName());
			}
		}

		/** A number is a place in the list of images, or an ID, even if it is also a title. */
		private static ImagePlus image(final String written) {
			try {
				return WindowManager.getImage(Integer.parseInt(written));
			}
			catch (final NumberFormatException title) {
				return WindowManager.getImage(written);
			}
		}

		/** Fiji logs what it cannot convert, and goes on without it. */
		private static Object value(final ModuleItem<?> item, final String written) {
			try {
				return CommandInputs.parse(item, written);
			}
			catch (final DipException bad) {
				return null;
			}
		}
	}

	private static ImagePlus active() {
		return front == null ? WindowManager.getCurrentImage() : front;
	}

	/** The dialog that Fiji opens if something is still missing. */
	private static final class Dialog extends AbstractPreprocessorPlugin {

		private static boolean allResolved(final Module module) {
			for (final ModuleItem<?> item : module.getInfo().inputs())
				if (!module.isInputResolved(item.getName())) return false;
			return true;
		}

		@Override
		public void process(final Module module) {
			asked = !allResolved(module);
			if (cancels) cancel(null);
		}
	}

	private static final class Outputs extends AbstractPostprocessorPlugin {

		@Override
		public void process(final Module module) {
			for (final ModuleItem<?> item : module.getInfo().outputs())
				if (item.getValue(module) instanceof ImagePlus output) shows.accept(output);
		}
	}
}
