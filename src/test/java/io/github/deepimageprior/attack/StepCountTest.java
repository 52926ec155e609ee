package io.github.deepimageprior.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StepCountTest {

	@Test
	void numbersOfSteps() {
		final double[] epsilons = { 0.5, 1, 2, 5, 10, 16, 25, 100 };
		final int[] kurakin = { 1, 1, 2, 6, 12, 20, 29, 104 }, paper = { 4, 5, 6, 9, 14, 20, 31, 125 };
		for (int i = 0; i < epsilons.length; i++) {
			assertEquals(kurakin[i], StepCount.KURAKIN.steps(epsilons[i], 7), "ε " + epsilons[i]);
			assertEquals(paper[i], StepCount.PAPER.steps(epsilons[i], 7), "ε " + epsilons[i]);
			assertEquals(7, StepCount.FIXED.steps(epsilons[i], 7), "ε " + epsilons[i]);
		}
	}
}
