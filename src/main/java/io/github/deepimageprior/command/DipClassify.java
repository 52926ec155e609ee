package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.Prediction;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.Figures;
import io.github.deepimageprior.image.ImageSource;

import java.util.ArrayList;
import java.util.List;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Lists in the Results table the classes that a classifier predicts for the open image. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Classify...")
public class DipClassify extends ClassifierBase {

	/** Also for models of fewer classes. */
	private static final int DEFAULT = 5;

	@Parameter(persist = false, label = "Classes", min = "1",
		description = "Number of classes to list, the most likely first")
	private int classes = DEFAULT;

	@Parameter(persist = false, label = "Label on the image",
		description = "Writes the most likely class on the image, as an overlay")
	private boolean label_overlay = false;

	@Override
	void work(final ImagePlus input) {
		final ImageSource image = ImageSource.asShown(input);
		Choice.atLeast("classes", classes, 1); // better an error now than after the model is opened
		final List<Prediction> predictions = new ArrayList<>();
		try (Classifier model = classifier()) {
			Choice.between("classes", classes, 1, Math.max(DEFAULT, model.labels().size()));
			PictureLoop.run(this, image, "DIP Classify", (index, picture, progress) -> {
				predictions.add(model.classify(picture));
				progress.reached(1);
			});
		}
		for (int i = 0; i < predictions.size(); i++) {
			addRows(image.row(i), predictions.get(i));
			if (label_overlay)
				Figures.label(input, image.slice(i), image.frame(i), Predictions.words(predictions.get(i)));
		}
		Display.showResults();
	}

	private void addRows(final String row, final Prediction prediction) {
		int rank = 0;
		for (final int target : prediction.top(classes))
			Display.addRow(row, "Rank", ++rank, "Class", target, "Name", prediction.label(target), "Probability",
				prediction.probability(target));
	}
}
