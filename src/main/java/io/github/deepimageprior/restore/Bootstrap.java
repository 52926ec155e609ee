package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.measure.NoiseMap;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;

/**
 * Estimates the error of a denoised part by the parametric bootstrap (Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, section 6.5): noise as strong as that of the part is added to the denoised part, which is then
 * denoised again, several times. How far these repetitions are from the denoised part tells how far that is from the
 * truth, as far as the truth is as smooth.
 * <p>
 * What the filters have erased is not in the denoised part, and so it is not erased again. But it is in what they took
 * away: by as much as the mean square of that exceeds what they take away in the repetitions, the mean square of the
 * error is raised, for each channel. This is the difference of two estimates of the risk by Stein (1981), for the
 * picture and for the repetitions, in which the noise and the degrees of freedom cancel.
 */
final class Bootstrap {

	private final Picture target, noisy, clean;
	private final NoiseModel noise;
	private final Picture result;
	private final double[] squares; // of the errors of the repetitions in the result's units, for each value
	private final double[] errors, residuals; // mean squares for each channel, of all repetitions, transformed
	private int done;

	/**
	 * @param target the noisy part
	 * @param clean the denoised part, transformed as the noise demands
	 */
	Bootstrap(final Picture target, final Picture clean, final NoiseModel noise) {
		this(target, clean, noise, 0, new double[clean.values().length], new double[clean.channels()],
			new double[clean.channels()]);
	}

	private Bootstrap(final Picture target, final Picture clean, final NoiseModel noise, final int done,
		final double[] squares, final double[] errors, final double[] residuals)
	{
		this.target = target;
		noisy = noise.forward(target);
		this.clean = clean;
		this.noise = noise;
		this.done = done;
		this.squares = squares;
		this.errors = errors;
		this.residuals = residuals;
		result = noise.inverse(clean, noisy, target);
	}

	/**
	 * @param most repetitions at most
	 * @return the state that {@link #write} has written for the same part
	 */
	static Bootstrap read(final DataInputStream in, final Picture target, final NoiseModel noise, final int most)
		throws IOException
	{
		final int done = in.readInt();
		if (done < 0 || done > most) throw new EOFException();
		final float[] clean = new float[target.values().length];
		for (int i = 0; i < clean.length; i++) clean[i] = in.readFloat();
		return new Bootstrap(target, target.with(clean), noise, done, doubles(in, clean.length),
			doubles(in, target.channels()), doubles(in, target.channels()));
	}

	private static double[] doubles(final DataInputStream in, final int count) throws IOException {
		final double[] values = new double[count];
		for (int i = 0; i < count; i++) values[i] = in.readDouble();
		return values;
	}

	void write(final DataOutputStream out) throws IOException {
		out.writeInt(done);
		for (final float value : clean.values()) out.writeFloat(value);
		for (final double[] sums : new double[][] { squares, errors, residuals })
			for (final double sum : sums) out.writeDouble(sum);
	}

	/** @return the number of repetitions */
	int done() {
		return done;
	}

	/** @return the denoised part */
	Picture result() {
		return result;
	}

	/** @return the denoised part with noise, transformed, for a repetition */
	Picture simulated(final long seed) {
		final Random random = new Random(seed);
		final float[] values = clean.values().clone();
		final int area = clean.width() * clean.height();
		final NoiseMap map = noise.strength(target);
		for (int i = 0; i < values.length; i++)
			values[i] += (float) (map.at(i / area, i % area) * random.nextGaussian());
		return clean.with(values);
	}

	/**
	 * @param simulated what was denoised
	 * @param again its result, transformed
	 */
	void add(final Picture simulated, final Picture again) {
		final float[] values = noise.inverse(again, simulated, target).values();
		for (int i = 0; i < squares.length; i++) squares[i] += Math.pow(values[i] - result.values()[i], 2);
		for (int c = 0; c < errors.length; c++) {
			errors[c] += meanSquare(again, clean, c);
			residuals[c] += meanSquare(simulated, again, c);
		}
		done++;
	}

	private static double meanSquare(final Picture first, final Picture second, final int channel) {
		final int area = first.width() * first.height();
		double sum = 0;
		for (int i = channel * area; i < (channel + 1) * area; i++)
			sum += Math.pow((double) first.values()[i] - second.values()[i], 2);
		return sum / area;
	}

	/** @return the estimated error of each value; null without repetitions */
	Picture deviation() {
		if (done == 0) return null;
		final int area = clean.width() * clean.height();
		final float[] deviation = new float[squares.length];
		for (int i = 0; i < deviation.length; i++)
			deviation[i] = (float) Math.sqrt(squares[i] / done * growth(i / area));
		return result.with(deviation);
	}

	/** @return by how much the mean square of the error in a channel exceeds that of the repetitions */
	private double growth(final int channel) {
		final double excess = meanSquare(noisy, clean, channel) - residuals[channel] / done;
		return errors[channel] == 0 ? 1 : 1 + Math.max(0, excess) / (errors[channel] / done);
	}
}
