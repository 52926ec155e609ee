package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.command.ContextCommand;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/** The keys of all commands: they are in users' macros and never change. */
class MacroKeysTest {

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class, ConvertService.class);
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

	/** What switches a key off is a key with that value, in a command that has both; each can be on. */
	@Test
	void everyConditionNamesKeysAndTheirValues() {
		final Set<String> used = new TreeSet<>(), known = new TreeSet<>();
		for (final CommandInfo command : commands()) for (final String key : keys(command))
			for (final List<Counts.Term> condition : Counts.conditions(command.getInput(key))) {
				boolean canHold = false;
				for (final Counts.Term term : condition) {
					assertFalse(term.key().equals(key), command + ": " + key);
					used.add(key + ": " + term);
					final ModuleItem<?> other = command.getInput(term.key());
					if (other != null && isValue(other, term.value())) known.add(key + ": " + term);
					canHold |= other != null || !term.wanted();
				}
				assertTrue(canHold, command + ": " + key + " never counts: " + condition);
			}
		assertEquals(used, known);
		assertTrue(used.size() > 40, used.toString());
	}

	private static boolean isValue(final ModuleItem<?> item, final String value) {
		if (item.getChoices() != null && !item.getChoices().isEmpty())
			return item.getChoices().stream().anyMatch(value::equals);
		return item.getType() == boolean.class ? value.matches("true|false") : value.isEmpty();
	}

	/** With their default values the commands have nothing to warn of. */
	@Test
	void noDefaultIsWithoutEffect() throws Exception {
		for (final CommandInfo command : commands()) assertEquals(List.of(), warnings(command, ""), command.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"DipDescribeNetwork | preset=Paper;architecture=custom "
			+ "| preset=Paper has no effect unless architecture=preset.",
		"DipDenoise | gain=2 | gain=2.0 has no effect unless noise_model=Poisson.",
		"DipDenoise | gain=2;noise_model=poisson |",
		"DipDenoise | stop=WMV | stop=WMV has no effect while denoising_method=non-local.",
		"DipDenoise | patience=9 | patience=9 has no effect while denoising_method=non-local.",
		"DipDenoise | patience=9;denoising_method=deep image prior |",
		"DipDenoise | patience=9;denoising_method=deep image prior;stop=fixed "
			+ "| patience=9 has no effect unless stop=EMV or stop=WMV or stop=auto.",
		"DipInpaint | patience=9 | patience=9 has no effect unless stop=EMV or stop=WMV.",
		"DipInpaint | patience=9;stop=EMV |",
		"DipInpaint | window=9;stop=WMV;recipe=as in Ulyanov et al. | stop=WMV has no effect unless recipe=custom. "
			+ "window=9 has no effect unless recipe=custom.",
		"DipInpaint | preset=Paper;recipe=as in Ulyanov et al. "
			+ "| preset=Paper has no effect while recipe=[as in Ulyanov et al.].",
		"DipDenoise | noise_level=9;denoising_method=deep image prior "
			+ "| noise_level=9.0 has no effect unless denoising_method=non-local or stop=[noise level] or "
			+ "noise_model=Poisson.",
		"DipDenoise | noise_level=9;recipe=as in Ulyanov et al. | noise_level=9.0 has no effect unless recipe=custom.",
		"DipDenoise | seed=9;recipe=as in Ulyanov et al. |", "DipDenoise | seed=9;uncertainty=ensemble |",
		"DipDenoise | seed=9 | seed=9 has no effect while denoising_method=non-local unless uncertainty=ensemble.",
		"DipInpaint | mask_image=my mask;missing=value "
			+ "| mask_image=[my mask] has no effect unless missing=[mask image].",
		"DipInpaint | burn_in=9;uncertainty=ensemble | burn_in=9 has no effect unless uncertainty=Langevin.",
		"DipPurify | model_file=a.pt | model_file=a.pt has no effect unless classify_with=[TorchScript file].",
		"DipPurify | preset=Paper;result=raw;seed=9;precision=float32 |",
		"DipClassify | model_file=a.pt;classifier=b.pt "
			+ "| model_file=a.pt has no effect unless classifier=[TorchScript file].",
		"GenerateAdversary | alpha=2;attack=BI;attack_settings=as in the paper "
			+ "| alpha=2.0 has no effect unless attack_settings=custom.",
		"GenerateAdversary | alpha=2;attack=FGSM | alpha=2.0 has no effect while attack=FGSM.",
		"GenerateAdversary | amplification=2 "
			+ "| amplification=2.0 has no effect unless show_perturbation=true or comparison=true.",
		"GenerateAdversary | amplification=2;comparison=true |",
		"MigSgSaliency | baseline=black;method=Gradient | baseline=black has no effect while method=Gradient.",
		"CompareSaliency | baseline=black;intervals=2;values=signed |",
		"DipDefenceStudy | preset=Paper;protocol=as in the paper | preset=Paper has no effect unless protocol=custom.",
		"DipSaliencyStudy | evolution=;evolution_steps=5 | evolution_steps=5 has no effect while evolution is empty." })
	void aKeyThatDoesNotCountIsSaid(final String command, final String options, final String said) throws Exception {
		final CommandInfo info = context.service(CommandService.class)
			.getCommand(LongCommand.class.getPackageName() + "." + command);
		assertEquals(said == null ? "" : said, String.join(" ", warnings(info, options)));
	}

	/** @param options key=value, separated by semicolons */
	private static List<String> warnings(final CommandInfo command, final String options) throws Exception {
		final Module module = command.createModule();
		for (final String option : options.isEmpty() ? new String[0] : options.split(";")) {
			final String key = option.substring(0, option.indexOf('=')), value = option.substring(key.length() + 1);
			module.setInput(key, context.service(ConvertService.class).convert(value, command.getInput(key).getType()));
		}
		final ContextCommand filled = (ContextCommand) module.getDelegateObject();
		filled.setContext(context);
		return new Counts(filled).warnings();
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
