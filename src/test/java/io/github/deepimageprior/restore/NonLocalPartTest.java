package io.github.deepimageprior.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;
import io.github.deepimageprior.measure.PoissonGaussian;
import io.github.deepimageprior.nonlocal.NonLocalListener;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NonLocalPartTest {

	@TempDir
	Path folder;

	private static final Picture CLEAN = Formula.picture(48, 48, 1);

	/** @param noisy what a clean value becomes */
	private static Picture noisy(final DoubleUnaryOperator noisy) {
		final float[] values = CLEAN.values().clone();
		for (int i = 0; i < values.length; i++) values[i] = (float) noisy.applyAsDouble(values[i]);
		return CLEAN.with(values);
	}

	private static Picture gaussian(final double level) {
		final Random random = new Random(7);
		return noisy(value -> value + level * random.nextGaussian());
	}

	private static NoiseModel model(final Observation observation, final List<Double> given, final boolean automatic) {
		return NoiseModel.of(observation, given, automatic, new Cancellation());
	}

	private static double ratio(final NoiseModel model, final Picture picture) {
		return ToldNoise.ratio(model, picture, new Cancellation());
	}

	private static NonLocalPart part(final Picture noisy, final double level, final int repetitions) {
		return new NonLocalPart(noisy, model(Observation.of(noisy), List.of(level), false), repetitions, 3,
			"CPU");
	}

	private static PartResult run(final NonLocalPart part) {
		return part.run(null, NonLocalListener.NONE, new Cancellation());
	}

	private static double error(final Picture found) {
		return error(found, CLEAN);
	}

	private static double error(final Picture found, final Picture clean) {
		double squares = 0;
		for (int i = 0; i < found.values().length; i++) squares += Math.pow(found.values()[i] - clean.values()[i], 2);
		return Math.sqrt(squares / found.values().length);
	}

	private static double rootMeanSquare(final Picture picture) {
		double squares = 0;
		for (final float value : picture.values()) squares += value * value;
		return Math.sqrt(squares / picture.values().length);
	}

	/** Photon counts, which a channel that counts nothing follows. */
	@Test
	void photonNoiseIsRemoved() {
		final double photons = 20;
		final Random random = new Random(3);
		final Picture counted = noisy(value -> Formula.photons(random, photons * value) / photons);
		final Picture both = Picture.stack(List.of(counted, CLEAN.with(new float[48 * 48])));
		final Observation observation = Observation.of(both)
			.counts(new PoissonNoise(List.of(photons, 0.0), List.of(0.0, 0.0)));
		final PartResult result = run(
			new NonLocalPart(both, model(observation, List.of(), false), 0, 0, "CPU"));
		final Picture found = result.picture();
		assertTrue(error(found.channels(0, 1)) < error(counted) / 1.8);
		assertArrayEquals(new float[48 * 48], found.channels(1, 1).values());
		assertNull(result.deviation());
	}

	/** Most pixels have no photon, and no noise. */
	@Test
	void sparsePhotonsKeepTheirPlace() {
		final float[] lines = new float[64 * 64], counts = new float[64 * 64];
		final Random random = new Random(3);
		for (int i = 0; i < lines.length; i++) {
			lines[i] = i % 64 == 10 + i / 128 || i % 64 == 50 - i / 192 ? 1 : 0;
			counts[i] = Formula.photons(random, 5 * lines[i]) / 5f;
		}
		final Picture clean = new Picture(lines, 64, 64, 1), counted = clean.with(counts);
		final NoiseModel model = told(counted, 5, 0);
		final float[] same = new float[64 * 64];
		Arrays.fill(same, 1);
		final NoiseModel equal = new NoiseModel(model.counts(), new NoiseMap(List.of(1.0), clean.with(same)),
			List.of());
		final double error = error(denoised(counted, model), clean), without = error(denoised(counted, equal), clean);
		assertTrue(error < 0.9 * without && error < 0.8 * error(counted, clean),
			error + " and " + without + " of " + error(counted, clean));
	}

	/** Told, it is allowed for; otherwise noise is left. */
	@Test
	void readNoiseBesideThatOfPhotonsMayBeTold() {
		final Random random = new Random(3);
		final double photons = 20, read = 0.2; // 4 photons
		final Picture counted = noisy(
			value -> Formula.photons(random, photons * value) / photons + read * random.nextGaussian());
		final Observation observation = Observation.of(counted)
			.counts(new PoissonNoise(List.of(photons), List.of(0.0)));
		final NoiseModel without = model(observation, List.of(), false),
			with = model(observation, List.of(read), false);
		assertEquals(List.of(photons * read), with.counts().gaussian());
		final double error = error(denoised(counted, with)), ignored = error(denoised(counted, without));
		assertTrue(error < 0.8 * ignored, error + " and " + ignored);
		assertEquals(1, ratio(with, counted), 0.15);
		assertTrue(ratio(without, counted) > 1.5);
	}

	/** Photons, or a level, of which the variance is five times too low, as it is, and five times too high. */
	@Test
	void noiseThatWasToldIsComparedWithThePicture() {
		final Random random = new Random(3);
		final Picture counted = noisy(value -> Formula.photons(random, 80 * (0.3 + value)) / 80.0),
			noisy = gaussian(0.1);
		for (final double wrong : new double[] { 0.2, 1, 5 }) {
			final NoiseModel photons = model(
				Observation.of(counted).counts(new PoissonNoise(List.of(80 / wrong), List.of(0.0))), List.of(), false);
			assertEquals(1 / Math.sqrt(wrong), ratio(photons, counted), 0.25 / Math.sqrt(wrong));
			final NoiseModel level = model(Observation.of(noisy), List.of(0.1 * Math.sqrt(wrong)), false);
			assertEquals(1 / Math.sqrt(wrong), ratio(level, noisy), 0.15 / Math.sqrt(wrong));
		}
		assertEquals(1, ratio(model(Observation.of(noisy), List.of(), true), noisy));
	}

	/** The photons are not told; the noise grows eightfold over the picture. */
	@Test
	void noiseThatGrowsWithTheSignalIsRecognised() {
		final float[] smooth = new float[96 * 96], values = new float[96 * 96];
		final Random random = new Random(3);
		for (int i = 0; i < values.length; i++) {
			smooth[i] = (float) (0.1 + 0.8 * Math.pow(Math.sin(i % 96 / 15.0) * Math.sin(i / 96 / 18.0), 2));
			values[i] = Formula.photons(random, 30 * smooth[i]) / 30f;
		}
		final Picture clean = new Picture(smooth, 96, 96, 1);
		final Picture counted = clean.with(values);
		final NoiseModel told = told(counted, 30, 0),
			found = model(Observation.of(counted), List.of(), true),
			gaussian = model(Observation.of(counted), List.of(), false);
		assertEquals(1 / 30.0, found.growth().get(0).slope(), 0.01);
		assertTrue(error(denoised(counted, found), clean) < 1.05 * error(denoised(counted, told), clean));
		assertTrue(error(denoised(counted, found), clean) < error(denoised(counted, gaussian), clean));
		final double level = error(counted, clean);
		assertEquals(level, found.estimated(counted).get(0), 0.15 * level);
		assertTrue(told.estimated(counted).isEmpty());
	}

	private static Picture denoised(final Picture noisy, final NoiseModel model) {
		return run(new NonLocalPart(noisy, model, 0, 0, "CPU")).picture();
	}

	@Test
	void theDeviationTellsTheError() {
		for (final double level : new double[] { 0.05, 0.1, 0.2 }) {
			final PartResult result = run(part(gaussian(level), level, 4));
			final double error = error(result.picture()), told = rootMeanSquare(result.deviation());
			assertTrue(told > 0.7 * error && told < 1.4 * error, level + ": " + told + " of " + error);
		}
	}

	/** What is erased is not erased again by the repetitions; only what was taken away tells of it. */
	@Test
	void theDeviationTellsOfTextureThatWasErased() {
		final Random random = new Random(5);
		final Picture textured = noisy(value -> value + 0.08 * random.nextGaussian());
		final float[] values = textured.values().clone();
		for (int i = 0; i < values.length; i++) values[i] += (float) (0.1 * random.nextGaussian());
		final PartResult result = run(part(textured.with(values), 0.1, 2));
		final double error = error(result.picture(), textured), told = rootMeanSquare(result.deviation());
		assertTrue(told > 0.7 * error && told < 1.4 * error, told + " of " + error);
	}

	@Test
	void theResultDoesNotDependOnTheRepetitionsAndTheSeedCounts() {
		final Picture noisy = gaussian(0.1);
		final PartResult with = run(part(noisy, 0.1, 2)), again = run(part(noisy, 0.1, 2));
		assertArrayEquals(run(part(noisy, 0.1, 0)).picture().values(), with.picture().values());
		assertArrayEquals(with.deviation().values(), again.deviation().values());
	}

	/** @return what there is after a stop, once a fraction of the work is done */
	private static PartResult stopped(final double after) {
		final Cancellation cancellation = new Cancellation();
		return part(gaussian(0.1), 0.1, 0).run(null, (fraction, now) -> {
			if (fraction >= after) cancellation.stop();
		}, cancellation);
	}

	@Test
	void aStopKeepsWhatTheStepsGaveAndNothingBeforeTheFirst() {
		assertNull(stopped(0));
		final Picture some = stopped(0.8).picture(), all = stopped(2).picture();
		assertTrue(error(some) < 0.07 && error(all) < 0.07, error(some) + " and " + error(all));
	}

	/** Of a camera whose black level is 0.2, with an empty corner and, told a higher one, with darker pixels. */
	@Test
	void whatIsBelowBlackIsKeptIfItIsNoImage() {
		final double photons = 60, black = 0.2;
		final Random random = new Random(5);
		final Picture noisy = noisy(value -> black + Formula.photons(random, photons * value) / photons);
		final boolean[] corner = new boolean[48 * 48];
		for (int i = 0; i < corner.length; i++) if (corner[i] = i % 48 + i / 48 < 20) noisy.values()[i] = 0;
		final Picture found = denoised(noisy, told(noisy, photons, black));
		for (int i = 0; i < corner.length; i++) {
			if (corner[i] && i % 48 + i / 48 < 18) assertEquals(0, found.values()[i]);
			else if (!corner[i]) assertTrue(found.values()[i] > black - 0.05, i + ": " + found.values()[i]);
		}
		assertTrue(ToldNoise.dark(told(noisy, photons, black), noisy) < 0.01,
			"but for pixels at the edge of the corner");
		assertTrue(ToldNoise.dark(told(noisy, photons, black + 0.3), noisy) > 0.1);
		assertEquals(0, ToldNoise.dark(model(Observation.of(noisy), List.of(0.1), false), noisy));
	}

	private static NoiseModel told(final Picture noisy, final double photons, final double black) {
		return model(
			Observation.of(noisy).counts(new PoissonNoise(List.of(photons), List.of(-photons * black))), List.of(),
			false);
	}

	/**
	 * Paper that is brighter where the noise is stronger seems to count photons above a black level that is brighter
	 * than the letters on it.
	 */
	@Test
	void noiseThatVariesOverTheFieldIsNotTakenForThatOfPhotons() {
		final float[] page = new float[96 * 96], values = new float[96 * 96];
		final Random random = new Random(3);
		for (int i = 0; i < page.length; i++) {
			final double x = i % 96 / 95.0;
			final boolean letter = i % 96 % 12 < 2 && i / 96 % 16 < 10;
			page[i] = (float) (letter ? 0.1 : 0.6 + 0.3 * x);
			values[i] = (float) (page[i] + 0.02 * Math.pow(5, x) * random.nextGaussian());
		}
		final Picture clean = new Picture(page, 96, 96, 1), noisy = clean.with(values);
		assertTrue(PoissonGaussian.estimate(noisy, 0).slope() > 0, "at first sight");
		final NoiseModel model = model(Observation.of(noisy), List.of(), true);
		assertEquals(List.of(PoissonGaussian.NONE), model.growth());
		assertTrue(error(denoised(noisy, model), clean) < 0.6 * error(noisy, clean));
	}

	/** An empty channel has no noise, and takes nothing from that of the other. */
	@Test
	void anEmptyChannelLeavesTheOthersAsTheyAre() {
		final Random random = new Random(3);
		final Picture counted = noisy(value -> Formula.photons(random, 30 * value) / 30.0),
			empty = counted.with(new float[48 * 48]), both = Picture.stack(List.of(counted, empty));
		final NoiseModel alone = told(counted, 30, 0), two = model(Observation.of(both)
			.counts(new PoissonNoise(List.of(30.0, 30.0), List.of(0.0, 0.0))), List.of(), false);
		assertArrayEquals(denoised(counted, alone).values(), denoised(both, two).channels(0, 1).values());
		assertEquals(1, ratio(two, both), 0.2);
	}

	/** The noise of a channel of many photons is not that of the few of another. */
	@Test
	void aDimChannelDoesNotLowerTheNoiseOfABrightOne() {
		final Random random = new Random(3);
		final Picture bright = noisy(value -> Formula.photons(random, 50 + 200 * value) / 250.0),
			dim = noisy(value -> Formula.photons(random, 0.2 * value) / 250.0);
		final Picture both = Picture.stack(List.of(bright, dim));
		final NoiseMap noise = model(
			Observation.of(both).counts(new PoissonNoise(List.of(250.0, 250.0), List.of(0.0, 0.0))), List.of(), false)
			.strength(both);
		assertEquals(1, noise.levels().get(0), 0.01);
		assertTrue(noise.levels().get(1) < 0.6);
		double squares = 0;
		for (int i = 0; i < 48 * 48; i++) squares += Math.pow(noise.at(0, i), 2) / (48 * 48);
		assertEquals(1, squares, 0.02);
	}

	/** Where nothing was done, nothing is uncertain. */
	@Test
	void anEmptyCornerHasNoError() {
		final Random random = new Random(5);
		final Picture noisy = noisy(value -> 0.5 + Formula.photons(random, 40 * value) / 40.0);
		for (int y = 0; y < 12; y++) Arrays.fill(noisy.values(), y * 48, y * 48 + 12, 0);
		final PartResult result = run(new NonLocalPart(noisy, told(noisy, 40, 0.5), 2, 3, "CPU"));
		for (int y = 0; y < 12; y++) for (int x = 0; x < 12; x++)
			assertEquals(0, result.deviation().values()[y * 48 + x]);
		assertTrue(result.deviation().values()[30 * 48 + 30] > 0);
	}

	@Test
	void aStopKeepsTheCompletedRepetitions() {
		final Picture noisy = gaussian(0.1);
		final Cancellation cancellation = new Cancellation();
		final List<Double> fractions = new ArrayList<>();
		final PartResult result = part(noisy, 0.1, 3).run(null, (fraction, now) -> {
			fractions.add(fraction);
			if (fraction > 0.6) cancellation.stop(); // in the second repetition
		}, cancellation);
		assertArrayEquals(run(part(noisy, 0.1, 1)).deviation().values(), result.deviation().values());
		for (int i = 1; i < fractions.size(); i++) assertTrue(fractions.get(i) > fractions.get(i - 1));
	}

	@Test
	void withoutNoiseThePictureStays() {
		assertSame(CLEAN, run(part(CLEAN, 0, 0)).picture());
		assertEquals(0, rootMeanSquare(run(part(CLEAN, 0, 2)).deviation()));
	}

	/** @return what is told of the progress until it is stopped after a fraction of the work */
	private List<Double> fractions(final double end, final Path file) {
		final Cancellation cancellation = new Cancellation();
		final List<Double> fractions = new ArrayList<>();
		part(gaussian(0.1), 0.1, 3).run(file, (fraction, now) -> {
			fractions.add(fraction);
			if (fraction > end) cancellation.stop();
		}, cancellation);
		return fractions;
	}

	@Test
	void anInterruptedRunGoesOnWhereItWas() {
		final PartResult whole = run(part(gaussian(0.1), 0.1, 3));
		final Path file = folder.resolve("new/part.dip");
		assertTrue(fractions(0.1, file).get(0) < 0.25);
		assertFalse(Files.exists(file)); // nothing was complete
		fractions(0.6, file); // in the second repetition
		final List<Double> rest = fractions(1, file);
		assertEquals(0.5, rest.get(0));
		assertEquals(1, rest.get(rest.size() - 1), 1e-9);
		assertEquals(List.of(1.0), fractions(1, file));
		final PartResult resumed = part(gaussian(0.1), 0.1, 3).run(file, NonLocalListener.NONE, new Cancellation());
		assertArrayEquals(whole.picture().values(), resumed.picture().values());
		assertArrayEquals(whole.deviation().values(), resumed.deviation().values());
	}

	@Test
	void anotherPartsCheckpointIsRefused() throws Exception {
		final Path file = folder.resolve("part.dip");
		part(gaussian(0.1), 0.1, 0).run(file, NonLocalListener.NONE, new Cancellation());
		for (final NonLocalPart other : List.of(part(gaussian(0.2), 0.1, 0), part(gaussian(0.1), 0.2, 0),
			part(gaussian(0.1), 0.1, 1)))
		{
			final String advice = assertThrows(DipException.class,
				() -> other.run(file, NonLocalListener.NONE, new Cancellation())).getMessage();
			assertTrue(advice.contains("belongs to another denoising ("), advice);
		}
		final byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 1;
		Files.write(file, bytes);
		assertTrue(assertThrows(DipException.class,
			() -> part(gaussian(0.1), 0.1, 0).run(file, NonLocalListener.NONE, new Cancellation())).getMessage()
			.contains("damaged"));
	}
}
