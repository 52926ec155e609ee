package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.attack.Rounding;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.FloatImage;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;

import java.util.Map;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Changes the open image imperceptibly, so that a classifier predicts another class. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>Generate Adversary...")
public class GenerateAdversary extends AttackBase {

	private static final int RGB_BYTES = 4;

	@Parameter(type = ItemIO.OUTPUT, label = "Perturbation image")
	private ImagePlus difference;

	@Parameter(type = ItemIO.OUTPUT, label = "Comparison")
	private ImagePlus compared;

	@Parameter(type = ItemIO.OUTPUT, label = "Adversary")
	private ImagePlus adversary;

	@Override
	void work(final ImagePlus input) {
		final Attack attack = attack();
		final ImageSource image = ImageSource.asShown(attack.rounding() == Rounding.NONE ? floats(input) : input);
		attack.requireVisible(image.mapping().levels());
		final AdversaryImages images = new AdversaryImages(image, attack, amplification(), showsPerturbation(),
			compares());
		HeapMemory.require(image, 1, (showsPerturbation() ? RGB_BYTES : 0) + (compares() ? 3 * RGB_BYTES : 0), 1);
		final Report report = report(Map.of());
		try (Classifier model = classifier()) {
			report.warn(model.warning());
			final int label = trueClass(model);
			PictureLoop.run(this, image, "Generate Adversary",
				(index, clean, progress) -> images.add(index, clean, attack.run(model, clean, label,
					image.mapping().levels(), images.stored(index, clean), progress, cancellation()), report));
		}
		images.addRows();
		difference = images.perturbation(report);
		compared = images.comparison(report);
		adversary = images.adversary(report);
		Display.registerHeadless(context(), difference, compared, adversary);
	}

	private static ImagePlus floats(final ImagePlus input) {
		ImageSource.requireOpen(input);
		CalibratedValues.requirePlain(input);
		return FloatImage.of(input);
	}
}
