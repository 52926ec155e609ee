package io.github.deepimageprior.prior;

/**
 * The settings of Ulyanov et al. (2018) for a task, from their published notebooks.
 *
 * @param iterations number of steps
 * @param learningRate of Adam
 * @param inputNoise standard deviation of the noise that is added to the latent in every step
 * @param averaged whether the result is the moving average of the outputs, rather than the last output
 */
public record Recipe(int iterations, double learningRate, double inputNoise, boolean averaged) {

	/** Denoising, for noise with a standard deviation of 25 grey levels on the 0-255 scale. */
	public static final Recipe DENOISE = new Recipe(3000, 0.01, 1 / 30.0, true);

	/** Inpainting, for half of the pixels missing. */
	public static final Recipe INPAINT = new Recipe(11_000, 0.001, 0.03, false);

	/** @return super-resolution by a factor */
	public static Recipe superResolution(final int factor) {
		return factor < 8 ? new Recipe(2000, 0.01, 0.03, false) : new Recipe(4000, 0.01, 0.05, false);
	}

	/**
	 * @param outputs channels of the picture
	 * @return their network: {@link Preset#PAPER} with reflection padding
	 */
	public Hourglass network(final int outputs) {
		return Preset.PAPER.network(outputs).with(Hourglass.Padding.REFLECTION);
	}

	/**
	 * @return the settings with the values of the recipe, Adam's β₂ as in {@link Preset#PAPER}, and no stopping rule
	 */
	public FitSettings apply(final FitSettings settings) {
		return settings.withIterations(iterations).withLearningRate(learningRate)
			.withBeta2(Preset.PAPER.settings().beta2()).withInputNoise(inputNoise).withRule(StoppingRule.FIXED);
	}
}
