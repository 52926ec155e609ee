package io.github.deepimageprior.prior;

/**
 * The settings of Ulyanov et al. for a task, as their published notebooks have them.
 *
 * @param iterations of a fit
 * @param learningRate of Adam
 * @param inputNoise standard deviation of the noise that is added to the code in every step
 * @param averaged whether the result is the moving average of the outputs, else the last output
 */
public record Recipe(int iterations, double learningRate, double inputNoise, boolean averaged) {

	/** Their notebook on denoising, for noise of σ 25. */
	public static final Recipe DENOISE = new Recipe(3000, 0.01, 1 / 30.0, true);

	/** Their notebook on restoration, for half of the pixels missing. */
	public static final Recipe INPAINT = new Recipe(11_000, 0.001, 0.03, false);

	/** @return their notebook on super-resolution */
	public static Recipe superResolution(final int factor) {
		return factor < 8 ? new Recipe(2000, 0.01, 0.03, false) : new Recipe(4000, 0.01, 0.05, false);
	}

	/** @return their network: that of the paper, with reflection at the borders */
	public Hourglass network(final int outputs) {
		return Preset.PAPER.network(outputs).with(Hourglass.Padding.REFLECTION);
	}

	/** @return settings with these values and the optimiser of their network; they end after all iterations */
	public FitSettings apply(final FitSettings settings) {
		return settings.withIterations(iterations).withLearningRate(learningRate)
			.withBeta2(Preset.PAPER.settings().beta2()).withInputNoise(inputNoise).withRule(StoppingRule.FIXED);
	}
}
