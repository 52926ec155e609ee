package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/** The keys of all commands: they are in users' macros and never change. */
class MacroKeysTest {

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	private static List<CommandInfo> commands() {
		return context.service(CommandService.class).getCommands().stream()
			.filter(info -> info.getClassName().startsWith(LongCommand.class.getPackageName())).toList();
	}

	private static List<String> keys(final CommandInfo command) {
		final List<String> keys = new ArrayList<>();
		for (final ModuleItem<?> item : command.inputs())
			if (!item.getName().equals("tasks") && !item.getType().getName().startsWith("org.scijava."))
				keys.add(item.getName());
		return keys;
	}

	@Test
	void thereAreAllCommands() {
		assertEquals(19, commands().size());
	}

	@Test
	void everyKeyIsInSnakeCase() {
		for (final CommandInfo command : commands())
			for (final String key : keys(command)) assertTrue(key.matches("[a-z]+(_[a-z]+)*"), command + ": " + key);
	}

	/** ImageJ's Recorder takes a key that ends with another for a duplicate. */
	@Test
	void noKeyEndsWithAnotherOfItsCommand() {
		for (final CommandInfo command : commands())
			for (final String a : keys(command))
				for (final String b : keys(command))
					assertFalse(!a.equals(b) && a.endsWith(b), command + ": " + a + " ends with " + b);
	}

	/** One meaning each: the same label, explanation, type, default and choices in every command. */
	@Test
	void theSameKeyIsTheSameEverywhere() throws Exception {
		final Map<String, String> first = new TreeMap<>();
		for (final CommandInfo command : commands()) {
			final Module fresh = command.createModule();
			for (final String key : keys(command)) {
				final ModuleItem<?> item = command.getInput(key);
				final String meaning = String.join(" | ", item.getType().getName(), item.getLabel(),
					item.getDescription(), String.valueOf(item.getValue(fresh)), String.valueOf(item.getChoices()),
					String.valueOf(item.getWidgetStyle()), String.valueOf(item.getMinimumValue()),
					String.valueOf(item.getMaximumValue()));
				final String before = first.putIfAbsent(key, meaning);
				assertEquals(before == null ? meaning : before, meaning, command + ": " + key);
			}
		}
		assertTrue(first.size() > 50, first.keySet().toString());
	}

	/** What a macro leaves out must not come from an earlier session. */
	@Test
	void sciJavaRemembersNoValue() {
		for (final CommandInfo command : commands())
			for (final String key : keys(command))
				assertTrue(key.equals("input") || !command.getInput(key).isPersisted(), command + ": " + key);
	}

	@Test
	void everyKeyHasALabelAndAnExplanation() {
		for (final CommandInfo command : commands()) for (final String key : keys(command)) {
			final ModuleItem<?> item = command.getInput(key);
			assertTrue(item.getLabel() != null && !item.getLabel().isBlank(), command + ": " + key);
			assertTrue(item.getDescription() != null && !item.getDescription().isBlank(), command + ": " + key);
		}
	}
}
