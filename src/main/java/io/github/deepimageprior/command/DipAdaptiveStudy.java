package io.github.deepimageprior.command;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Attacks pictures with knowledge of the prior that defends them: what the defence is worth then. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Adaptive Attack Study...")
public class DipAdaptiveStudy extends PriorStudyBase {

	@Parameter(persist = false, label = "Strength of the attack (epsilon)", min = "0", max = "255",
		description = "Largest change of a value, in grey levels; the size of a step is 2.5 epsilon divided by the number "
			+ "of steps")
	private double strength = 10;

	@Parameter(persist = false, label = "Steps of the attack", min = "1",
		description = "Number of steps of the attack; in each of them, the prior is fitted")
	private int attack_steps = 10;

	@Parameter(persist = false, label = "Steps of the prior in the attack", min = "1",
		description = "Number of steps of each of these fits: fewer are faster, but the attack knows the defence less well")
	private int attack_prior = 500;

	@Parameter(persist = false, label = "Steps of the prior in the defence", min = "1",
		description = "Number of steps of the fit after which the output is classified")
	private int defence_prior = 500;

	@Parameter(persist = false, label = "Seeds of the prior to average", min = "1",
		description = "Number of fits with different seeds over which each gradient of the attack is averaged (EOT)")
	private int eot = 1;

	@Parameter(persist = false, label = "Evaluations", min = "1",
		description = "Number of fits with different seeds in the defence; a picture counts as right if it is in all")
	private int evaluations = 3;

	@Override
	String study() {
		return "DIP Adaptive Attack Study";
	}
}
