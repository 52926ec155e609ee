package io.github.deepimageprior.command;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Makes pictures with the non-robust features of another class, as data for the DIP Feature Study. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>Make Feature Pairs...")
public class MakeFeaturePairs extends StudyBase {

	@Parameter(persist = false, label = "Strength of the attack (epsilon)", min = "0", max = "255",
		description = DipAdaptiveStudy.STRENGTH)
	private double strength = DipAdaptiveStudy.EPSILON;

	@Parameter(persist = false, label = "Steps of the attack", min = "1", description = DipAdaptiveStudy.ATTACK_STEPS)
	private int attack_steps = DipAdaptiveStudy.STEPS;

	@Override
	String study() {
		return "Make Feature Pairs";
	}
}
