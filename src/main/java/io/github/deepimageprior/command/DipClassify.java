package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;

import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Says what a classifier sees in the open image, in the Results table. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Classify...")
public class DipClassify extends ClassifierBase {

	@Parameter(persist = false, label = "Classes", min = "1",
		description = "How many classes are listed, the likeliest first")
	private int top = 5;

	@Parameter(persist = false, label = "Label on the image",
		description = "Writes the likeliest class into the image's overlay")
	private boolean overlay = false;

	private ImagePlus shown;

	@Override
	ImagePlus prepared(final ImagePlus input) {
		return shown = input;
	}

	@Override
	void work(final ImageSource image, final Classifier model) {
		if (top < 1) throw new DipException("The number of classes is " + top + ": write a whole number from 1 up.");
		final List<Prediction> predictions = new ArrayList<>();
		each(image, "DIP Classify", (picture, seen, progress) -> {
			predictions.add(model.classify(seen));
			progress.reached(1);
		});
		for (int picture = 0; picture < predictions.size(); picture++) {
			final Prediction prediction = predictions.get(picture);
			int rank = 0;
			for (final int target : prediction.top(top))
				Display.addRow(image.row(picture), "Rank", ++rank, "Class", target, "Name", prediction.label(target),
					"Probability", prediction.probability(target));
			if (overlay) Display.write(shown, image.slice(picture), image.frame(picture), Witness.words(prediction));
		}
		Display.showResults();
	}
}
