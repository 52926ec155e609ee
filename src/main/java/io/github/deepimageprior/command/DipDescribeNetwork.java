package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.Hourglass;
import io.github.deepimageprior.prior.Layer;
import io.github.deepimageprior.prior.Preset;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Describes a network as tables 3 and 4 of the paper do: its layers, what they cost, and a drawing of it. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Studies>DIP Describe Network...")
public class DipDescribeNetwork extends LongCommand {

	private static final String PRESET = "preset", CUSTOM = "custom";

	@Parameter(persist = false, label = "Architecture", choices = { PRESET, CUSTOM }, initializer = "checkOptions",
		description = "preset: the network below; custom: that of the four fields after it")
	private String architecture = PRESET;

	@Parameter(persist = false, label = "Network", choices = { "Fast", "Paper", "Arch-1", "Arch-2" },
		description = FitBase.NETWORK)
	@CountsIf("architecture=preset")
	private String preset = Preset.FAST.toString();

	@Parameter(persist = false, label = "Scales", min = "1", max = "10",
		description = "Custom: how many times the network halves the resolution")
	@CountsIf("architecture=custom")
	private int scales = 5;

	@Parameter(persist = false, label = "Feature maps", min = "1", max = "1024",
		description = "Custom: feature maps of every convolution")
	@CountsIf("architecture=custom")
	private int feature_maps = 128;

	@Parameter(persist = false, label = "Maps of skip connections", min = "0", max = "1024",
		description = "Custom: feature maps of every skip connection; 0 for none")
	@CountsIf("architecture=custom")
	private int skip_maps = 4;

	@Parameter(persist = false, label = "Side of kernels", min = "1", max = "11",
		description = "Custom: side of the encoder's and the decoder's kernels in pixels, an odd number")
	@CountsIf("architecture=custom")
	private int kernel = 3;

	@Parameter(persist = false, label = "Width (pixels)", min = "8", description = "Width of the image to be fitted")
	private int width = 256;

	@Parameter(persist = false, label = "Height (pixels)", min = "8", description = "Height of the image to be fitted")
	private int height = 256;

	@Parameter(type = ItemIO.OUTPUT, label = "Network")
	private ImagePlus drawing;

	@Override
	void work() {
		final boolean custom = Choice.of("architecture", architecture, Map.of(PRESET, false, CUSTOM, true));
		final Hourglass network = custom ? custom() : Preset.named(preset).network(3);
		Choice.between("width", width, 8, 65_536);
		Choice.between("height", height, 8, 65_536);
		final List<Layer> layers = Layer.of(network, width, height);
		for (final Layer layer : layers)
			Display.addRow(layer.name(), "Kernel", layer.kernel(), "Maps", layer.channels(), "Width", layer.width(),
				"Height", layer.height(), "Parameters", layer.parameters(), "Multiply-adds", layer.multiplyAdds());
		Display.showResults();
		final Preset settings = custom ? Preset.PAPER : Preset.named(preset);
		Display.log(String.format(Locale.ROOT,
			"%s, %dx%d pixels: %s; %.3f billion multiply-adds forward, about three times as many for a step; a fit "
				+ "takes about %.2f GB of memory in float32.",
			custom ? "Custom network" : settings, width, height,
			FitReport.words(network.fitting(width, height), network.scales()),
			layers.stream().mapToLong(Layer::multiplyAdds).sum() / 1e9,
			new Fit(network, settings.settings()).memory(width, height) / 1e9));
		if (settings == Preset.ARCH_1 || settings == Preset.ARCH_2)
			Display.log("The paper prints 2,217,831 parameters for both Arch-1 and Arch-2, which is the number of its "
				+ "network of five scales; as described, they have 1,286,463 and 26,575.");
		drawing = HourglassDrawing.of(custom ? "custom network" : settings.toString(), layers);
		Display.registerHeadless(context(), drawing);
	}

	private Hourglass custom() {
		if (Choice.between("kernel", kernel, 1, 11) % 2 == 0)
			throw new DipException("The value of kernel is " + kernel + ": enter an odd number.");
		return Hourglass.uniform(Choice.between("scales", scales, 1, 10),
			Choice.between("feature_maps", feature_maps, 1, 1024), Choice.between("skip_maps", skip_maps, 0, 1024), 3)
			.withKernels(kernel, kernel, 1);
	}
}
