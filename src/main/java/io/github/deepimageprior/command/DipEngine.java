package io.github.deepimageprior.command;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.EngineFacts;
import io.github.deepimageprior.engine.LibtorchFolder;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.prior.SelfTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Tells what computes and where, and lets the user choose the number of threads and another libtorch. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Engine...")
public class DipEngine extends LongCommand {

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.DEFAULT, value = "0"),
		label = "Threads (0: automatic)", min = "0", initializer = "checkOptions",
		description = "Number of threads on the CPU; 0: as many as libtorch chooses, one for each core. Remembered for "
			+ "all commands")
	private int threads = EnginePreferences.threads();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.DEFAULT), required = false,
		label = "Folder with libtorch", style = "directory",
		description = "Folder into which libtorch for CUDA was unpacked, to compute on an NVIDIA GPU; empty: the "
			+ "libtorch that comes with the plugin. Remembered; takes effect when ImageJ is restarted")
	private String libtorch_folder = EnginePreferences.folder();

	@Parameter(persist = false, label = "Self-test",
		description = "Measures for about three seconds on every device how many steps of a fit it does in a second "
			+ "(network Fast, 256x256 RGB)")
	private boolean self_test = true;

	@Override
	void work() {
		EnginePreferences.keep(threads, libtorch_folder);
		EnginePreferences.apply();
		try {
			startEngine();
		}
		catch (final DipException reported) {
			// among the problems of the report
		}
		Display.report(context(), "DIP Engine", this::lines);
	}

	private List<String> lines() {
		final List<String> lines = new ArrayList<>();
		EngineFacts.find().forEach((name, fact) -> lines.add(name + ": " + fact));
		if (LibtorchFolder.needsRestart()) lines.add("Restart ImageJ to compute with the libtorch that was chosen.");
		if (self_test && Torch.isRunning()) lines.add("Self-test: " + speeds());
		return lines;
	}

	/** @return such as "GPU 0: 104 steps a second; CPU: 22" */
	private static String speeds() {
		final StringJoiner speeds = new StringJoiner("; ");
		String unit = " steps a second";
		for (final String device : EngineFacts.deviceNames()) {
			speeds.add(device + ": " + speed(device, unit));
			unit = "";
		}
		return speeds.toString();
	}

	private static String speed(final String device, final String unit) {
		try {
			final double steps = SelfTest.stepsPerSecond(device, new Cancellation());
			return String.format(Locale.ROOT, steps < 10 ? "%.1f" : "%.0f", steps) + unit;
		}
		catch (final DipException advice) {
			return advice.getMessage();
		}
	}
}
