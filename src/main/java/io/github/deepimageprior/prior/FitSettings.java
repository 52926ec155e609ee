package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Precision;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How a network is fitted to a picture.
 *
 * @param iterations number of optimisation steps, at least 1
 * @param snapshots steps after which the listener receives a {@link Snapshot}, in 1..iterations
 * @param learningRate of Adam
 * @param beta2 Adam's β₂, at least 0 and less than 1: decay of its average of squared gradients. The lower it is, the
 *        sooner the steps grow when gradients shrink
 * @param inputNoise standard deviation of the noise that is added to the latent in every step; 0 for none
 * @param averaging the moving average of the outputs
 * @param rollbackThreshold decrease of the PSNR since the last checkpoint, in dB, beyond which the fit returns to it;
 *        infinite for never
 * @param rule when the fit stops automatically
 * @param langevin whether and when samples of the posterior are taken
 * @param seed of all random numbers
 * @param device {@code auto}, {@code CPU} or {@code GPU n}
 * @param precision of the convolutions
 */
public record FitSettings(int iterations, NavigableSet<Integer> snapshots, double learningRate, double beta2,
	double inputNoise, Averaging averaging, double rollbackThreshold, StoppingRule rule, Langevin langevin, long seed,
	String device, Precision precision)
{

	/**
	 * The settings of the paper (appendix A.3) with the averaging and the checkpoints of its author's code; 1000
	 * iterations, float32.
	 */
	public static final FitSettings DEFAULTS = new FitSettings(1000, Collections.emptyNavigableSet(), 0.01, 0.999,
		1 / 30.0, Averaging.CONSTANT, 5, StoppingRule.FIXED, Langevin.NONE, 0, "auto", Precision.FLOAT32);

	/** Checks the values. */
	public FitSettings {
		if (iterations < 1)
			throw new DipException("The number of iterations is " + iterations + ": it must be at least 1.");
		snapshots = Collections.unmodifiableNavigableSet(new TreeSet<>(snapshots));
		if (!snapshots.isEmpty() && (snapshots.first() < 1 || snapshots.last() > iterations))
			throw new IllegalArgumentException("Snapshots " + snapshots + " must lie in 1.." + iterations);
		if (!(learningRate > 0) || !(beta2 >= 0 && beta2 < 1) || !(inputNoise >= 0) || !(rollbackThreshold > 0))
			throw new IllegalArgumentException("Learning rate " + learningRate + ", beta2 " + beta2 + ", input noise "
				+ inputNoise + ", rollback threshold " + rollbackThreshold);
	}

	/** @return these settings with another number of iterations; snapshots beyond it are dropped */
	public FitSettings withIterations(final int number) {
		return new FitSettings(number, snapshots.headSet(number, true), learningRate, beta2, inputNoise, averaging,
			rollbackThreshold, rule, langevin, seed, device, precision);
	}

	/** @return these settings with snapshots after other steps */
	public FitSettings withSnapshots(final Collection<Integer> steps) {
		return new FitSettings(iterations, new TreeSet<>(steps), learningRate, beta2, inputNoise, averaging,
			rollbackThreshold, rule, langevin, seed, device, precision);
	}

	/** @return these settings with another learning rate */
	public FitSettings withLearningRate(final double rate) {
		return new FitSettings(iterations, snapshots, rate, beta2, inputNoise, averaging, rollbackThreshold, rule,
			langevin, seed, device, precision);
	}

	/** @return these settings with another β₂ of Adam */
	public FitSettings withBeta2(final double decay) {
		return new FitSettings(iterations, snapshots, learningRate, decay, inputNoise, averaging, rollbackThreshold,
			rule, langevin, seed, device, precision);
	}

	/** @return these settings with another standard deviation of the input noise */
	public FitSettings withInputNoise(final double deviation) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, deviation, averaging, rollbackThreshold,
			rule, langevin, seed, device, precision);
	}

	/** @return these settings with another moving average */
	public FitSettings withAveraging(final Averaging average) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, average, rollbackThreshold, rule,
			langevin, seed, device, precision);
	}

	/** @return these settings with another rollback threshold, in dB */
	public FitSettings withRollbackThreshold(final double decibel) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, averaging, decibel, rule,
			langevin, seed, device, precision);
	}

	/** @return these settings with another stopping rule */
	public FitSettings withRule(final StoppingRule end) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, averaging, rollbackThreshold,
			end, langevin, seed, device, precision);
	}

	/** @return these settings with other samples of the posterior */
	public FitSettings withLangevin(final Langevin samples) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, averaging, rollbackThreshold,
			rule, samples, seed, device, precision);
	}

	/** @return these settings with another seed */
	public FitSettings withSeed(final long number) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, averaging, rollbackThreshold,
			rule, langevin, number, device, precision);
	}

	/** @return these settings with another device */
	public FitSettings withDevice(final String name) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, averaging, rollbackThreshold,
			rule, langevin, seed, name, precision);
	}

	/** @return these settings with another precision */
	public FitSettings withPrecision(final Precision format) {
		return new FitSettings(iterations, snapshots, learningRate, beta2, inputNoise, averaging, rollbackThreshold,
			rule, langevin, seed, device, format);
	}
}
