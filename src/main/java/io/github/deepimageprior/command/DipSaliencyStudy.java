package io.github.deepimageprior.command;

import io.github.deepimageprior.saliency.SaliencySettings;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Repeats figures 2 and 4 of the paper, and measures how good saliency maps are. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Saliency Study...")
public class DipSaliencyStudy extends PriorStudyBase {

	@Parameter(persist = false, label = "Methods of maps", description = "List of the saliency methods")
	private String map_methods = "Gradient, SmoothGrad, Integrated Gradients, Integrated SmoothGrad, MIG-SG";

	@Parameter(persist = false, label = "Intervals m", min = "1", description = SaliencyBase.INTERVALS)
	private int intervals = SaliencySettings.DEFAULTS.intervals();

	@Parameter(persist = false, label = "Samples N", min = "1", description = SaliencyBase.SAMPLES)
	private int noise_samples = SaliencySettings.DEFAULTS.samples();

	@Parameter(persist = false, label = "Random baselines", min = "1", description = SaliencyBase.BASELINES)
	private int random_baselines = SaliencySettings.DEFAULTS.baselines();

	@Parameter(persist = false, required = false, label = "Attack of the evolution",
		description = "Attack on the picture whose map is followed over a fit, such as BI 5, or clean; empty: no "
			+ "evolution")
	private String evolution = "BI 5";

	@Parameter(persist = false, label = "Steps of the evolution",
		description = "List of the steps of the fit at which the map is computed")
	@CountsIf("evolution!=")
	private String evolution_steps = "100, 200, 300, 400, 600, 1000";

	@Override
	String study() {
		return "DIP Saliency Study";
	}
}
