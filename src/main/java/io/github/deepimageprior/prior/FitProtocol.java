package io.github.deepimageprior.prior;

import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Precision;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The arguments of the program {@code hourglass.py}, which it takes by position. Each enum names the elements of one
 * argument, in their order; the program has a tuple of the same name with the same elements.
 */
final class FitProtocol {

	private FitProtocol() {}

	/** Whole numbers: what the latent is to be. */
	enum Latent {
		HEIGHT, WIDTH, CHANNELS, SEED,
		/** {@link MemoryOrder#number()}. */
		MEMORY_FORMAT
	}

	/** Tensors of each fit: what is known of the picture. An element that a fit does not need is empty. */
	enum Observed {
		/** 1 × channels × height × width. */
		TARGET,
		/** 1 × 1 or channels × height × width: 1 where the target is known, 0 where it is missing. */
		MASK,
		/** Factor of downsampling × 1 × side × side: the same kernel as many times as the factor. */
		KERNEL,
		/** 2 × channels × 1 × 1: photons are the first times a value plus the second. */
		COUNTS,
		/** As the parameters: 1 for weights of convolutions, to which Langevin noise is added, else 0. */
		WEIGHTS
	}

	/**
	 * Tensors of each fit: all that changes from step to step; pictures are 1 × channels × height × width. An element
	 * that a fit does not need has one number.
	 */
	enum State {
		/** All parameters in one vector, see {@link ParameterLayout}. */
		PARAMETERS,
		/** 2 × parameters: Adam's averages of the gradients and of their squares. */
		MOMENTS,
		/** Moving average of the outputs. */
		AVERAGE,
		/** Output of the last step. */
		OUTPUT,
		/** Float64: see {@link RuleState}. */
		RULE_STATE,
		/** EMV: exponential moving mean of the outputs. WMV: their sum over the window, in float64. */
		RECENT,
		/** 2 × channels × height × width: output of the best step, and the average that belongs to it. */
		BEST,
		/** Parameters of the best step. */
		BEST_PARAMETERS,
		/** WMV: the last outputs, a ring of window × channels × height × width. */
		WINDOW,
		/** Mean of the Langevin samples. */
		MEAN,
		/** Sum of the samples' squared deviations from their mean. */
		SQUARES
	}

	/** Numbers that the stopping rule keeps. */
	enum RuleState {
		VARIANCE, LEAST_VARIANCE,
		/** Step with the least variance; 0 before there is one. */
		BEST_STEP,
		/** 1 when the variance stops the fit, or the loss; 2 when the residual does; else 0. */
		STOP,
		/** Sum of the mean squares of the outputs in the window. */
		SUM_OF_SQUARES,
		/** EMV: moving average of what the residual's mean square has in excess of the noise in it. */
		EXCESS
	}

	/** Whole numbers: which steps to do, and their stopping rule and samples. */
	enum Plan {
		/** Number of the first step, from 1. */
		FIRST_STEP,
		/** How many steps. */
		STEPS,
		/** {@link FitProtocol#number}. */
		RULE,
		/** First steps that are never the best one. */
		SKIP, PATIENCE, WINDOW, BURN_IN, SPACING,
		/** The most steps from the best output to the average that belongs to it. */
		LAG,
		/** 1 if the rule ends the fit, else 0. */
		ENDS
	}

	/** Floating-point numbers. */
	enum Coefficients {
		LEARNING_RATE,
		/** Standard deviation of the input noise. */
		INPUT_NOISE,
		/** Of the moving average of the outputs: the largest weight of what came before. */
		DECAY,
		/** EMV: weight of the latest output. */
		ALPHA,
		/** Standard deviation of Langevin noise. */
		LANGEVIN_NOISE, WEIGHT_DECAY,
		/** Adam's β₂. */
		BETA2,
		/** Growth of the moving average. */
		GROWTH,
		/** Like {@link Plan#LAG}, as a share of the best step; the smaller of the two holds. */
		RELATIVE_LAG
	}

	/** Floating-point numbers of each fit. */
	enum Own {
		/** Seed of the input noise. */
		SEED,
		/** A loss above it ends the call. */
		LIMIT,
		/** Loss at which the rule stops the fit. */
		LEVEL
	}

	/** Whole numbers: the architecture; 1 for yes, 0 for no. */
	enum Net {
		SCALES,
		/** Whether borders are padded by reflection, else by zeros. */
		REFLECTION,
		/** Whether the decoder repeats pixels, else interpolates bilinearly. */
		NEAREST,
		/** Whether the encoder averages 2×2 pixels, else strides. */
		POOLING,
		/** Whether a 1×1 convolution follows the one after each join. */
		POINTWISE, BFLOAT16, CHANNELS_LAST,
		/** For each scale: whether it has a skip connection. */
		SKIPS,
		/** For each parameter, in the order of their use: number of dimensions, then the dimensions. */
		SHAPES
	}

	/** @return the number of a stopping rule in the program */
	static int number(final StoppingRule.Kind rule) {
		return switch (rule) {
			case FIXED -> 0;
			case EMV -> 1;
			case WMV -> 2;
			case NOISE_LEVEL -> 3;
		};
	}

	static long[] latent(final Hourglass network, final int width, final int height, final long seed,
		final MemoryOrder order)
	{
		return Arrays.stream(Latent.values()).mapToLong(element -> switch (element) {
			case HEIGHT -> height;
			case WIDTH -> width;
			case CHANNELS -> network.inputDepth();
			case SEED -> seed;
			case MEMORY_FORMAT -> order.number();
		}).toArray();
	}

	static long[] plan(final FitSettings settings, final int first, final int steps) {
		final StoppingRule rule = settings.rule();
		return Arrays.stream(Plan.values()).mapToLong(element -> switch (element) {
			case FIRST_STEP -> first;
			case STEPS -> steps;
			case RULE -> number(rule.kind());
			case SKIP -> rule.skip();
			case PATIENCE -> rule.patience();
			case WINDOW -> rule.window();
			case BURN_IN -> settings.langevin().burnIn();
			case SPACING -> settings.langevin().spacing();
			case LAG -> settings.averaging().lag();
			case ENDS -> rule.ends() ? 1 : 0;
		}).toArray();
	}

	static double[] own(final FitSettings settings, final long seed, final double limit) {
		return Arrays.stream(Own.values()).mapToDouble(element -> switch (element) {
			case SEED -> seed;
			case LIMIT -> limit;
			case LEVEL -> settings.rule().level();
		}).toArray();
	}

	static double[] coefficients(final FitSettings settings) {
		final boolean langevin = settings.langevin().isOn();
		return Arrays.stream(Coefficients.values()).mapToDouble(element -> switch (element) {
			case LEARNING_RATE -> settings.learningRate();
			case INPUT_NOISE -> settings.inputNoise();
			case DECAY -> settings.averaging().decay();
			case ALPHA -> StoppingRule.ALPHA;
			case LANGEVIN_NOISE -> langevin ? 2 * settings.learningRate() : 0;
			case WEIGHT_DECAY -> langevin ? Langevin.WEIGHT_DECAY : 0;
			case BETA2 -> settings.beta2();
			case GROWTH -> settings.averaging().growth();
			case RELATIVE_LAG -> settings.averaging().relativeLag();
		}).toArray();
	}

	static long[] net(final Hourglass network, final Precision precision, final MemoryOrder order) {
		return Arrays.stream(Net.values()).flatMapToLong(element -> switch (element) {
			case SCALES -> LongStream.of(network.scales());
			case REFLECTION -> flag(network.padding() == Hourglass.Padding.REFLECTION);
			case NEAREST -> flag(network.upsampling() == Hourglass.Upsampling.NEAREST);
			case POOLING -> flag(network.downsampling() == Hourglass.Downsampling.AVERAGE);
			case POINTWISE -> flag(network.pointwise());
			case BFLOAT16 -> flag(precision == Precision.BFLOAT16);
			case CHANNELS_LAST -> flag(order == MemoryOrder.CHANNELS_LAST);
			case SKIPS -> network.skip().stream().mapToLong(maps -> maps > 0 ? 1 : 0);
			case SHAPES -> shapes(network.parameters());
		}).toArray();
	}

	private static LongStream flag(final boolean value) {
		return LongStream.of(value ? 1 : 0);
	}

	private static LongStream shapes(final List<Parameter> parameters) {
		return parameters.stream().flatMapToLong(parameter -> LongStream.concat(LongStream.of(parameter.shape().length),
			Arrays.stream(parameter.shape()).asLongStream()));
	}
}
