package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.ShownValues;
import io.github.deepimageprior.prior.Observation;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.prior.Recipe;
import io.github.deepimageprior.prior.StoppingRule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** Takes the noise out of the open image, and stops by itself before the network paints it. */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Denoise...")
public class DipDenoise extends SameSizeBase {

	/** PoissonNoise of the brightest pixel, beyond which gain and offset cannot be those of the image. */
	private static final double FEWEST = 0.1, MOST = 1e9;

	@Parameter(persist = false, label = "Noise", choices = { "Gaussian", "Poisson" },
		description = "Gaussian: alike everywhere; Poisson: of photon counts, more where it is bright")
	private String noise = "Gaussian";

	@Parameter(persist = false, label = "Grey levels a photon",
		description = "Poisson: by how much a photon raises the value of a pixel")
	private double gain = 1;

	@Parameter(persist = false, label = "Value without light",
		description = "Poisson: the value of a pixel that no photon has met")
	private double offset = 0;

	private double dark; // the offset as the pixels have it

	/** With the defaults. */
	public DipDenoise() {
		super(3000, StoppingRule.Kind.EMV);
	}

	@Override
	String done() {
		return "denoised";
	}

	@Override
	ImageSource open(final ImagePlus input) {
		final ImageSource image = new ImageSource(input);
		if (isPoisson()) ShownValues.requireUnscaled(input);
		dark = ShownValues.toPixel(input, offset);
		return image;
	}

	private boolean isPoisson() {
		return Choice.of("noise", noise, Map.of("Gaussian", false, "Poisson", true));
	}

	@Override
	Observation observe(final ImageSource image, final int picture) {
		final Observation observation = Observation.of(image.read(picture));
		return isPoisson() ? observation.counts(photons(image)) : observation;
	}

	private PoissonNoise photons(final ImageSource image) {
		if (!(gain > 0))
			throw new DipException(
				"The value of gain is " + gain + ": write how many grey levels a photon makes, a number above 0.");
		if (Double.isNaN(offset))
			throw new DipException("The value of offset is NaN: write the grey value without light.");
		final double[] spans = image.spans(), lows = image.lows();
		double most = 0;
		for (int c = 0; c < spans.length; c++) most = Math.max(most, (lows[c] + spans[c] - dark) / gain);
		if (most < FEWEST || most > MOST)
			throw new DipException(String.format(Locale.ROOT,
				"With gain %s and offset %s the brightest pixel has %.3g photons: write how many grey levels a photon makes, and the value without light.",
				gain, offset, most));
		return new PoissonNoise(Arrays.stream(spans).mapToObj(span -> span / gain).toList(),
			Arrays.stream(lows).mapToObj(low -> (low - dark) / gain).toList());
	}

	@Override
	Recipe ulyanov() {
		return Recipe.DENOISE;
	}

	@Override
	ImagePlus result(final ImageSource image, final List<Picture> pictures, final List<String> labels,
		final Map<String, String> report)
	{
		return result(image, pictures, labels, report, image::write);
	}
}
