package io.github.deepimageprior.nonlocal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NonLocalDenoiserTest {

	static Picture noisy(final Picture clean, final double... noise) {
		final Random random = new Random(7);
		final float[] values = clean.values().clone();
		final int area = clean.width() * clean.height();
		for (int i = 0; i < values.length; i++) values[i] += (float) (noise[i / area] * random.nextGaussian());
		return clean.with(values);
	}

	private static Picture noisy(final int width, final int height, final double... noise) {
		return noisy(Formula.picture(width, height, noise.length), noise);
	}

	private static Picture denoise(final Picture noisy, final double... noise) {
		return NonLocalDenoiser.DEFAULTS.run(noisy, uniform(noise), "CPU", NonLocalListener.NONE, new Cancellation());
	}

	private static NoiseMap uniform(final double... levels) {
		return NoiseMap.uniform(Arrays.stream(levels).boxed().toList());
	}

	private static double psnr(final Picture found, final Picture clean) {
		double squares = 0;
		for (int i = 0; i < clean.values().length; i++) squares += Math.pow(found.values()[i] - clean.values()[i], 2);
		return 10 * Math.log10(clean.values().length / squares);
	}

	private static void assertFinite(final Picture picture) {
		for (final float value : picture.values()) assertTrue(Float.isFinite(value));
	}

	@ParameterizedTest
	@CsvSource({ "grey, 40, 36, 1", "rgb, 24, 28, 3" })
	void anIndependentProgramGivesTheSame(final String name, final int width, final int height, final int channels)
		throws IOException
	{
		final Picture noisy = new Picture(Npy.floats("/golden/nonlocal/" + name + "_noisy.npy"), width, height,
			channels);
		final double[] noise = new double[channels];
		Arrays.fill(noise, 0.1);
		assertArrayEquals(Npy.floats("/golden/nonlocal/" + name + "_denoised.npy"), denoise(noisy, noise).values(),
			2e-5f);
	}

	@Test
	void anIndependentProgramGivesTheSameWhereTheLevelVaries() throws IOException {
		final Picture noisy = new Picture(Npy.floats("/golden/nonlocal/grey_noisy.npy"), 40, 36, 1);
		final Picture noise = noisy.with(Npy.floats("/golden/nonlocal/grey_noise.npy"));
		assertArrayEquals(Npy.floats("/golden/nonlocal/grey_denoised_by_map.npy"), NonLocalDenoiser.DEFAULTS
			.run(noisy, new NoiseMap(List.of(1.0), noise), "CPU", NonLocalListener.NONE, new Cancellation()).values(),
			2e-5f);
	}

	@Test
	void noiseIsRemoved() {
		final Picture clean = Formula.picture(64, 56, 1), noisy = noisy(clean, 0.1), found = denoise(noisy, 0.1);
		assertTrue(psnr(found, clean) > psnr(noisy, clean) + 4, psnr(noisy, clean) + " to " + psnr(found, clean));
		double best = 0; // of all Gaussian filters
		for (double sigma = 0.3; sigma < 3; sigma += 0.1) best = Math.max(best, psnr(gaussian(noisy, sigma), clean));
		assertTrue(psnr(found, clean) > best + 1, best + " and " + psnr(found, clean));
	}

	/** The border is repeated outwards. */
	private static Picture gaussian(final Picture picture, final double sigma) {
		final int w = picture.width(), h = picture.height(), reach = 10;
		final float[] values = new float[w * h];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			double sum = 0, weights = 0;
			for (int dy = -reach; dy <= reach; dy++) for (int dx = -reach; dx <= reach; dx++) {
				final double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
				sum += weight
					* picture.values()[Math.min(h - 1, Math.max(0, y + dy)) * w + Math.min(w - 1, Math.max(0, x + dx))];
				weights += weight;
			}
			values[y * w + x] = (float) (sum / weights);
		}
		return picture.with(values);
	}

	@Test
	void channelsMayHaveNoiseOfTheirOwn() {
		final double[] noise = { 0.05, 0.1, 0.2 };
		final Picture clean = Formula.picture(48, 40, 3), noisy = noisy(clean, noise), found = denoise(noisy, noise);
		for (int c = 0; c < 3; c++) {
			final double gain = psnr(found.channels(c, 1), clean.channels(c, 1))
				- psnr(noisy.channels(c, 1), clean.channels(c, 1));
			assertTrue(gain > 4, "channel " + c + ": " + gain);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 6 })
	void anyNumberOfChannelsIsDenoised(final int channels) {
		final double[] noise = new double[channels];
		Arrays.fill(noise, 0.1);
		final Picture clean = Formula.picture(33, 35, channels), noisy = noisy(clean, noise);
		final double gain = psnr(denoise(noisy, noise), clean) - psnr(noisy, clean);
		assertTrue(gain > 5, () -> "gain " + gain);
	}

	/** Noise far below the structure leaves equations that are almost singular; it must not do harm. */
	@ParameterizedTest
	@ValueSource(doubles = { 1e-6, 1e-3, 1e-2, 10 })
	void weakAndStrongNoiseDoNoHarm(final double noise) {
		final Picture clean = Formula.picture(40, 40, 1), noisy = noisy(clean, noise), found = denoise(noisy, noise);
		assertFinite(found);
		assertTrue(psnr(found, clean) > psnr(noisy, clean) - 0.05, psnr(noisy, clean) + " to " + psnr(found, clean));
	}

	/** A quarter is bright and flat, far from the mean; the rest is dark. */
	@ParameterizedTest
	@ValueSource(doubles = { 0.001, 0.004, 0.01 })
	void weakNoiseIsRemovedFromABrightArea(final double noise) {
		final float[] values = new float[64 * 64];
		for (int i = 0; i < values.length; i++) values[i] = i % 64 < 16 ? 1 : (float) (0.02 * Math.sin(i / 64 / 9.0));
		final Picture clean = new Picture(values, 64, 64, 1), found = denoise(noisy(clean, noise), noise);
		final double left = Math.pow(10, -psnr(found.part(0, 0, 12, 64), clean.part(0, 0, 12, 64)) / 20) / noise;
		assertTrue(left < 0.2, () -> "standard deviations left: " + left);
	}

	@ParameterizedTest
	@CsvSource({ "8, 8", "9, 33", "200, 9", "3, 3", "1, 1", "1, 20" })
	void smallPicturesAreDenoised(final int width, final int height) {
		for (final double[] noise : new double[][] { { 0.1 }, { 0.1, 0.1, 0.1 } }) {
			final Picture clean = Formula.picture(width, height, noise.length), noisy = noisy(clean, noise),
				found = denoise(noisy, noise);
			assertFinite(found);
			if (width * height >= 64)
				assertTrue(psnr(found, clean) > psnr(noisy, clean) + 1,
					psnr(noisy, clean) + " to " + psnr(found, clean));
		}
	}

	@Test
	void withoutNoiseThePictureStays() {
		final Picture picture = Formula.picture(20, 20, 3);
		assertSame(picture, denoise(picture, 0, 0, 0));
		final Picture flat = picture.with(new float[1200]);
		assertSame(flat, denoise(flat, 0.1, 0.1, 0.1));
		final Picture found = denoise(noisy(picture, 0, 0.1, 0), 0, 0.1, 0);
		assertArrayEquals(picture.channels(0, 1).values(), found.channels(0, 1).values());
		assertArrayEquals(picture.channels(2, 1).values(), found.channels(2, 1).values());
	}

	@Test
	void aPictureThatIsAlmostConstantGivesNumbers() {
		final float[] values = new float[40 * 40];
		values[820] = 1;
		assertFinite(denoise(new Picture(values, 40, 40, 1), 1e-4));
	}

	@Test
	void constantsInEachChannelAreKept() {
		final Picture noisy = noisy(26, 24, 0.1, 0.1, 0.1);
		final float[] raised = noisy.values().clone();
		for (int i = 0; i < raised.length; i++) raised[i] += i / (26 * 24) * 0.5f - 2;
		final float[] found = denoise(noisy.with(raised), 0.1, 0.1, 0.1).values();
		for (int i = 0; i < found.length; i++) found[i] -= i / (26 * 24) * 0.5f - 2;
		assertArrayEquals(denoise(noisy, 0.1, 0.1, 0.1).values(), found, 2e-5f);
	}

	/** The opponent transform is symmetric in the first and the third channel only. */
	@Test
	void redAndBlueMayBeExchanged() {
		final Picture noisy = noisy(26, 24, 0.1, 0.1, 0.1);
		assertArrayEquals(reversed(denoise(noisy, 0.1, 0.1, 0.1)).values(),
			denoise(reversed(noisy), 0.1, 0.1, 0.1).values(), 2e-5f);
	}

	private static Picture reversed(final Picture picture) {
		return Picture.stack(List.of(picture.channels(2, 1), picture.channels(1, 1), picture.channels(0, 1)));
	}

	@Test
	void theSamePictureGivesTheSameBits() {
		final Picture noisy = noisy(50, 47, 0.1);
		assertArrayEquals(denoise(noisy, 0.1).values(), denoise(noisy, 0.1).values());
	}

	/** At a distance of 5 pixels, a width of 180 has two tiles of reference patches, and half of it one. */
	@Test
	void progressRisesToOne() {
		final List<Double> all = new ArrayList<>();
		new NonLocalDenoiser(33, 5).run(noisy(180, 60, 0.1), uniform(0.1), "CPU", (fraction, now) -> all.add(fraction),
			new Cancellation());
		assertEquals(15, all.size()); // five steps of one tile and then of two
		for (int i = 1; i < all.size(); i++) assertTrue(all.get(i) > all.get(i - 1));
		assertEquals(1, all.get(14));
	}

	@Test
	void aStopKeepsTheCompletedSteps() {
		final Picture clean = Formula.picture(40, 40, 1), noisy = noisy(clean, 0.1);
		for (final int tiles : new int[] { 6, 7, 8 }) { // the first five are those of the smaller scale
			assertTrue(psnr(stopped(noisy, tiles), clean) > psnr(noisy, clean) + 2);
		}
		assertSame(noisy, stopped(noisy, 3));
		assertSame(noisy, stopped(noisy, 5));
	}

	private static Picture stopped(final Picture noisy, final int tiles) {
		final Cancellation cancellation = new Cancellation();
		final int[] done = { 0 };
		return NonLocalDenoiser.DEFAULTS.run(noisy, uniform(0.1), "CPU", (fraction, now) -> {
			if (++done[0] == tiles) cancellation.stop();
		}, cancellation);
	}

	@Test
	void aCancelDiscardsTheResult() {
		final Cancellation cancellation = new Cancellation();
		final Picture noisy = noisy(40, 40, 0.1);
		assertThrows(CancellationException.class, () -> NonLocalDenoiser.DEFAULTS.run(noisy, uniform(0.1), "CPU",
			(fraction, now) -> cancellation.cancel(), cancellation));
		assertThrows(CancellationException.class,
			() -> NonLocalDenoiser.DEFAULTS.run(noisy, uniform(0.1), "CPU", NonLocalListener.NONE, cancellation));
	}

	/** The level rises from left to right; a level that is the same everywhere leaves noise or blurs. */
	@Test
	void theLevelOfTheNoiseMayVary() {
		final Picture clean = Formula.picture(96, 64, 1);
		final float[] values = clean.values().clone(), relative = new float[values.length];
		final Random random = new Random(5);
		for (int i = 0; i < values.length; i++) {
			relative[i] = 0.2f + 1.6f * (i % 96) / 95;
			values[i] += (float) (0.1 * relative[i] * random.nextGaussian());
		}
		final Picture noisy = clean.with(values);
		final NoiseMap map = new NoiseMap(List.of(0.1), clean.with(relative));
		final Picture found = NonLocalDenoiser.DEFAULTS.run(noisy, map, "CPU", NonLocalListener.NONE,
			new Cancellation());
		for (final double level : new double[] { 0.05, 0.07, 0.1, 0.14 })
			assertTrue(psnr(found, clean) > psnr(denoise(noisy, level), clean) + 0.5, "level " + level);
	}

	@Test
	void previewsShowTheLastEstimate() {
		final Picture noisy = noisy(40, 40, 0.1);
		final List<Picture> previews = new ArrayList<>();
		final Picture found = NonLocalDenoiser.DEFAULTS.run(noisy, uniform(0.1), "CPU",
			(fraction, now) -> previews.add(now.get()), new Cancellation());
		assertSame(noisy, previews.get(0)); // the smaller scale
		assertArrayEquals(found.values(), previews.get(previews.size() - 2).values(), 0.05f);
	}

	@Test
	void whatCannotBeIsRefused() {
		final Picture picture = Formula.picture(9, 9, 1);
		for (final double[] noise : new double[][] { {}, { 0.1, 0.1 }, { -1 }, { Double.NaN } })
			assertThrows(IllegalArgumentException.class, () -> denoise(picture, noise));
		assertThrows(DipException.class, () -> new NonLocalDenoiser(16, 4));
		assertThrows(DipException.class, () -> new NonLocalDenoiser(129, 6));
	}
}
