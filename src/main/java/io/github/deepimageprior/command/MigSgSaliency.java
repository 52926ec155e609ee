package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.Figures;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;

import java.util.List;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Computes a saliency map of the open image: which pixels contribute to a class, by MIG-SG or a related method. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>MIG-SG Saliency...")
public class MigSgSaliency extends SaliencyBase {

	@Parameter(persist = false, label = "Method",
		choices = { "MIG-SG", "Integrated SmoothGrad", "Integrated Gradients", "SmoothGrad", "Gradient" },
		description = "MIG-SG averages the magnitudes of gradients along a path and over noise; the others leave out "
			+ "one or more of these")
	private String method = SaliencyMethod.MIG_SG.toString();

	@Parameter(persist = false, label = "Mask", description = "Also shows the image masked by the map")
	private boolean show_mask = true;

	@Parameter(persist = false, label = "Overlay", description = "Also shows the map in green over the image")
	private boolean show_overlay = false;

	@Parameter(type = ItemIO.OUTPUT, label = "Overlaid image")
	private ImagePlus overlaid;

	@Parameter(type = ItemIO.OUTPUT, label = "Masked image")
	private ImagePlus masked;

	@Parameter(type = ItemIO.OUTPUT, label = "Saliency map")
	private ImagePlus map;

	@Override
	List<SaliencyMethod> methods() {
		return List.of(SaliencyMethod.named(method));
	}

	@Override
	int explained(final int count) {
		return count;
	}

	@Override
	void work(final ImagePlus input) {
		final ImageSource image = ImageSource.asShown(input);
		final Saliency saliency = new Saliency(methods().get(0), settings());
		final SaliencyImages images = new SaliencyImages(image, saliency, view(), show_mask, show_overlay);
		final Picture start = start();
		final Report report = report(Map.of());
		try (Classifier model = classifier()) {
			report.warn(model.warning());
			final Effort effort = effort((long) image.width() * image.height() * image.channels(), image.count());
			PictureLoop.run(this, image, saliency.method().toString(), effort, (index, picture, progress) -> {
				final int target = target(model, picture);
				final double[] done = new double[1];
				images.add(index, picture, saliency.run(model, picture, start, target, fraction -> {
					done[0] = fraction;
					progress.reached(fraction);
				}, cancellation()), model.labels().get(target), done[0], report);
			});
		}
		masked = images.masked(report);
		overlaid = images.overlaid(report);
		map = images.map(report);
		Figures.colour(map, saliency.signed());
		Display.registerHeadless(context(), overlaid, masked, map);
	}
}
