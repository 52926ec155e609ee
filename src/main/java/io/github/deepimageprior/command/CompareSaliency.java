package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.ImageStack;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Shows what every method says of the open image, of a stack of the slice that is shown, side by side: figure 4 of the
 * paper.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Compare Saliency Methods...")
public class CompareSaliency extends SaliencyBase {

	private static final String OWN = "each its own", COMMON = "common";

	@Parameter(persist = false, label = "Scale", choices = { OWN, COMMON },
		description = "Each its own: by the shares of its own sum; common: by those of all maps together, each divided by its mean")
	private String scale = OWN;

	@Parameter(type = ItemIO.OUTPUT, label = "Comparison")
	private ImagePlus montage;

	private int plane;

	@Override
	ImagePlus prepared(final ImagePlus input) {
		plane = input == null ? 1 : input.getCurrentSlice();
		return input;
	}

	@Override
	void work(final ImageSource image, final Classifier model) {
		final boolean common = Choice.of("scale", scale, Map.of(OWN, false, COMMON, true));
		final int shown = image.pictureAt(plane);
		final Picture seen = Picture.of(image.read(shown)), start = start();
		final int target = target(model, seen);
		final List<SaliencyMethod> methods = List.of(SaliencyMethod.values());
		final List<Picture> maps = new ArrayList<>();
		final int all = methods.stream().mapToInt(method -> new Saliency(method, settings()).gradients()).sum();
		int done = 0;
		try (RunMonitor monitor = monitor("Compare Saliency Methods: " + image.name(), false)) {
			for (final SaliencyMethod method : methods) {
				final Saliency saliency = new Saliency(method, settings());
				final double before = done;
				maps.add(saliency.run(model, seen, start, target,
					fraction -> monitor.progress((before + fraction * saliency.gradients()) / all, method.toString()),
					cancellation()).channelMean());
				done += saliency.gradients();
			}
		}
		cancellation().requireNotCancelled();
		final List<Picture> clipped = common ? view().clippedAlike(maps) : maps.stream().map(view()::clipped).toList();
		final ImageStack panels = new ImageStack(seen.width(), seen.height());
		panels.addSlice(model.labels().get(target), Rendering.bytes(seen).convertToRGB());
		for (int i = 0; i < maps.size(); i++)
			panels.addSlice(methods.get(i).toString(), Rendering.bytes(SaliencyView.heat(clipped.get(i))));
		panels.addSlice(" ", Rendering.bytes(seen).convertToRGB());
		for (final Picture map : clipped)
			panels.addSlice(" ", Rendering.bytes(SaliencyView.mask(seen, map)).convertToRGB());
		final Report report = report();
		report.add(Map.of("Class", model.labels().get(target)));
		if (image.count() > 1) report.add(Map.of("Explained", image.label(shown)));
		montage = image.results().derived("saliency methods", Display.montage(panels, methods.size() + 1),
			report.text());
		Display.registerHeadless(montage);
	}
}
