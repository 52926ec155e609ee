package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.ImageStack;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Shows which pixels of the open image speak for a class, by MIG-SG or one of its peers. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>MIG-SG Saliency...")
public class MigSgSaliency extends SaliencyBase {

	@Parameter(persist = false, label = "Method",
		choices = { "MIG-SG", "Integrated SmoothGrad", "Integrated Gradients", "SmoothGrad", "Gradient" },
		description = "All are settings of one sum: over a path from a baseline, over noise, of gradients or of their magnitudes")
	private String method = SaliencyMethod.MIG_SG.toString();

	@Parameter(persist = false, label = "Mask",
		description = "Also shows the image where the map is full, black where it is empty")
	private boolean mask = true;

	@Parameter(persist = false, label = "Overlay", description = "Also shows the map in green over the image")
	private boolean overlay = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Overlaid image")
	private ImagePlus overlaid;

	@Parameter(type = ItemIO.OUTPUT, label = "Masked image")
	private ImagePlus masked;

	@Parameter(type = ItemIO.OUTPUT, label = "Saliency map")
	private ImagePlus map;

	@Override
	void work(final ImageSource image, final Classifier model) {
		final Saliency saliency = new Saliency(SaliencyMethod.named(method), settings());
		final SaliencyView view = view();
		final Picture start = start();
		final ImageStack maps = new ImageStack(), masks = new ImageStack(), overlays = new ImageStack();
		final Report report = report();
		each(image, saliency.method().toString(), (picture, seen, progress) -> {
			final int target = target(model, seen);
			final double[] done = new double[1];
			final Picture found = saliency.run(model, seen, start, target, fraction -> {
				done[0] = fraction;
				progress.reached(fraction);
			}, cancellation()).channelMean();
			final Picture clipped = view.clipped(found);
			final String label = model.labels().get(target);
			maps.addSlice(label, Rendering.floats(found));
			if (mask) masks.addSlice(label, Rendering.bytes(SaliencyView.mask(seen, clipped)));
			if (overlay) overlays.addSlice(label, Rendering.bytes(SaliencyView.overlay(seen, clipped)));
			report.add(Map.of("Class", label, "Gradients",
				Math.round(done[0] * saliency.gradients()) + " of " + saliency.gradients()));
		});
		masked = mask ? image.results().derived(saliency.method() + " mask", masks, report.text()) : null;
		overlaid = overlay ? image.results().derived(saliency.method() + " overlay", overlays, report.text()) : null;
		map = image.results().derived(saliency.method().toString(), maps, report.text());
		Display.colour(map, saliency.signed());
		Display.registerHeadless(overlaid, masked, map);
	}
}
