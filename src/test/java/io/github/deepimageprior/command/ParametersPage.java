package io.github.deepimageprior.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleException;
import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/** The documentation's page of all parameters, made from what the commands themselves say. */
final class ParametersPage {

	private static final String INTRODUCTION = """
		# Parameters

		The fields of every dialog. The key is what a macro and a script write. A key means the same in
		every command: those of several commands are explained once, under [Keys of several commands](#shared).
		[Macros, headless, batch](headless.md) shows how macros write them, [Choosing settings](settings.md) which of
		them matter. Besides, every command that works on an image has the key `input`: the title or the ID of the
		image; without it, the active image.

		This page is made from the commands (`ParametersPageTest`), so it says what they do.
		""", TABLE = """
		| key | field | type | default | range | meaning |
		| --- | --- | --- | --- | --- | --- |
		""";

	private final List<CommandInfo> commands = new ArrayList<>();
	private final Map<String, List<CommandInfo>> users = new LinkedHashMap<>();

	ParametersPage(final CommandService service) throws IOException {
		final String menu = Files.readString(Path.of("plugins.config"));
		service.getCommands().stream()
			.filter(info -> info.getClassName().startsWith(ParametersPage.class.getPackageName()))
			.sorted(Comparator.comparing(info -> menu.indexOf(info.getClassName() + "\""))).forEach(commands::add);
		for (final CommandInfo command : commands)
			for (final ModuleItem<?> item : items(command))
				users.computeIfAbsent(item.getName(), key -> new ArrayList<>()).add(command);
	}

	private static List<ModuleItem<?>> items(final CommandInfo command) {
		final List<ModuleItem<?>> items = new ArrayList<>();
		for (final ModuleItem<?> item : command.inputs()) {
			final Class<?> type = item.getType();
			if (Types.isNumber(type) || Types.isBoolean(type) || Types.isText(type)) items.add(item);
		}
		return items;
	}

	private boolean isShared(final ModuleItem<?> item) {
		return users.get(item.getName()).size() > 1;
	}

	/** @return the page in Markdown */
	String text() throws ModuleException {
		final StringBuilder page = new StringBuilder(INTRODUCTION);
		for (final CommandInfo command : commands) {
			page.append("\n## ").append(command.getMenuPath().getLeaf().getName().replace("...", "")).append("\n\n");
			final List<ModuleItem<?>> shared = items(command).stream().filter(this::isShared).toList(),
				own = items(command).stream().filter(item -> !isShared(item)).toList();
			if (!own.isEmpty()) page.append(table(command, own));
			if (!own.isEmpty() && !shared.isEmpty()) page.append('\n');
			if (!shared.isEmpty())
				page.append(own.isEmpty() ? "Keys: " : "And ").append(shared.stream().map(ModuleItem::getName)
					.map(key -> "[`" + key + "`](#" + key + ")").collect(Collectors.joining(", "))).append(".\n");
		}
		page.append("\n<a id=\"shared\"></a>\n\n## Keys of several commands\n\n").append(TABLE);
		for (final List<CommandInfo> of : users.values()) if (of.size() > 1) {
			final CommandInfo first = of.get(0);
			final Module fresh = first.createModule();
			for (final ModuleItem<?> item : items(first))
				if (users.get(item.getName()) == of)
					page.append(row(item, fresh, key -> "<a id=\"" + key + "\"></a>`" + key + "`"));
		}
		return page.toString();
	}

	private static String table(final CommandInfo command, final List<ModuleItem<?>> items) throws ModuleException {
		final Module fresh = command.createModule();
		return TABLE
			+ items.stream().map(item -> row(item, fresh, key -> "`" + key + "`")).collect(Collectors.joining());
	}

	private static String row(final ModuleItem<?> item, final Module fresh, final Function<String, String> key) {
		final String value = String.valueOf(item.getValue(fresh));
		return "| " + String.join(" | ", key.apply(item.getName()), cell(item.getLabel()), type(item),
			value.isEmpty() ? "(empty)" : "`" + value + "`", range(item), cell(item.getDescription())) + " |\n";
	}

	private static boolean isChoice(final ModuleItem<?> item) {
		return item.getChoices() != null && !item.getChoices().isEmpty();
	}

	private static String type(final ModuleItem<?> item) {
		final Class<?> type = Types.box(item.getType());
		if (isChoice(item)) return "choice";
		if (Types.isBoolean(type)) return "true, false";
		if ("open".equals(item.getWidgetStyle())) return "file";
		if ("directory".equals(item.getWidgetStyle())) return "folder";
		if (Types.isText(type)) return "text";
		return type == Double.class ? "number" : "whole number";
	}

	private static String range(final ModuleItem<?> item) {
		if (isChoice(item))
			return item.getChoices().stream().map(choice -> "`" + choice + "`").collect(Collectors.joining(", "));
		final Object least = item.getMinimumValue(), most = item.getMaximumValue();
		if (least != null && most != null) return least + " to " + most;
		return least != null ? "at least " + least : most != null ? "at most " + most : "";
	}

	private static String cell(final String text) {
		return text.replace("|", "\\|").replace("<", "&lt;");
	}
}
