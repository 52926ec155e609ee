package io.github.deepimageprior.command;

import io.github.deepimageprior.host.MacroOptions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/** The line of a macro that repeats what a command does, as ImageJ's Recorder writes it if it can. */
final class MacroLine {

	private MacroLine() {}

	/**
	 * @param command with its parameters filled in; its image is not written
	 * @param found the values that were chosen for automatic parameters, by key
	 * @return the line, or a sentence that says which value no macro can pass on
	 */
	static String of(final ContextCommand command, final Map<String, String> found) {
		final Map<String, String> values = values(command);
		values.replaceAll((key, value) -> MacroOptions.escaped(found.getOrDefault(key, value)));
		final StringJoiner options = new StringJoiner(" ");
		for (final Map.Entry<String, String> one : values.entrySet()) {
			final String value = MacroOptions.quoted(one.getValue());
			if (value == null)
				return "There is no macro line, since " + one.getKey() + " has an apostrophe and brackets that are not "
					+ "paired: rename the folder or file, or use a Groovy script.";
			options.add(one.getKey() + "=" + value);
		}
		return "run(\"" + info(command).getMenuPath().getLeaf().getName() + "\", \"" + options + "\");";
	}

	/** @return a key with its value, for people: as macro options have it, or would have it */
	static String option(final String key, final String value) {
		return key + "=" + Objects.requireNonNullElse(MacroOptions.quoted(value), "[" + value + "]");
	}

	/** @return the parameters that are numbers, flags or text, in order, by key */
	static Map<String, String> values(final ContextCommand command) {
		return values(info(command), new CommandModule(info(command), command));
	}

	static Map<String, String> values(final CommandInfo command, final Module module) {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final ModuleItem<?> item : command.inputs()) {
			final Class<?> type = item.getType();
			if (Types.isNumber(type) || Types.isBoolean(type) || Types.isText(type))
				values.put(item.getName(), Objects.toString(item.getValue(module), ""));
		}
		return values;
	}

	static CommandInfo info(final ContextCommand command) {
		return command.context().service(CommandService.class).getCommand(command.getClass());
	}
}
