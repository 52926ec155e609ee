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

/** The line of a macro that repeats what a command does, as ImageJ's Recorder writes it. */
final class MacroLine {

	private MacroLine() {}

	/**
	 * @param command with its parameters filled in; its image is not written
	 * @param found the values that were chosen for automatic parameters, by key
	 */
	static String of(final ContextCommand command, final Map<String, String> found) {
		final StringJoiner options = new StringJoiner(" ");
		values(command).forEach(
			(key, value) -> options.add(option(key, MacroOptions.escaped(found.getOrDefault(key, value)))));
		return "run(\"" + info(command).getMenuPath().getLeaf().getName() + "\", \"" + options + "\");";
	}

	/** @return a key with its value, as macro options have it */
	static String option(final String key, final String value) {
		return key + "=" + (value.matches("(?s).*\\s.*|[\\['].*") ? "[" + value + "]" : value);
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
