package io.github.deepimageprior.command;

import io.github.deepimageprior.host.MacroOptions;

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
		final CommandInfo info = command.context().service(CommandService.class).getCommand(command.getClass());
		final CommandModule module = new CommandModule(info, command);
		final StringJoiner options = new StringJoiner(" ");
		for (final ModuleItem<?> item : info.inputs()) {
			final Class<?> type = item.getType();
			if (!Types.isNumber(type) && !Types.isBoolean(type) && !Types.isText(type)) continue;
			final String value = MacroOptions
				.escaped(found.getOrDefault(item.getName(), String.valueOf(item.getValue(module))));
			options.add(item.getName() + "=" + (value.matches("(?s).*\\s.*|[\\['].*") ? "[" + value + "]" : value));
		}
		return "run(\"" + info.getMenuPath().getLeaf().getName() + "\", \"" + options + "\");";
	}
}
