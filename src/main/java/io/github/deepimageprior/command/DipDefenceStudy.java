package io.github.deepimageprior.command;

import io.github.deepimageprior.host.DialogPlace;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Repeats tables 1 and 2 of the paper: how often a classifier is right after attacks and defences. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Defence Study...")
public class DipDefenceStudy extends PriorStudyBase {

	@Parameter(persist = false, label = "Attacks",
		description = "List of attacks, each with its epsilon in grey levels: FGSM, BI or LLCI, or clean")
	private String attacks = "clean, FGSM 2, FGSM 5, FGSM 10, BI 10, LLCI 10";

	@Parameter(persist = false, label = "Defences",
		description = "List of defences: none, randomisation (Xie et al., one draw), randomisation x30, DIP, JPEG 75, "
			+ "Gaussian blur 1")
	private String defences = "none, randomisation, randomisation x30, DIP, JPEG 75, Gaussian blur 1";

	@Parameter(persist = false, label = "Steps of the prior",
		description = "Steps after which the prior's output is classified; besides, it is classified where its "
			+ "stopping rule (EMV) would have stopped")
	private String dip_steps = "500, 750, 1000";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = AttackBase.SPACE_LABEL,
		choices = { "pixels", "normalised" }, description = AttackBase.SPACE)
	@CountsIf("protocol=custom")
	private String space = "pixels";

	@Override
	String study() {
		return "DIP Defence Study";
	}
}
