package io.github.deepimageprior.command;

import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.study.Protocol;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class for the studies of one network, of pictures that may be attacked. */
abstract class PriorStudyBase extends StudyBase {

	/** Description and default of the number of steps from one classified output to the next. */
	static final String INTERVAL = "Number of steps from one classified output to the next; the paper's figure 1: 100, "
		+ "figure 3: 10";

	static final int EVERY = 100;

	static final String PROTOCOL = "as in the paper: its networks, its attacks (epsilon in normalised space), the "
		+ "steps of its figure 3, and whole pictures resized to the classifier's input; custom: networks and steps as "
		+ "set below, epsilon in pixels or as set below, and pictures cropped as the classifier crops them";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Only pictures predicted right",
		description = "Studies only pictures that the classifier predicts right before any attack, as in the paper")
	private boolean only_right = true;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Protocol",
		choices = { Protocol.CUSTOM, Protocol.PAPER }, description = PROTOCOL)
	private String protocol = Protocol.CUSTOM;

	@Parameter(persist = false, label = "Network", choices = { "Fast", "Paper", "Arch-1", "Arch-2" },
		description = FitBase.NETWORK)
	@CountsIf("protocol=custom")
	private String preset = Preset.FAST.toString();
}
