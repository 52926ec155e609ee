package io.github.deepimageprior.command;

import io.github.deepimageprior.prior.FitSettings;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Repeats figure 1 of the paper: the probability of the true class while the prior is fitted to attacked pictures. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Confidence Study...")
public class DipConfidenceStudy extends StudyBase {

	@Parameter(persist = false, label = "Only pictures predicted right", description = Classifiers.ONLY_RIGHT)
	private boolean only_right = true;

	@Parameter(persist = false, label = "Attack methods", description = "List of attacks: FGSM, BI, LLCI")
	private String methods = "FGSM, BI, LLCI";

	@Parameter(persist = false, label = "Epsilons", description = "List of their strengths, in grey levels")
	private String epsilons = "1, 5, 25, 100";

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100",
		description = "Number of optimisation steps: fewer give a smoother image, more let noise and perturbations "
			+ "back in")
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Classify every so many steps", min = "1",
		description = "Number of steps from one classified output to the next; the paper: 100")
	private int interval = 100;

	@Override
	String study() {
		return "DIP Confidence Study";
	}
}
