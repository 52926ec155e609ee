package io.github.deepimageprior.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

class SaliencyViewTest {

	private static Picture map(final float... values) {
		return new Picture(values, values.length, 1, 1);
	}

	@Test
	void aMapThatShowsNothingIsTold() {
		final Picture flat = map(-2, -2, -2), fine = map(0, 0, 0, -1e-9f);
		assertTrue(SaliencyView.doubt("cup", Map.of("", map(0, 0, 0, 0)), "look")
			.matches("The saliency map of cup shows nothing, .*: look\\."));
		assertTrue(SaliencyView.doubt("cup by ", new TreeMap<>(Map.of("A", flat, "B", fine, "C", flat)), "look")
			.startsWith("The saliency maps of cup by A, C show nothing"));
		assertEquals("", SaliencyView.doubt("cup", Map.of("", fine), "look"));
	}

	/**
	 * Of 4 + 3 + 2 + 1, the largest value makes up 40 %, and three make up 80 % or more: full from 4, empty up to 2.
	 */
	@Test
	void theSharesAreThoseOfTheSum() {
		assertArrayEquals(new float[] { 0, 0, 0.5f, 1, 0 },
			new SaliencyView(60, 20).clipped(map(1, 2, 3, 4, -5)).values(), 1e-6f);
		assertArrayEquals(new float[] { 0, 1 / 3f, 2 / 3f, 1, 0 },
			new SaliencyView(100, 0).clipped(map(1, 2, 3, 4, 0)).values(), 1e-6f);
	}

	@Test
	void emptyAndEvenMaps() {
		assertArrayEquals(new float[3], SaliencyView.DEFAULTS.clipped(map(0, 0, -1)).values());
		assertArrayEquals(new float[] { 1, 1, 1 }, SaliencyView.DEFAULTS.clipped(map(2, 2, 2)).values());
	}

	@Test
	void aCommonScaleDoesNotDependOnUnits() {
		final List<Picture> alike = new SaliencyView(65, 15)
			.clippedAlike(List.of(map(1, 2, 3, 4), map(100, 200, 300, 400)));
		assertArrayEquals(alike.get(0).values(), alike.get(1).values(), 1e-6f);
		assertArrayEquals(new float[] { 0, 0, 0.5f, 1 }, alike.get(0).values(), 1e-6f);
	}

	@Test
	void maskAndOverlay() {
		final Picture picture = new Picture(new float[] { 0.2f, 0.4f, 0.6f, 0.8f, 1, 1 }, 2, 1, 3), clipped = map(0, 1);
		assertArrayEquals(new float[] { 0, 0.4f, 0, 0.8f, 0, 1 }, SaliencyView.mask(picture, clipped).values(), 1e-6f);
		assertArrayEquals(new float[] { 0.1f, 0.2f, 0.3f, 1, 0.5f, 0.5f },
			SaliencyView.overlay(picture, clipped).values(), 1e-6f);
		assertArrayEquals(new float[] { 0, 0, 0, 1, 0, 0 }, SaliencyView.heat(clipped).values(), 1e-6f);
		assertEquals(3, SaliencyView.overlay(map(1, 1), clipped).channels());
	}

	@Test
	void sharesOutOfOrder() {
		for (final double[] wrong : new double[][] { { 20, 20 }, { 10, 20 }, { 101, 0 }, { 50, -1 },
			{ Double.NaN, 0 } }) assertThrows(DipException.class, () -> new SaliencyView(wrong[0], wrong[1]));
	}
}
