package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModuleItem;
import org.scijava.command.ContextCommand;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/**
 * Tells which parameters of a command count, as {@link CountsIf} says. A user who sets one that does not count would
 * otherwise not notice that it changed nothing. It is no error: the Recorder writes all parameters.
 */
final class Counts {

	private static final Pattern TERM = Pattern.compile("([a-z_]+)(!?=)(.*)");

	private final CommandInfo command;
	private final Map<String, String> values, defaults;

	/** A value that another parameter must have, or must not have. */
	record Term(String key, boolean wanted, String value) {

		static Term of(final String written) {
			final Matcher term = TERM.matcher(written);
			if (!term.matches()) throw new IllegalArgumentException(written);
			return new Term(term.group(1), term.group(2).equals("="), term.group(3));
		}
	}

	/** @param command with its parameters filled in */
	Counts(final ContextCommand command) {
		this.command = MacroLine.info(command);
		values = MacroLine.values(command);
		defaults = MacroLine.values(this.command,
			command.context().service(ModuleService.class).createModule(this.command));
	}

	/** @return a sentence for every parameter that has another value than its default one, and does not count */
	List<String> warnings() {
		final List<String> warnings = new ArrayList<>();
		values.forEach((key, value) -> {
			final String reason = value.strip().equalsIgnoreCase(defaults.get(key)) ? "" : reason(key);
			if (!reason.isEmpty())
				warnings.add(MacroLine.option(key, DipException.shown(value)) + " has no effect" + reason + ".");
		});
		return warnings;
	}

	/** @return whether a parameter counts */
	boolean is(final String key) {
		return reason(key).isEmpty();
	}

	/** @return the first condition that does not hold, in words; empty if the parameter counts */
	private String reason(final String key) {
		for (final List<Term> condition : conditions(command.getInput(key))) {
			if (condition.stream().anyMatch(this::holds)) continue;
			// To ask for a value that has been given would not help: it is switched off itself.
			return condition.stream().filter(term -> term.wanted && isGiven(term)).findFirst()
				.map(term -> reason(term.key)).orElseGet(() -> words(condition));
		}
		return "";
	}

	/** @return the conditions of a parameter, each with its alternatives */
	static List<List<Term>> conditions(final ModuleItem<?> item) {
		final CountsIf written = ((CommandModuleItem<?>) item).getField().getAnnotation(CountsIf.class);
		return written == null ? List.of()
			: Stream.of(written.value()).map(one -> Stream.of(one.split("\\|")).map(Term::of).toList()).toList();
	}

	private boolean holds(final Term term) {
		return term.wanted == (isGiven(term) && is(term.key));
	}

	private boolean isGiven(final Term term) {
		return values.containsKey(term.key) && values.get(term.key).strip().equalsIgnoreCase(term.value);
	}

	/** @return such as " while method=Gradient", " unless stop=EMV or stop=WMV" */
	private String words(final List<Term> condition) {
		final StringJoiner these = new StringJoiner(" and ", " while ", "").setEmptyValue(""),
			those = new StringJoiner(" or ", " unless ", "").setEmptyValue("");
		for (final Term term : condition)
			if (values.containsKey(term.key))
				(term.wanted ? those : these)
					.add(term.value.isEmpty() ? term.key + " is empty" : MacroLine.option(term.key, term.value));
		return these.toString() + those;
	}
}
