package io.github.deepimageprior.restore;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.prior.Averaging;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * How a picture, or a series of pictures, is restored. Defaults are here, and in {@link Task#defaults()} for what
 * differs between tasks.
 *
 * @param preset the network
 * @param fit settings of every fit: iterations, seed, device, precision; the rest follows from the other components
 * @param averaged whether the result is the moving average of the outputs, rather than the output of a single step
 * @param published whether the settings of Ulyanov et al. override the network, the iterations, the rule, the result
 *        and warm starts
 * @param rule when a fit stops automatically
 * @param uncertainty whether and how the uncertainty is estimated
 * @param partition how a picture is divided; a tile of 0 means tiles of 512 pixels for large pictures only
 * @param warmIterations iterations of a picture that starts from its neighbour's network; 0 to start each untrained
 * @param checkpoints folder from which an interrupted run resumes; null for none
 */
public record RestoreSettings(Preset preset, FitSettings fit, boolean averaged, boolean published, RuleSettings rule,
	Uncertainty uncertainty, Partition partition, int warmIterations, Path checkpoints)
{

	/** Least overlap of tiles, in pixels. */
	public static final int OVERLAP = 32;

	/** Iterations of a picture that starts from its neighbour's network. */
	public static final int WARM_ITERATIONS = 200;

	/** Checks the values. */
	public RestoreSettings {
		if (warmIterations < 0) throw new IllegalArgumentException("Iterations of warm starts: " + warmIterations);
	}

	/** @return the defaults of a task with so many iterations and this rule */
	static RestoreSettings defaults(final int iterations, final StoppingRule.Kind rule) {
		final FitSettings fit = Preset.FAST.settings().withIterations(iterations);
		return new RestoreSettings(Preset.FAST, fit, true, false, RuleSettings.DEFAULTS.with(rule),
			Uncertainty.DEFAULTS, new Partition(false, 0, OVERLAP), WARM_ITERATIONS, null);
	}

	/** @return the same with other settings of the fits */
	public RestoreSettings withFit(final FitSettings other) {
		return new RestoreSettings(preset, other, averaged, published, rule, uncertainty, partition, warmIterations,
			checkpoints);
	}

	/** @return the same with another estimate of the uncertainty */
	public RestoreSettings withUncertainty(final Uncertainty other) {
		return new RestoreSettings(preset, fit, averaged, published, rule, other, partition, warmIterations,
			checkpoints);
	}

	/** @return whether pictures start from their neighbour's network */
	boolean warmStarts() {
		return warmIterations > 0 && !published;
	}

	/** @return whether the task is done by non-local filtering, rather than by fits of a network */
	public boolean isNonLocal(final Task task) {
		return isNonLocal(task, published);
	}

	/** @return the same, before there are settings */
	public static boolean isNonLocal(final Task task, final boolean published) {
		return task instanceof Denoise denoise && denoise.method() == DenoisingMethod.NON_LOCAL && !published;
	}

	/**
	 * @return how this picture is restored: as {@link #restoration}, or by non-local filtering if the task asks for it
	 */
	PictureRestorer restorer(final Task task, final Observation observation, final boolean warm) {
		return isNonLocal(task)
			? new NonLocalRestoration(rule.noise(), task instanceof Denoise denoise && denoise.automatic(),
				partition.resolved(observation), uncertainty.repetitions(), fit.seed(), fit.device(), checkpoints)
			: restoration(task, observation, warm);
	}

	/**
	 * @param observation of any picture of the size of those to restore
	 * @return how such pictures are restored, to plan with: nothing is estimated from the picture
	 */
	PictureRestorer planner(final Task task, final Observation observation) {
		final RestoreSettings told = new RestoreSettings(preset, fit, averaged, published, rule.told(), uncertainty,
			partition, warmIterations, checkpoints);
		return (!isNonLocal(task) && rule.estimates(observation) ? told : this).restorer(task, observation, false);
	}

	/**
	 * @param observation of the picture
	 * @param warm whether it starts from its neighbour's network
	 * @return how this picture is restored
	 * @throws DipException if read noise is told beside photons
	 */
	Restoration restoration(final Task task, final Observation observation, final boolean warm) {
		final Recipe recipe = task.recipe();
		if (!published && observation.poisson() != null && !rule.noise().isEmpty())
			throw new DipException(
				"The deep image prior knows no read noise beside that of photons: set the noise level "
					+ "to 0, or choose the method non-local.");
		FitSettings chosen = published ? recipe.apply(fit)
			: fit.withRule(rule.rule(observation, fit.iterations())).withAveraging(Averaging.GROWING);
		if (warm) chosen = chosen.withIterations(Math.min(warmIterations, chosen.iterations()));
		if (uncertainty.kind() == Uncertainty.Kind.LANGEVIN) chosen = sampling(chosen);
		final IntFunction<Hourglass> network = published ? recipe::network : preset::network;
		return new Restoration(network, chosen, published ? recipe.averaged() : averaged,
			partition.resolved(observation), uncertainty.members(), checkpoints, task.keepsKnown());
	}

	private FitSettings sampling(final FitSettings chosen) {
		return chosen.withLangevin(uncertainty.langevin())
			.withIterations(uncertainty.langevin().steps(uncertainty.samples())).withRule(StoppingRule.FIXED)
			.withRollbackThreshold(Double.POSITIVE_INFINITY);
	}
}
