package io.github.deepimageprior.command;

import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.prior.FitSettings;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Repeats figure 1 of the paper: the probability of the true class while the prior is fitted to attacked pictures. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Confidence Study...")
public class DipConfidenceStudy extends PriorStudyBase {

	@Parameter(persist = false, label = "Attack methods", description = "List of attacks: FGSM, BI, LLCI")
	private String methods = "FGSM, BI, LLCI";

	@Parameter(persist = false, label = "Epsilons", description = "List of their strengths, in grey levels")
	private String epsilons = "1, 5, 25, 100";

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100", description = FitBase.ITERATIONS)
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Classify every so many steps", min = "1", description = INTERVAL)
	private int interval = EVERY;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = AttackBase.SPACE_LABEL,
		choices = { "pixels", "normalised" }, description = AttackBase.SPACE)
	@CountsIf("protocol=custom")
	private String space = "pixels";

	@Override
	String study() {
		return "DIP Confidence Study";
	}
}
