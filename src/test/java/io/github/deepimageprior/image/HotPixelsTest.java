package io.github.deepimageprior.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

import io.github.deepimageprior.Picture;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotPixelsTest {

	private static final int SIDE = 64;

	/** @return discs and lines of 200..1200 with noise of 100 */
	private static ShortProcessor scene(final int side) {
		final ShortProcessor scene = new ShortProcessor(side, side);
		final Random random = new Random(1);
		for (int y = 0; y < side; y++) for (int x = 0; x < side; x++) {
			final double disc = Math.hypot(x % 32 - 14, y % 32 - 17) < 11 ? 500 : 0, line = (x + y) % 23 < 2 ? 300 : 0;
			scene.set(x, y, (int) Math.max(0, 300 + disc + line + 100 * random.nextGaussian()));
		}
		return scene;
	}

	private static ImageSource read(final ImageProcessor plane) {
		return read(new ImagePlus("scene", plane));
	}

	private static ImageSource read(final ImagePlus image) {
		return ImageSource.toRestore(image, MissingPixels.NONE, false, false);
	}

	private static void assertHot(final ImageSource source, final int... pixels) {
		final float[] known = source.known(0);
		final int[] found = known == null ? new int[0]
			: IntStream.range(0, known.length).filter(i -> known[i] == 0)
				.map(i -> i % (source.width() * source.height())).distinct().sorted().toArray();
		assertArrayEquals(Arrays.stream(pixels).sorted().toArray(), found);
		assertEquals(pixels.length == 0 ? "none" : pixels.length + ", replaced", source.values().get("Hot pixels"));
	}

	/** @return light of a point that the optics spread to a Gaussian, collected by a pixel */
	private static double spot(final double x, final double y, final double sigma) {
		return share(x, sigma) * share(y, sigma);
	}

	/** The share of a Gaussian at 0 that falls between x - 1/2 and x + 1/2, by the midpoint rule. */
	private static double share(final double x, final double sigma) {
		double sum = 0;
		for (int i = 0; i < 100; i++) sum += Math.exp(-Math.pow((x - 0.495 + i / 100.0) / sigma, 2) / 2);
		return sum / 100 / (sigma * Math.sqrt(2 * Math.PI));
	}

	/** @return a background of 100 with noise of 5, and what is added to it */
	private static ShortProcessor dark(final DoubleBinaryOperator added) {
		final ShortProcessor plane = new ShortProcessor(SIDE, SIDE);
		final Random random = new Random(4);
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++)
				plane.set(x, y, (int) Math.min(65535, 100 + 5 * random.nextGaussian() + added.applyAsDouble(x, y)));
		return plane;
	}

	@Test
	void aFewHotPixelsLeaveTheRangeToTheOthers() {
		final ShortProcessor scene = scene(SIDE);
		final double low = scene.getStats().min, high = scene.getStats().max;
		final int[] hot = { 0, 63, 700, 1300, 1301, 2222, 3040, 64 * 64 - 1 }; // corners and touching ones among them
		for (final int pixel : hot) scene.set(pixel, 65535);
		final ImageSource source = read(scene);
		assertHot(source, hot);
		assertEquals(low, source.mapping().lows()[0]);
		assertEquals(high - low, source.mapping().spans()[0]);
		final Picture picture = source.read(0);
		for (final float value : picture.values()) assertTrue(value >= 0 && value <= 1, "value " + value);
		final float[] around = new float[] { at(picture, 2221), at(picture, 2223), at(picture, 2222 - 65),
			at(picture, 2222 - 64), at(picture, 2222 - 63), at(picture, 2222 + 63), at(picture, 2222 + 64),
			at(picture, 2222 + 65) };
		Arrays.sort(around);
		assertEquals((around[3] + around[4]) / 2, at(picture, 2222), "what is around it");
		assertEquals((int) low + " to " + (int) high + " (0 to 1 in the computation)",
			source.values().get("Range of values"));
	}

	private static float at(final Picture picture, final int pixel) {
		return picture.values()[pixel];
	}

	@Test
	void deadPixelsAndThoseOfOtherTypesToo() {
		final ShortProcessor bright = scene(SIDE);
		bright.add(40000);
		bright.set(500, 0);
		bright.set(900, 60000);
		assertHot(read(bright), 500, 900);
		final FloatProcessor fractions = scene(SIDE).convertToFloatProcessor();
		fractions.multiply(1e-7);
		fractions.setf(500, -3e38f);
		fractions.setf(900, 1e-2f);
		assertHot(read(fractions), 500, 900);
		final ByteProcessor bytes = new ByteProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) bytes.set(i, 40 + scene(SIDE).get(i) / 50);
		bytes.set(77, 255);
		assertHot(read(bytes), 77);
	}

	@Test
	void oneColourIsEnough() {
		final ColorProcessor colours = new ColorProcessor(SIDE, SIDE);
		final ShortProcessor scene = scene(SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) colours.set(i, scene.get(i) / 50 << 16 | scene.get(i) / 60 << 8 | 10);
		colours.set(100, 0x10ff10);
		colours.set(200, 0xffffff);
		final ImageSource source = read(colours);
		assertHot(source, 100, 200);
		assertEquals(1, source.known(0)[100], "red");
		assertEquals(0, source.known(0)[SIDE * SIDE + 100], "green");
		for (int c = 0; c < 3; c++) assertEquals(source.mapping().spans()[0], source.mapping().spans()[c], "together");
	}

	@Test
	void eachSliceHasItsOwnAndEveryChannelItsRange() {
		final ImageStack stack = new ImageStack(SIDE, SIDE);
		for (int i = 0; i < 4; i++) stack.addSlice(scene(SIDE));
		stack.getProcessor(3).set(150, 50000); // the first channel of the second slice
		for (int i = 1; i < 4; i += 2) stack.getProcessor(i + 1).multiply(30);
		final ImagePlus image = new ImagePlus("channels", stack);
		image.setDimensions(2, 2, 1);
		final ImageSource source = read(new CompositeImage(image));
		assertNull(source.known(0));
		assertEquals(0, source.known(1)[150]);
		assertTrue(source.mapping().spans()[0] < 2000 && source.mapping().spans()[1] > 30000);
		assertEquals("1, replaced", source.values().get("Hot pixels"));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0.4, 0.5, 0.6, 0.85, 1.3 })
	void spotsAndStarsAreNot(final double sigma) {
		final Random random = new Random((long) (1000 * sigma));
		for (final int number : new int[] { 1, 5, 40 }) {
			final double[] x = random.doubles(number, 0, SIDE).toArray(), y = random.doubles(number, 0, SIDE).toArray(),
				light = random.doubles(number, 1000, 60000).toArray();
			final ShortProcessor plane = dark(
				(u, v) -> IntStream.range(0, number).filter(i -> Math.hypot(u - x[i], v - y[i]) < 8)
					.mapToDouble(i -> light[i] * spot(u - x[i], v - y[i], sigma)).sum());
			final ImageSource source = read(plane);
			assertHot(source);
			assertEquals(plane.getStats().max, source.mapping().lows()[0] + source.mapping().spans()[0]);
		}
	}

	@Test
	void structuresWithHardEdgesAreNot() {
		final DoubleBinaryOperator[] structures = { (x, y) -> x % 21 < 2 && y % 17 < 2 ? 30000 : 0,
			(x, y) -> x == 20 && y == 20 || x == 21 && y > 18 && y < 21 ? 60000 : 0, // three pixels
			(x, y) -> x == 31 && y > 5 ? 65535 : 0, (x, y) -> x == y ? 50000 : 0,
			(x, y) -> Math.hypot(x - 40, y - 20) < 6 ? 65535 : 0, // 3 % of the area are saturated
			(x, y) -> x < 20 || y > 50 ? -100 : 0 };
		for (final DoubleBinaryOperator structure : structures) assertHot(read(dark(structure)));
	}

	@Test
	void hotPixelsBesideStructuresAre() {
		final ShortProcessor plane = dark((x, y) -> x % 21 < 2 && y % 17 < 2 ? 3000 : 0);
		for (final int pixel : new int[] { 700, 2000, 3333 }) plane.set(pixel, 65535);
		final ImageSource source = read(plane);
		assertHot(source, 700, 2000, 3333);
		assertTrue(source.mapping().spans()[0] > 2900, "the spots stay in the range");
	}

	@ParameterizedTest
	@CsvSource({ "64, 0.001", "64, 0.02", "64, 0.08", "256, 0.001", "256, 0.01", "256, 0.05" })
	void saltAndPepperIsScattered(final int side, final double share) {
		final ShortProcessor scene = scene(side);
		scene.add(20000);
		final double low = scene.getStats().min, high = scene.getStats().max;
		final Random random = new Random(side);
		final int[] wrong = IntStream.range(0, side * side).filter(i -> random.nextDouble() < share)
			.peek(i -> scene.set(i, random.nextBoolean() ? 65535 : 0)).toArray();
		final ImageSource source = read(scene);
		assertHot(source, wrong);
		assertEquals(high - low, source.mapping().spans()[0]);
	}

	@Test
	void noiseOfEveryKindIsNot() {
		final Random random = new Random(7);
		final DoubleBinaryOperator[] noises = { (x, y) -> 1e4 * random.nextGaussian(),
			(x, y) -> -1e3 * Math.log(random.nextDouble()), // speckle
			(x, y) -> poisson(0.003, random), (x, y) -> poisson(0.05, random), (x, y) -> poisson(1, random),
			(x, y) -> random.nextInt(2) };
		for (final DoubleBinaryOperator noise : noises) {
			final FloatProcessor plane = new FloatProcessor(200, 200);
			for (int i = 0; i < 200 * 200; i++) plane.setf(i, (float) noise.applyAsDouble(i % 200, i / 200));
			assertHot(read(plane));
		}
		final ByteProcessor full = new ByteProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) full.set(i, i % 97 == 0 ? 255 : i % 89 == 0 ? 0 : 4 * (i % SIDE));
		final ImageSource source = read(full);
		assertHot(source);
		assertEquals(255, source.mapping().spans()[0], "a full range stays as it is");
		final FloatProcessor flat = new FloatProcessor(SIDE, SIDE);
		flat.setf(99, 5);
		assertHot(read(flat)); // all that it shows
	}

	private static int poisson(final double mean, final Random random) {
		int count = 0;
		for (double left = Math.exp(-mean), product = random.nextDouble(); product > left; count++)
			product *= random.nextDouble();
		return count;
	}

	@Test
	void theOtherChannelsKeepTheirValues() {
		final ImageStack stack = new ImageStack(SIDE, SIDE);
		stack.addSlice(scene(SIDE));
		stack.addSlice(scene(SIDE));
		stack.getProcessor(1).set(700, 65535);
		final ImagePlus image = new ImagePlus("two", stack);
		image.setDimensions(2, 1, 1);
		final float[] grey = new float[2 * SIDE * SIDE];
		Arrays.fill(grey, 0.5f);
		final Picture output = new Picture(grey, SIDE, SIDE, 2);
		for (final boolean keep : new boolean[] { false, true }) {
			final ImageSource source = ImageSource.toRestore(image, (index, x, y, values) -> y == 1, false, keep);
			assertEquals(1, source.known(0)[SIDE * SIDE + 700]);
			assertEquals(0, source.known(0)[700]);
			final float own = source.mapping().toUnit(1, stack.getProcessor(2).get(700));
			assertEquals(own, source.read(0).values()[SIDE * SIDE + 700]);
			assertEquals(stack.getProcessor(2).get(700), source.writer().fill(0, output)[1].get(700));
			assertEquals(source.mapping().toPixel(1, 0.5f), source.writer().write(0, output)[1].get(700));
			assertEquals(keep ? 65535 : source.mapping().toPixel(0, 0.5f), source.writer().fill(0, output)[0].get(700));
			assertEquals(keep ? "1, kept" : "1, replaced", source.values().get("Hot pixels"));
		}
	}

	@Test
	void theyAreReplacedOrKeepTheirValues() {
		final ShortProcessor scene = scene(SIDE);
		scene.set(700, 65535);
		final ImagePlus image = new ImagePlus("scene", scene);
		final Picture grey = TestImages.constant(0.5f, SIDE, SIDE, 1), large = TestImages.constant(0.5f, 128, 128, 1);
		for (final boolean keep : new boolean[] { false, true }) {
			final ImageSource source = ImageSource.toRestore(image, MissingPixels.NONE, false, keep);
			final int middle = source.writer().write(0, grey)[0].get(701);
			assertTrue(middle < 1500, "middle of the range: " + middle);
			assertEquals(keep ? 65535 : middle, source.writer().write(0, grey)[0].get(700));
			assertEquals(keep ? 65535 : middle, source.writer().planes(0, large, 1)[0].get(2 * (700 % 64) + 1, 20));
			assertEquals(middle, source.writer().planes(0, large, 1)[0].get(2 * (700 % 64) + 2, 20));
			assertEquals(keep ? "1, kept" : "1, replaced", source.values().get("Hot pixels"));
			final ImageSource missing = ImageSource.toRestore(image, (index, x, y, values) -> x == 3, false, keep);
			final ImageProcessor filled = missing.writer().fill(0, grey)[0];
			assertEquals(middle, filled.get(3, 8), 2);
			assertEquals(scene.get(702), filled.get(702));
			assertEquals(keep ? 65535 : middle, filled.get(700), keep ? 0 : 2);
			assertEquals(SIDE * SIDE - SIDE - 1,
				IntStream.range(0, SIDE * SIDE).filter(i -> missing.known(0)[i] > 0).count());
		}
	}

	@Test
	void whereTheyCountAsDataTheUserIsTold() {
		final ShortProcessor scene = scene(SIDE);
		scene.set(700, 65535);
		final ImageSource source = new ImageSource(new ImagePlus("scene", scene));
		assertNull(source.known(0));
		assertEquals(1, source.read(0).values()[700]);
		assertTrue(source.values().get(ImageSource.WARNING).startsWith("1 hot pixel widens the range of values"),
			source.values().toString());
	}

	@Test
	void whatElseTakesMostOfTheRangeIsTold() {
		final ShortProcessor column = scene(200);
		assertNull(read(column).values().get(ImageSource.WARNING));
		for (int y = 0; y < 150; y++) column.set(77, y, 65535);
		final String warning = read(column).values().get(ImageSource.WARNING);
		assertNotNull(warning);
		assertTrue(warning.matches("99 % of the pixels have values from \\d{1,3} to 1\\d{3}, a small part of .*"),
			warning);
		assertTrue(warning.endsWith("if the others are defects, select them and replace them first with DIP Inpaint"));
		final ImageSource marked = ImageSource.toRestore(new ImagePlus("scene", column), MissingPixels.value(7), false,
			false);
		assertTrue(marked.values().get(ImageSource.WARNING).endsWith("if the others are defects, mark them as missing "
			+ "too"));
	}
}
