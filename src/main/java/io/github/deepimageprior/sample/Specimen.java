package io.github.deepimageprior.sample;

import ij.process.FloatProcessor;

import java.util.Random;

/**
 * A synthetic fluorescent specimen as a microscope sees it: everything in it is made of Gaussian blobs of light. The
 * same seed gives the same specimen.
 */
final class Specimen {

	private final FloatProcessor light;
	private final Random random;

	/** @param side width and height in pixels */
	Specimen(final int side, final long seed) {
		light = new FloatProcessor(side, side);
		random = new Random(seed);
	}

	/**
	 * Adds spots, or cells if they are wide, at random places.
	 *
	 * @param deviation standard deviation of a blob, in pixels
	 * @param photons expected photons in the brightest pixel of the brightest blob; the dimmest has a quarter of them
	 */
	Specimen withBlobs(final int count, final double deviation, final double photons) {
		for (int i = 0; i < count; i++)
			blob(place(), place(), deviation, photons * (0.25 + 0.75 * random.nextDouble()));
		return this;
	}

	/**
	 * Adds filaments that bend at random.
	 *
	 * @param deviation half the width of a filament, about, in pixels
	 * @param photons expected photons on its axis, about
	 */
	Specimen withFilaments(final int count, final double deviation, final double photons) {
		// Blobs one pixel apart add up to more than one of them.
		final double each = photons / (deviation * Math.sqrt(2 * Math.PI));
		for (int i = 0; i < count; i++) {
			double x = place(), y = place(), direction = 2 * Math.PI * random.nextDouble(), bend = 0;
			for (int length = 0; length < light.getWidth(); length++) {
				blob(x, y, deviation, each);
				bend = 0.95 * bend + 0.004 * random.nextGaussian();
				direction += bend;
				x += Math.cos(direction);
				y += Math.sin(direction);
			}
		}
		return this;
	}

	private double place() {
		return light.getWidth() * random.nextDouble();
	}

	private void blob(final double x, final double y, final double deviation, final double photons) {
		final int reach = (int) Math.ceil(4 * deviation);
		for (int v = (int) y - reach; v <= y + reach; v++)
			for (int u = (int) x - reach; u <= x + reach; u++)
				if (u >= 0 && v >= 0 && u < light.getWidth() && v < light.getHeight())
				{
					final double distance = ((u - x) * (u - x) + (v - y) * (v - y)) / (2 * deviation * deviation);
					light.setf(u, v, light.getf(u, v) + (float) (photons * Math.exp(-distance)));
				}
	}

	/** @return the expected photons of every pixel */
	FloatProcessor light() {
		return light;
	}

	/**
	 * Counts the photons with a camera: the number in each pixel has a Poisson distribution.
	 *
	 * @param background expected photons of every pixel without a specimen
	 * @param gain grey levels of one photon
	 * @param black grey level without light
	 */
	FloatProcessor counted(final double background, final double gain, final double black) {
		final FloatProcessor counts = new FloatProcessor(light.getWidth(), light.getHeight());
		for (int i = 0; i < counts.getPixelCount(); i++)
			counts.setf(i, (float) (black + gain * poisson(background + light.getf(i))));
		return counts;
	}

	/**
	 * Knuth, The Art of Computer Programming, volume 2, 3.4.1: how many random factors keep a product above e^-mean.
	 */
	private int poisson(final double mean) {
		final double least = Math.exp(-mean);
		int count = 0;
		for (double product = random.nextDouble(); product > least; product *= random.nextDouble()) count++;
		return count;
	}
}
