package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.host.OpenImages;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Missing;
import io.github.deepimageprior.image.ShownValues;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.List;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Paints the missing pixels of the open image. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Inpaint...")
public class DipInpaint extends SameSizeBase {

	private static final String SELECTION = "selection", MASK = "mask image", VALUE = "value", NAN = "NaN";

	@Parameter(persist = false, label = "Missing pixels", choices = { SELECTION, MASK, VALUE, NAN },
		description = "Those of the selection; those that are white in a mask image; those of a certain value; those without a number (32-bit)")
	private String missing = SELECTION;

	@Parameter(persist = false, required = false, label = "Mask image (white: missing)",
		description = "Title of an open image of the same size")
	private String mask = "";

	@Parameter(persist = false, label = "Missing value", description = "The value of missing pixels, in every channel")
	private double value = 0;

	@Parameter(persist = false, label = "Keep the known pixels",
		description = "As they are; else the network paints all")
	private boolean keep = true;

	/** With the defaults. */
	public DipInpaint() {
		super(2000, StoppingRule.Kind.FIXED);
	}

	@Override
	String done() {
		return "inpainted";
	}

	@Override
	ImageSource open(final ImagePlus input) {
		ImageSource.requireOpen(input);
		final int way = Choice.of("missing", missing, Map.of(SELECTION, 0, MASK, 1, VALUE, 2, NAN, 3));
		final ImageSource image = ImageSource.withMissing(input, switch (way) {
			case 0 -> Missing.selection(input);
			case 1 -> Missing.mask(maskImage(), input);
			case 2 -> Missing.value(ShownValues.toPixel(input, value));
			default -> Missing.NAN;
		}, way == 0);
		boolean any = false;
		for (int picture = 0; picture < image.count(); picture++) {
			final float[] known = image.known(picture);
			if (count(known) == 0)
				throw new DipException(
					"All pixels" + of(image, picture) + " are missing: mark only those that are to be painted.");
			any |= count(known) < known.length;
		}
		if (!any)
			throw new DipException("No pixels are missing: mark those that are to be painted, with " + SELECTION + ", "
				+ MASK + ", " + VALUE + " or " + NAN + ".");
		return image;
	}

	private ImagePlus maskImage() {
		if (mask.isBlank()) throw new DipException("No mask image is chosen: give the title of an open one as mask.");
		return OpenImages.named("mask", mask);
	}

	private static String of(final ImageSource image, final int picture) {
		return image.label(picture).isEmpty() ? "" : " of " + image.label(picture);
	}

	private static int count(final float[] known) {
		int count = 0;
		for (final float pixel : known) if (pixel > 0) count++;
		return count;
	}

	@Override
	Observation observe(final ImageSource image, final int picture) {
		final float[] known = image.known(picture);
		return count(known) == known.length ? null : Observation.of(image.read(picture)).known(known);
	}

	@Override
	Recipe ulyanov() {
		return Recipe.INPAINT;
	}

	@Override
	ImagePlus result(final ImageSource image, final List<Picture> pictures, final List<String> labels,
		final Map<String, String> report)
	{
		return keep ? result(image, pictures, labels, report, image::fill)
			: result(image, pictures, labels, report, image::write);
	}
}
