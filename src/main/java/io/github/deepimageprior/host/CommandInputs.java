package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.WindowManager;
import ij.plugin.frame.Recorder;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.image.ImageSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/** The parameters of a command, filled in from macro options or by the user. */
final class CommandInputs {

	/** Numbers as ImageJ writes them: Java would also read 1f, 0x1p3 and NaN. */
	private static final String WHOLE = "[-+]?[0-9]+", DECIMAL = "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?";

	/** Consents to a download and to a module hold for one run; a command remembers the others itself. */
	private static final Set<String> NOT_REMEMBERED = Set.of("download", "trust", "threads", "libtorch_folder");

	/**
	 * The values that the user chose last in this session: values of parameters by name, by class name of the command.
	 */
	private static final Map<String, Map<String, Object>> CHOSEN = new ConcurrentHashMap<>();

	private final CommandInfo command;

	CommandInputs(final CommandInfo command) {
		this.command = command;
	}

	/** @return the parameters that a user fills in, in the order of the dialog, with their default values */
	Map<ModuleItem<?>, Object> defaults() {
		final List<ModuleItem<?>> items = new ArrayList<>();
		for (final ModuleItem<?> item : command.inputs()) {
			final Class<?> type = item.getType();
			if (Types.isNumber(type) || Types.isBoolean(type) || Types.isText(type)) items.add(item);
		}
		final Module fresh = module();
		final Map<ModuleItem<?>, Object> defaults = new LinkedHashMap<>();
		DialogPlace.sorted(items).forEach(item -> defaults.put(item, item.getValue(fresh)));
		return defaults;
	}

	/** @return what the dialog's button restores: for values that the command remembers, their attribute */
	Map<ModuleItem<?>, Object> restored() {
		final Map<ModuleItem<?>, Object> restored = defaults();
		restored.replaceAll(
			(item, value) -> item.is(DialogPlace.DEFAULT) ? parse(item, item.get(DialogPlace.DEFAULT)) : value);
		return restored;
	}

	private Module module() {
		try {
			return command.createModule();
		}
		catch (final ModuleException broken) {
			throw new IllegalStateException(broken);
		}
	}

	/**
	 * Reads macro options for the image that they name, or else for the active image.
	 *
	 * @param options macro options; parameters that they leave out have their default values
	 * @return values of all parameters by name
	 * @throws DipException if the options cannot be read, or there is no such image
	 */
	Map<String, Object> of(final String options) {
		return of(options, worksOnImage() ? opened(image(options, WindowManager::getCurrentImage)) : null);
	}

	/** @return whether macro options name the image */
	boolean names(final String options) {
		return options(options).value("input") != null;
	}

	/**
	 * @param active finds the active image
	 * @return the image that macro options name, else the active one
	 * @throws DipException if the options cannot be read, or it is not clear which open image they name
	 */
	ImagePlus image(final String options, final Supplier<ImagePlus> active) {
		final String title = options(options).value("input");
		return title == null ? active.get() : OpenImages.named("input", title, active);
	}

	/**
	 * Reads macro options for a given image.
	 *
	 * @param text macro options; parameters that they leave out have their default values
	 * @param image the image to process; null if the command takes none
	 * @return values of all parameters by name
	 * @throws DipException if the options cannot be read
	 */
	Map<String, Object> of(final String text, final ImagePlus image) {
		final MacroOptions options = options(text);
		final Map<String, Object> inputs = new LinkedHashMap<>();
		if (worksOnImage()) inputs.put("input", image);
		defaults().forEach((item, value) -> {
			final String written = options.value(item.getName());
			inputs.put(item.getName(), written == null ? value : parse(item, written));
		});
		return inputs;
	}

	/** @return whether the command processes an image */
	boolean worksOnImage() {
		return command.getInput("input") != null;
	}

	private MacroOptions options(final String text) {
		final List<String> keys = new ArrayList<>();
		if (worksOnImage()) keys.add("input");
		defaults().keySet().forEach(item -> keys.add(item.getName()));
		final MacroOptions options = new MacroOptions(text, keys);
		keys.stream().filter(key -> !Types.isBoolean(command.getInput(key).getType())).forEach(options::requireValue);
		return options;
	}

	/**
	 * Asks the user in a dialog, and records the answers as Fiji does: under the names of the parameters.
	 *
	 * @return values of all parameters by name; null if the user cancelled
	 * @throws DipException if the command needs an image and none is open
	 */
	Map<String, Object> ask() {
		final ImagePlus image = worksOnImage() ? opened(WindowManager.getCurrentImage()) : null;
		final Map<ModuleItem<?>, Object> values = defaults();
		if (values.isEmpty()) return Map.of();
		if (!choose(values, image)) return null;
		final Map<String, Object> inputs = new LinkedHashMap<>();
		if (worksOnImage()) inputs.put("input", image);
		values.forEach((item, value) -> {
			inputs.put(item.getName(), value);
			if (Recorder.record) Recorder.recordOption(item.getName(), MacroOptions.escaped(String.valueOf(value)));
		});
		return inputs;
	}

	/**
	 * Lets the user choose values in a dialog, which starts from those that were chosen last in this session.
	 *
	 * @param values parameters in order, with their values; receives the values that the user chose
	 * @param image the image to process; null for none
	 * @return false if the user cancelled
	 */
	boolean choose(final Map<ModuleItem<?>, Object> values, final ImagePlus image) {
		final Map<String, Object> last = CHOSEN.computeIfAbsent(command.getClassName(), name -> new HashMap<>());
		values.replaceAll((item, value) -> last.getOrDefault(item.getName(), value));
		if (!CommandDialog.show(command.getMenuPath().getLeaf().getName().replace("...", ""),
			(Asked) module().getDelegateObject(), values, restored(), tried -> estimate(tried, image))) return false;
		values.forEach((item, value) -> {
			if (!NOT_REMEMBERED.contains(item.getName())) last.put(item.getName(), value);
		});
		return true;
	}

	private String estimate(final Map<ModuleItem<?>, Object> values, final ImagePlus image) {
		if (image == null && worksOnImage()) return "";
		final Module trial = module();
		values.forEach((item, value) -> trial.setInput(item.getName(), value));
		try {
			return ((Asked) trial.getDelegateObject()).estimate(image);
		}
		catch (final DipException | IllegalArgumentException | OutOfMemoryError wrong) {
			return ""; // the command will say it
		}
	}

	/**
	 * @param item a parameter
	 * @param written its value as text
	 * @return its value in the parameter's type
	 * @throws DipException if the text is no value of that type
	 */
	static Object parse(final ModuleItem<?> item, final String written) {
		final Class<?> type = Types.box(item.getType());
		if (type == Boolean.class) return parseBoolean(item, written);
		if (Types.isText(type)) return written;
		final String text = written.strip();
		if (!text.matches(type == Double.class ? DECIMAL : WHOLE))
			throw bad(item, written, type == Double.class ? "enter a number, such as 2.5" : "enter a whole number");
		try {
			if (type == Integer.class) return Integer.valueOf(text);
			if (type == Long.class) return Long.valueOf(text);
			if (Double.isFinite(Double.parseDouble(text))) return Double.valueOf(text);
		}
		catch (final NumberFormatException beyond) {
			// reported below
		}
		throw bad(item, written, "enter a " + (text.startsWith("-") ? "larger" : "smaller") + " number");
	}

	private static Boolean parseBoolean(final ModuleItem<?> item, final String written) {
		switch (written.strip().toLowerCase(Locale.ROOT)) {
			case "true" :
				return true;
			case "false" :
				return false;
			default :
				throw bad(item, written, "use true or false");
		}
	}

	private static DipException bad(final ModuleItem<?> item, final String written, final String remedy) {
		return new DipException(
			"The value of " + item.getName() + " is '" + DipException.shown(written) + "': " + remedy + ".");
	}

	/**
	 * @return the same image
	 * @throws DipException if it is null or has no pixels
	 */
	static ImagePlus opened(final ImagePlus image) {
		ImageSource.requireOpen(image);
		return image;
	}
}
