package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DownsamplerTest {

	/** Left of the middle column of the published code's kernels, and two more of their weights. */
	@Test
	void lanczosKernelsAreThoseOfTheReference() {
		final float[] twice = Downsampler.LANCZOS2.kernel(2), fourTimes = Downsampler.LANCZOS2.kernel(4);
		final float[] columnOfTwo = { -0.00384937f, -0.01821469f, 0.05059637f, 0.18861933f, 0.18861933f, 0.05059637f,
			-0.01821469f, -0.00384937f };
		final float[] columnOfFour = { -0.00025538f, -0.00233759f, -0.00488627f, -0.0035664f, 0.00589547f, 0.02364954f,
			0.04389477f, 0.05746142f, 0.05746142f, 0.04389477f, 0.02364954f, 0.00589547f, -0.0035664f, -0.00488627f,
			-0.00233759f, -0.00025538f };
		for (int i = 0; i < 8; i++) assertEquals(columnOfTwo[i], twice[8 * i + 3], 1e-8);
		for (int i = 0; i < 16; i++) assertEquals(columnOfFour[i], fourTimes[16 * i + 7], 1e-8);
		assertEquals(7.855865548768329e-05, twice[0], 1e-11);
		assertEquals(-0.004886017910514387, twice[8 + 2], 1e-9);
		assertEquals(1.1350403751475116e-06, fourTimes[0], 1e-13);
		assertEquals(0.00019877856057934777, fourTimes[16 + 2], 1e-10);
	}

	/** What PyTorch makes of this picture with the published code's downsampler (Lanczos2, phase 0.5, size kept). */
	@Test
	void lanczosResultsAreThoseOfTheReference() {
		final float[] expected = { 0.65712744f, 0.79310703f, 0.49423867f, 0.3408548f, 0.6183576f, 0.7959698f, //
			0.6047912f, 0.7190161f, 0.53456455f, 0.36733365f, 0.4604769f, 0.57310843f, //
			0.50277644f, 0.42067072f, 0.44734228f, 0.6589712f, 0.5177103f, 0.3309284f, //
			0.44328406f, 0.20175156f, 0.6019285f, 0.80575097f, 0.4065551f, 0.25192082f, //

			0.79752755f, 0.86296105f, 0.50613403f, 0.34653142f, 0.62446594f, 0.77725184f, //
			0.6964114f, 0.65552133f, 0.40233245f, 0.32393724f, 0.4965783f, 0.5906451f, //
			0.5267654f, 0.30608776f, 0.49137548f, 0.7252982f, 0.46599582f, 0.3240402f, //
			0.4154145f, 0.16951422f, 0.7038711f, 0.728328f, 0.41350862f, 0.24227428f };
		assertArrayEquals(expected, Downsampler.LANCZOS2.apply(Formula.picture(24, 16, 2), 4).values(), 1e-6f);
	}

	@ParameterizedTest
	@EnumSource(Downsampler.class)
	void kernelsSumToOneAndKeepConstants(final Downsampler kind) {
		for (int factor = 1; factor <= 9; factor++) {
			double sum = 0;
			for (final float weight : kind.kernel(factor)) sum += weight;
			assertEquals(1, sum, 1e-6);
			final float[] grey = new float[2 * 20 * 30];
			Arrays.fill(grey, 0.3f);
			final Picture small = kind.apply(new Picture(grey, 30, 20, 2), factor);
			assertEquals(30 / factor, small.width());
			assertEquals(20 / factor, small.height());
			for (final float value : small.values()) assertEquals(0.3f, value, 1e-6f);
		}
	}

	@ParameterizedTest
	@EnumSource(value = Downsampler.class, mode = EnumSource.Mode.EXCLUDE, names = "NEAREST")
	void kernelsAreSymmetric(final Downsampler kind) {
		for (int factor = 1; factor <= 5; factor++) {
			final float[] kernel = kind.kernel(factor);
			final int side = kind.side(factor);
			assertEquals(side * side, kernel.length);
			for (int i = 0; i < kernel.length; i++) {
				assertEquals(kernel[i], kernel[kernel.length - 1 - i], 1e-9f);
				assertEquals(kernel[i], kernel[i % side * side + i / side], 1e-9f);
			}
		}
	}

	/** On a slope a pixel has the value at the centre of its block, away from the borders. */
	@ParameterizedTest
	@CsvSource({ "Lanczos2, 2, 0.5", "Lanczos2, 3, 1", "Lanczos2, 4, 1.5", "AREA, 4, 1.5", "area, 5, 2",
		" binning, 2, 0.5", "nearest, 2, 1", "nearest, 3, 1", "nearest, 4, 2" })
	void slopesStayWhereTheyAre(final String kind, final int factor, final double centre) {
		final int w = 12 * factor, h = 10 * factor;
		final float[] slope = new float[h * w];
		for (int i = 0; i < slope.length; i++) slope[i] = (i % w + 2 * (i / w)) / 1000f;
		final Picture small = Downsampler.named(kind).apply(new Picture(slope, w, h, 1), factor);
		for (int y = 2; y < 8; y++)
			for (int x = 2; x < 10; x++)
				assertEquals((x * factor + 2 * y * factor + 3 * centre) / 1000, small.values()[y * 12 + x], 1e-6);
	}

	@Test
	void onlyBinningGains() {
		assertEquals(16, Downsampler.BINNING.gain(4));
		assertEquals(1, Downsampler.AREA.gain(4));
		assertArrayEquals(Downsampler.AREA.kernel(4), Downsampler.BINNING.kernel(4));
	}

	@Test
	void impossibleWishesSaySo() {
		assertEquals("There is no downsampler 'cubic': use one of Lanczos2, area, nearest, binning.",
			assertThrows(DipException.class, () -> Downsampler.named("cubic")).getMessage());
		assertEquals("An image of 3x9 pixels cannot be downsampled by a factor of 4: choose a smaller factor.",
			assertThrows(DipException.class, () -> Downsampler.AREA.apply(Formula.picture(3, 9, 1), 4)).getMessage());
		assertThrows(IllegalArgumentException.class, () -> Downsampler.AREA.kernel(0));
	}
}
