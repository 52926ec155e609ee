package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.Space;
import io.github.deepimageprior.attack.StepCount;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An attack that rounding undoes is refused before a study starts: its adversaries would all count as withstood. */
class AttacksTest {

	private static final Path HERE = Path.of("folder");

	private static String advice(final Settings settings) {
		return assertThrows(DipException.class, () -> Studies.of(Protocol.resolved(settings))).getMessage();
	}

	private static String tooSmall(final String what, final String least) {
		return "The " + what + " is too small: rounding to whole grey levels undoes the attack, so enter " + least
			+ " or more.";
	}

	@ParameterizedTest
	@CsvSource({ "custom, FGSM 0.4, 1", "custom, BI 0.99, 1", "as in the paper, LLCI 0.4, 0.5" })
	void anAttackOfTheList(final String protocol, final String attack, final String least) {
		final String expected = tooSmall("epsilon of the attack '" + attack + "'", least).replaceFirst("The", "the");
		assertEquals("In the list attacks, " + expected,
			advice(Fixture.defence(HERE, HERE).with("protocol", protocol).with("attacks", "clean, " + attack)));
		assertEquals("For evolution, " + expected,
			advice(Fixture.saliency(HERE, HERE).with("protocol", protocol).with("evolution", attack)));
		final String[] words = attack.split(" ");
		assertEquals("In the list epsilons, " + expected, advice(Fixture.confidence(HERE, HERE)
			.with("protocol", protocol).with("methods", words[0]).with("epsilons", words[1])));
	}

	@ParameterizedTest
	@CsvSource({ "custom, 0, 1", "custom, 0.4, 1", "as in the paper, 4, 4.367" })
	void theStrengthOfAnAdaptiveAttack(final String protocol, final String strength, final String least) {
		final Settings settings = Fixture.adaptive(HERE, HERE).with("protocol", protocol);
		assertEquals(tooSmall("strength " + strength, least), advice(settings.with("strength", strength)));
		Studies.of(Protocol.resolved(settings.with("strength", least)));
	}

	@Test
	void theStrengthOfFeaturePairs() {
		final Settings settings = Fixture.pairs(HERE, HERE);
		assertEquals(tooSmall("strength 0.9", "1"), advice(settings.with("strength", 0.9)));
		Studies.of(settings.with("strength", 1));
	}

	@Test
	void epsilonCountsInPixelsOrInNormalisedSpace() {
		final Settings settings = Fixture.defence(HERE, HERE);
		assertEquals(Space.PIXELS, Attacks.of("BI 20", settings).space());
		final Attack normalised = Attacks.of("BI 20", settings.with("space", "normalised"));
		assertEquals(Space.NORMALISED, normalised.space());
		assertEquals(StepCount.KURAKIN, normalised.stepCount());
		assertEquals("The value of space is 'x': use pixels or normalised.",
			advice(settings.with("space", "x").with("attacks", "BI 20")));
	}

	/** An epsilon of 0 is no mistake but a control. */
	@Test
	void whatRoundingKeeps() {
		final Settings settings = Fixture.defence(HERE, HERE).with("attacks", "FGSM 1, bi 1.5, FGSM 0, clean");
		assertEquals(List.of("FGSM 1", "BI 1.5", "FGSM 0", "clean"), Attacks.list(settings));
		assertEquals(List.of("LLCI 0.5"),
			Attacks.list(Protocol.resolved(settings.with("protocol", "as in the paper").with("attacks", "LLCI 0.5"))));
	}
}
