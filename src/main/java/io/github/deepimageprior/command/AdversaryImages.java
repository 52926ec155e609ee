package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.attack.Attack;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Collects the adversaries of an image's pictures, and makes images and table rows of them. */
final class AdversaryImages {

	private final ImageSource image;
	private final Attack attack;
	private final double amplification;
	private final List<ImageProcessor[]> planes = new ArrayList<>();
	private final ImageStack changes, comparisons; // null if not requested
	private final List<Object[]> rows = new ArrayList<>();

	/**
	 * @param amplification factor by which the perturbation is multiplied for display; 0 to fill the range
	 * @param perturbation whether the perturbations are kept as an image
	 * @param comparison whether original, adversary and perturbation are kept as a stack
	 */
	AdversaryImages(final ImageSource image, final Attack attack, final double amplification,
		final boolean perturbation, final boolean comparison)
	{
		this.image = image;
		this.attack = attack;
		this.amplification = amplification;
		changes = perturbation ? new ImageStack() : null;
		comparisons = comparison ? new ImageStack() : null;
	}

	/**
	 * The change is added to the image's own values, so that values outside the display range are not lost. The
	 * resulting planes are what is classified and measured.
	 */
	UnaryOperator<Picture> stored(final int index, final Picture clean) {
		return adversary -> {
			planes.add(image.writer().add(index, Adversary.perturbation(clean, adversary)));
			return image.read(planes.get(index));
		};
	}

	/** Keeps what was requested of an adversary. */
	void add(final int index, final Picture clean, final Adversary made, final Report report) {
		final double changed = changed(index);
		rows.add(cells(made, changed));
		report.add(Map.of("Before", Predictions.words(made.clean())));
		report.add(Map.of("After", Predictions.words(made.attacked())));
		report.add(Map.of("Steps", made.steps() + " of " + attack.iterations()));
		report.add(Map.of("Change", String.format(Locale.ROOT, "Linf %.3f, L2 %.1f grey levels, %.1f %% of the pixels",
			made.largest(), made.length(), 100 * changed)));
		report.tell(doubt(image.row(index), made, changed));
		if (changes != null) addChange(changes, made, clean);
		if (comparisons == null) return;
		comparisons.addSlice("original: " + Predictions.words(made.clean()), Rendering.bytes(clean));
		comparisons.addSlice("adversary: " + Predictions.words(made.attacked()), Rendering.bytes(made.picture()));
		addChange(comparisons, made, clean);
	}

	private void addChange(final ImageStack stack, final Adversary made, final Picture clean) {
		final double factor = amplification > 0 ? amplification : 127.5 / Math.max(1, made.largest());
		final float[] change = made.perturbation(clean).values();
		for (int i = 0; i < change.length; i++) change[i] = (float) (0.5 + factor * change[i]);
		stack.addSlice(String.format(Locale.ROOT, "perturbation x%.4g", factor), Rendering.bytes(clean.with(change)));
	}

	/** @return the share of the picture's pixels that changed, also where the classifier cannot see it, 0..1 */
	private double changed(final int index) {
		final ImageProcessor[] before = image.writer().write(index, null), after = planes.get(index);
		int changed = 0;
		for (int i = 0; i < before[0].getPixelCount(); i++) {
			final int pixel = i;
			if (IntStream.range(0, before.length).anyMatch(p -> before[p].get(pixel) != after[p].get(pixel))) changed++;
		}
		return (double) changed / (image.width() * image.height());
	}

	/** @return why an adversary is not what one expects; empty if it is */
	private String doubt(final String row, final Adversary made, final double changed) {
		if (made.flat())
			return "The gradient is 0 in all pixels of " + row
				+ ", so the adversary is the image itself: the classifier is "
				+ "too certain; use the attack LLCI, or a model whose output is logits.";
		if (changed == 0)
			return "The adversary of " + row + " is the image itself: " + (attack.epsilon() == 0 ? "epsilon is 0."
				: "all changes were rounded away, or lie outside the selection.");
		return made.clean().best() == made.label() ? ""
			: "The classifier sees " + made.clean().label(made.clean().best()) + " in " + row
				+ " before the attack, not the class given, " + made.clean().label(made.label()) + ": Success is 0.";
	}

	private Object[] cells(final Adversary made, final double changed) {
		final Object[] change = { "Attack", attack.method(), "Epsilon", attack.epsilon(), "Steps", made.steps(), "Linf",
			made.largest(), "L2", made.length(), "Changed", changed };
		final Object[] success = { "Success", made.succeeds() ? 1 : 0 };
		return Stream.of(change, Predictions.cells(made.clean(), made.attacked(), made.label()), success)
			.flatMap(Stream::of).toArray();
	}

	/** Adds a row for every adversary to the Results table. */
	void addRows() {
		for (int i = 0; i < rows.size(); i++) Display.addRow(image.row(i), rows.get(i));
		Display.showResults();
	}

	/** @return the perturbations, amplified, on grey; null if not requested */
	ImagePlus perturbation(final Report report) {
		return changes == null ? null : image.results().derived("perturbation", changes, report.text());
	}

	ImagePlus comparison(final Report report) {
		return comparisons == null ? null
			: image.results().derived("original, adversary, perturbation", comparisons, report.text());
	}

	ImagePlus adversary(final Report report) {
		return image.results().image("adversary",
			i -> i < planes.size() ? planes.get(i) : image.writer().write(i, null),
			i -> i < planes.size() ? null : "not attacked", report.text());
	}
}
