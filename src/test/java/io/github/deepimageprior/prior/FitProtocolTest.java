package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Precision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java and the text of the program name the same elements in the same order. */
class FitProtocolTest {

	private static String program() throws IOException {
		try (InputStream text = Hourglass.class.getResourceAsStream("hourglass.py")) {
			return new String(text.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static MatchResult find(final String pattern) throws IOException {
		final Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(program());
		assertTrue(matcher.find(), pattern);
		return matcher.toMatchResult();
	}

	/** @return what a pattern's group matches in a text, each time */
	private static List<String> all(final String pattern, final String text) {
		return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
	}

	private static List<String> names(final Enum<?>[] elements) {
		return Arrays.stream(elements).map(element -> element.name().toLowerCase(Locale.ROOT)).toList();
	}

	@ParameterizedTest
	@ValueSource(classes = { FitProtocol.Latent.class, FitProtocol.Observed.class, FitProtocol.State.class,
		FitProtocol.Plan.class, FitProtocol.Coefficients.class, FitProtocol.Own.class, FitProtocol.Net.class })
	void tuplesHaveTheElementsOfTheirEnum(final Class<? extends Enum<?>> argument) throws IOException {
		assertEquals(names(argument.getEnumConstants()), fields(argument.getSimpleName()));
	}

	@Test
	void scoresHaveTheElementsOfTheirEnum() throws IOException {
		assertEquals(names(FitProtocol.RuleState.values()), fields("RuleState"));
	}

	private static List<String> fields(final String tuple) throws IOException {
		return all("(\\w+) :", find("^class " + tuple + "\\(NamedTuple\\):\\n((?:  \\w+ : .+\\n)+)").group(1));
	}

	/** Each tuple is made of the elements 0, 1, 2 ... of its argument, in this order. */
	@ParameterizedTest
	@ValueSource(strings = { "Latent", "Observed", "State", "RuleState", "Plan", "Coefficients", "Own", "Net" })
	void tuplesAreReadInTheirOrder(final String tuple) throws IOException {
		final List<String> indices = all("x\\[(\\d+)",
			find("^  return __torch__\\." + tuple + "\\(((?:.|\\n)+?)\\)\n\n").group(1));
		assertEquals(IntStream.range(0, indices.size()).mapToObj(String::valueOf).toList(), indices);
		assertEquals(fields(tuple).size() - (tuple.equals("Net") ? 1 : 0), indices.size(), "all but the shapes");
	}

	@Test
	void rulesHaveTheProgramsNumbers() throws IOException {
		final String rules = find("^class Rule\\(Enum\\):\\n((?:  \\w+ = \\d+\\n)+)").group(1);
		assertEquals(Arrays.stream(StoppingRule.Kind.values())
			.map(kind -> kind.name() + " = " + FitProtocol.number(kind)).sorted().toList(),
			all("(\\w+ = \\d+)", rules).stream().sorted().toList());
	}

	@Test
	void numbersLieWhereTheirNamesSay() {
		final FitSettings settings = FitSettings.DEFAULTS.withRule(StoppingRule.wmv(30, 200))
			.withLangevin(new Langevin(40, 5));
		final long[] plan = FitProtocol.plan(settings, 11, 12);
		assertArrayEquals(new long[] { 11, 12, 2, 30, 200, 30, 40, 5, 200, 1 }, plan);
		assertEquals(0,
			FitProtocol.plan(settings.withRule(settings.rule().withoutEnd()), 11, 12)[FitProtocol.Plan.ENDS.ordinal()]);
		final double[] numbers = FitProtocol.coefficients(settings);
		assertEquals(0.01, numbers[FitProtocol.Coefficients.LEARNING_RATE.ordinal()]);
		assertArrayEquals(new double[] { 13, 0.5, 0.04 },
			FitProtocol.own(settings.withRule(StoppingRule.noiseLevel(0.04)), 13, 0.5));
		assertEquals(0.02, numbers[FitProtocol.Coefficients.LANGEVIN_NOISE.ordinal()]);
		assertEquals(0.999, numbers[FitProtocol.Coefficients.BETA2.ordinal()]);
	}

	@Test
	void theArchitectureIsFlagsThenSkipsThenShapes() {
		final Hourglass network = Hourglass.of(List.of(2), List.of(3), List.of(0), 1).withoutPointwise()
			.with(Hourglass.Padding.REFLECTION);
		final long[] net = FitProtocol.net(network, Precision.FLOAT32, MemoryOrder.CHANNELS_LAST);
		assertArrayEquals(new long[] { 1, 1, 0, 0, 0, 0, 1, 0, 4, 2, 32, 3, 3, 1, 2 }, Arrays.copyOf(net, 15));
		assertEquals(8 + network.parameters().stream().mapToInt(parameter -> 1 + parameter.shape().length).sum(),
			net.length);
	}
}
