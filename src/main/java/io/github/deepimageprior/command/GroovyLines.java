package io.github.deepimageprior.command;

import ij.ImagePlus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import org.scijava.command.CommandInfo;
import org.scijava.command.ContextCommand;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/** The lines of a Groovy script for Fiji's script editor that repeat what a command does. */
final class GroovyLines {

	private GroovyLines() {}

	/**
	 * @param command with its parameters filled in; the script asks for its image
	 * @param found the values that were chosen for automatic parameters, by key
	 */
	static String of(final ContextCommand command, final Map<String, String> found) {
		final CommandInfo info = MacroLine.info(command);
		final List<String> lines = new ArrayList<>(List.of("#@ CommandService commands"));
		final StringJoiner inputs = new StringJoiner(", ", "inputs = [", "]");
		for (final ModuleItem<?> item : info.inputs()) if (item.getType() == ImagePlus.class) {
			lines.add("#@ ImagePlus " + item.getName());
			inputs.add(item.getName() + ": " + item.getName());
		}
		MacroLine.values(command).forEach((key, value) -> inputs
			.add(key + ": " + literal(info.getInput(key).getType(), found.getOrDefault(key, value))));
		final List<String> outputs = new ArrayList<>();
		for (final ModuleItem<?> item : info.outputs()) outputs.add(item.getName());
		outputs.forEach(output -> lines.add("#@output ImagePlus " + output));
		lines.add(inputs.toString());
		lines.add("module = commands.run('" + info.getClassName() + "', false, inputs).get()");
		lines.add("if (module.isCanceled()) throw new RuntimeException(module.getCancelReason())");
		outputs.forEach(output -> lines.add(output + " = module.getOutput('" + output + "')"));
		return String.join("\n", lines);
	}

	/** @return a value as Groovy writes it; in single quotes, a dollar sign is a dollar sign */
	private static String literal(final Class<?> type, final String value) {
		if (Types.isText(type)) return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
		final Class<?> boxed = Types.box(type);
		return value + (boxed == Long.class ? "L" : boxed == Double.class ? "d" : "");
	}
}
