package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.prior.StoppingRule.Kind;
import io.github.deepimageprior.restore.NonLocalSummary;
import io.github.deepimageprior.restore.Residual;

import java.util.List;

import org.junit.jupiter.api.Test;

class FitReportTest {

	private static final Kind AUTO = Kind.EMV; // to denoise

	/** The advice is what follows the colon. */
	private static String advice(final Residual residual, final Kind rule) {
		final String doubt = FitReport.doubt(residual, rule);
		return doubt.substring(doubt.indexOf(": ") + 2);
	}

	@Test
	void aRuleIsAdvisedOnlyIfItHasNotEndedTheFit() {
		final Residual noisy = new Residual(0.04, 0.1, 0.2), worse = new Residual(0.06, 0.1, 0.01);
		assertTrue(noisy.containsNoise());
		assertTrue(!worse.containsNoise() && worse.lossToFilter() > 0);
		for (final Residual residual : new Residual[] { noisy, worse }) {
			assertEquals("use fewer iterations.", advice(residual, AUTO));
			for (final Kind other : new Kind[] { Kind.FIXED, Kind.WMV })
				assertEquals("let the stopping rule auto end the fit, or use fewer iterations.",
					advice(residual, other));
		}
	}

	@Test
	void moreIterationsAreAdvisedWithoutARuleThatEndsTheFitBefore() {
		final Residual blurred = new Residual(0.3, 0.1, 1), worse = new Residual(0.15, 0.1, 0.01);
		assertTrue(blurred.lacksDetail());
		assertTrue(!worse.lacksDetail() && worse.lossToFilter() > 0);
		for (final Residual residual : new Residual[] { blurred, worse }) {
			assertEquals("use the stopping rule fixed and more iterations.", advice(residual, AUTO));
			assertEquals("use more iterations.", advice(residual, Kind.FIXED));
			assertEquals("let the stopping rule auto end the fit, or use the stopping rule fixed and more iterations.",
				advice(residual, Kind.WMV));
		}
	}

	@Test
	void samplesHaveNoRule() {
		assertEquals("use a longer burn-in.", advice(new Residual(0.3, 0.1, 1), null));
		assertEquals("use a shorter burn-in, or fewer samples.", advice(new Residual(0.04, 0.1, 0.2), null));
	}

	private static String doubt(final double ratio, final boolean photons) {
		return FitReport.doubt(summary(ratio, 0), photons);
	}

	private static NonLocalSummary summary(final double ratio, final double dark) {
		return new NonLocalSummary("CPU", 1, 1, 1, 1, List.of(), ratio, dark, false);
	}

	@Test
	void aBlackLevelThatContradictsTheImageIsNamed() {
		assertEquals(
			"12 % of the pixels are darker than the black level that was entered, by more than noise explains, "
				+ "and have lost their detail: check black level, gain and noise level.",
			FitReport.doubt(summary(1, .12), true));
		assertEquals("", FitReport.doubt(summary(1, .005), true));
	}

	@Test
	void noiseThatContradictsTheImageIsNamed() {
		assertTrue(doubt(2.25, true).startsWith("The noise is estimated to be 2.25 times as strong as was entered"));
		assertTrue(doubt(2.25, true).endsWith(": check gain, black level and noise level."));
		assertTrue(doubt(0.45, false).startsWith("The noise is estimated to be only 0.45 times as strong"));
		assertTrue(doubt(0.45, false).endsWith(": check the noise level, or enter 0 to estimate it."));
		for (final double ratio : new double[] { 0.7, 1, 1.4 }) assertEquals("", doubt(ratio, true));
	}

	@Test
	void nothingIsSaidOfAGoodResult() {
		assertEquals("", FitReport.doubt(new Residual(0.095, 0.1, 0.1), AUTO));
	}
}
