package io.github.deepimageprior.command;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Attacks pictures with knowledge of the prior that defends them: what the defence is worth then. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Adaptive Attack Study...")
public class DipAdaptiveStudy extends PriorStudyBase {

	/** Descriptions and defaults of the strength and of the steps. */
	static final String STRENGTH = "Largest change of a value, in grey levels; the size of a step is 2.5 epsilon "
		+ "divided by the number of steps", ATTACK_STEPS = "Number of steps of the attack";

	static final double EPSILON = 10;
	static final int STEPS = 10;

	@Parameter(persist = false, label = "Strength of the attack (epsilon)", min = "0", max = "255",
		description = STRENGTH)
	private double strength = EPSILON;

	@Parameter(persist = false, label = "Steps of the attack", min = "1", description = ATTACK_STEPS)
	private int attack_steps = STEPS;

	@Parameter(persist = false, label = "Steps of the prior in the attack", min = "1",
		description = "Number of steps of the fit in each step of the attack: fewer are faster, but the attack knows "
			+ "the defence less well")
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
