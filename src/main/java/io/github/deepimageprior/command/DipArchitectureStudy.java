package io.github.deepimageprior.command;

import io.github.deepimageprior.prior.FitSettings;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Repeats section 6 of the paper: which architectures fail to denoise a picture. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Architecture Study...")
public class DipArchitectureStudy extends PriorStudyBase {

	@Parameter(persist = false, label = "Numbers of scales", description = "List of numbers of scales")
	private String scale_list = "1, 3, 5";

	@Parameter(persist = false, label = "Numbers of feature maps", description = "List of numbers of feature maps")
	private String map_list = "32";

	@Parameter(persist = false, label = "Maps of skip connections",
		description = "List of numbers of feature maps of the skip connections; 0 for none")
	private String skip_list = "0, 4, 16, 128";

	@Parameter(persist = false, label = "Sides of kernels", description = "List of sides of kernels, odd numbers")
	private String kernel_list = "3";

	@Parameter(persist = false, label = "Noise (grey levels)", min = "0", max = "255",
		description = "Standard deviation of the Gaussian noise that is added to each picture")
	private double noise = 25;

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100", description = FitBase.ITERATIONS)
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Classify every so many steps", min = "1",
		description = PriorStudyBase.INTERVAL)
	private int interval = PriorStudyBase.EVERY;

	@Override
	String study() {
		return "DIP Architecture Study";
	}
}
