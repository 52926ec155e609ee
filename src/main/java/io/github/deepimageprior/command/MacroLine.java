package io.github.deepimageprior.command;

import io.github.deepimageprior.host.MacroOptions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
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
		values(command).forEach((key, value) -> {
			final String escaped = MacroOptions.escaped(found.getOrDefault(key, value));
			options.add(key + "=" + (escaped.matches("(?s).*\\s.*|[\\['].*") ? "[" + escaped + "]" : escaped));
		});
		return "run(\"" + info(command).getMenuPath().getLeaf().getName() + "\", \"" + options + "\");";
	}

	/** @return the parameters that are numbers, flags or text, in order, by key */
	static Map<String, String> values(final ContextCommand command) {
		final CommandModule module = new CommandModule(info(command), command);
		final Map<String, String> values = new LinkedHashMap<>();
		for (final ModuleItem<?> item : info(command).inputs()) {
			final Class<?> type = item.getType();
			if (Types.isNumber(type) || Types.isBoolean(type) || Types.isText(type))
				values.put(item.getName(), String.valueOf(item.getValue(module)));
		}
		return values;
	}

	static CommandInfo info(final ContextCommand command) {
		return command.context().service(CommandService.class).getCommand(command.getClass());
	}
}
