package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.Psnr;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackProjectionTest {

	/**
	 * From grey, which is wrong everywhere: what it becomes when made smaller is the observed picture, at the borders
	 * too.
	 */
	@ParameterizedTest
	@CsvSource({ "LANCZOS2,2", "LANCZOS2,3", "LANCZOS2,4", "LANCZOS2,8", "AREA,2", "AREA,3", "AREA,4", "AREA,8",
		"NEAREST,2", "NEAREST,3", "NEAREST,4", "NEAREST,8", "BINNING,2", "BINNING,4" })
	void whatItGivesBecomesTheObservedPicture(final Downsampler kind, final int factor) {
		final Picture observed = kind.apply(Formula.picture(13 * factor, 9 * factor, 2), factor);
		final Picture large = BackProjection.apply(grey(13 * factor, 9 * factor),
			Observation.of(observed).downsampled(factor, kind));
		final double before = Psnr.of(observed, grey(13, 9)), after = Psnr.of(observed, kind.apply(large, factor));
		assertTrue(after > before + 20, before + " dB before, " + after + " dB after");
	}

	private static Picture grey(final int width, final int height) {
		final float[] grey = new float[2 * width * height];
		Arrays.fill(grey, 0.5f);
		return new Picture(grey, width, height, 2);
	}

	@ParameterizedTest
	@CsvSource({ "LANCZOS2", "AREA", "NEAREST", "BINNING" })
	void whatAgreesStaysAsItIs(final Downsampler kind) {
		final Picture large = Formula.picture(24, 16, 3);
		assertArrayEquals(large.values(),
			BackProjection.apply(large, Observation.of(kind.apply(large, 4)).downsampled(4, kind)).values(), 1e-6f);
	}

	/** A picture that is too dark by the same everywhere becomes brighter by the same everywhere. */
	@Test
	void aConstantDifferenceIsAConstant() {
		final Picture dark = new Picture(new float[8 * 8], 8, 8, 1),
			observed = new Picture(new float[] { 0.25f, 0.25f, 0.25f, 0.25f }, 2, 2, 1);
		for (final float value : BackProjection.apply(dark, Observation.of(observed).downsampled(4, Downsampler.AREA))
			.values())
		{
			assertEquals(0.25, value, 1e-6);
		}
	}

	@Test
	void unknownPixelsChangeNothing() {
		final Picture large = Formula.picture(24, 16, 1), small = Downsampler.AREA.apply(large, 4);
		final float[] known = new float[6 * 4], observed = small.values().clone();
		Arrays.fill(known, 1);
		known[8] = 0;
		observed[8] = 50;
		assertArrayEquals(large.values(), BackProjection
			.apply(large, Observation.of(small.with(observed)).known(known).downsampled(4, Downsampler.AREA)).values(),
			1e-6f);
	}

	@Test
	void otherSizesAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> BackProjection.apply(Formula.picture(9, 8, 1),
			Observation.of(Formula.picture(4, 4, 1)).downsampled(2, Downsampler.AREA)));
	}
}
