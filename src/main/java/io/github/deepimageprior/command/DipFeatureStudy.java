package io.github.deepimageprior.command;

import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.study.Protocol;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Repeats figure 3 of the paper: the prior fitted to pictures with robust and with non-robust features. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Feature Study...")
public class DipFeatureStudy extends StudyBase {

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Protocol",
		choices = { Protocol.CUSTOM, Protocol.PAPER }, description = PriorStudyBase.PROTOCOL)
	private String protocol = Protocol.CUSTOM;

	@Parameter(persist = false, label = "Networks", description = "List of networks: Arch-1, Arch-2, Fast, Paper")
	@CountsIf("protocol=custom")
	private String networks = "Arch-1, Arch-2";

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100", description = FitBase.ITERATIONS)
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Classify every so many steps", min = "1",
		description = PriorStudyBase.INTERVAL)
	@CountsIf("protocol=custom")
	private int interval = PriorStudyBase.EVERY;

	@Override
	String study() {
		return "DIP Feature Study";
	}
}
