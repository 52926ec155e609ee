package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.saliency.SaliencyMethod;

import java.util.List;
import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Shows the saliency maps of all methods side by side (for a stack, of the current slice), as in figure 4 of the paper.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Compare Saliency Methods...")
public class CompareSaliency extends SaliencyBase {

	private static final String SEPARATE = "separate", COMMON = "common";

	@Parameter(persist = false, label = "Scale", choices = { SEPARATE, COMMON },
		description = "separate: every map has its own display range; common: one range for all maps, after each is "
			+ "divided by its mean")
	private String scale = SEPARATE;

	@Parameter(type = ItemIO.OUTPUT, label = "Comparison")
	private ImagePlus montage;

	@Override
	List<SaliencyMethod> methods() {
		return List.of(SaliencyMethod.values());
	}

	@Override
	int explained(final int count) {
		return 1;
	}

	@Override
	void work(final ImagePlus input) {
		final boolean common = Choice.of("scale", scale, Map.of(SEPARATE, false, COMMON, true));
		final ImageSource image = ImageSource.asShown(input);
		final int current = image.pictureAt(input.getCurrentSlice());
		final Picture picture = image.read(current), start = start();
		final SaliencyComparison comparison = new SaliencyComparison(methods(), settings());
		final Report report = report(Map.of());
		try (Classifier model = classifier();
			RunMonitor monitor = monitor("Compare Saliency Methods: " + image.name(), false))
		{
			report.warn(model.warning());
			final int target = target(model, picture);
			final String label = model.labels().get(target);
			final Effort effort = effort(picture.values().length, 1);
			effort.run(() -> comparison.run(model, picture, start, target, monitor::progress, cancellation()), monitor,
				cancellation());
			report.tell(comparison.doubt(image.row(current)));
			report.add(Map.of("Class", label));
			if (image.count() > 1) report.add(Map.of("Slice", image.label(current)));
			montage = image.results().derived("saliency methods", comparison.montage(view(), common, label),
				report.text());
		}
		Display.registerHeadless(context(), montage);
	}
}
