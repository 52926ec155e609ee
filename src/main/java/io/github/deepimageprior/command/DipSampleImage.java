package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.sample.SampleImages;

import java.util.Map;
import java.util.function.Supplier;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Opens an image to try the other commands on. Without options, a macro gets the photograph and no dialog. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Sample Image")
public class DipSampleImage extends LongCommand {

	private static final String COFFEE = "coffee", SPOTS = "fluorescence spots", SCRATCHES = "hot pixels and scratches",
		RETINA = "coarse retina";

	@Parameter(persist = false, label = "Picture", choices = { COFFEE, SPOTS, SCRATCHES, RETINA },
		initializer = "checkOptions",
		description = "coffee: a photograph, RGB; fluorescence spots: photon counts, 16 bits, to denoise; hot pixels "
			+ "and scratches: a micrograph to inpaint, whose bad pixels have the value 255; coarse retina: 102x102 "
			+ "pixels, to enlarge")
	private String picture = COFFEE;

	@Parameter(type = ItemIO.OUTPUT, label = "Sample")
	private ImagePlus sample;

	@Override
	void work() {
		final Map<String, Supplier<ImagePlus>> pictures = Map.of(COFFEE, SampleImages::coffee, SPOTS,
			SampleImages::spots, SCRATCHES, SampleImages::scratches, RETINA, SampleImages::retina);
		sample = Choice.of("picture", picture, pictures).get();
		Display.registerHeadless(context(), sample);
	}
}
