package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.measure.Ssim;

/** How near a restored picture is to a reference. */
final class ReferenceScore {

	private static final int SSIM_WINDOW = 11;

	private ReferenceScore() {}

	/**
	 * Adds a row for every picture to the Results table.
	 *
	 * @param clean the reference, as large as what was restored
	 * @param open the image before; null if it is smaller
	 * @param factor how many times larger that is than the image
	 * @param gain by how much the image's values exceed those of what was restored
	 */
	static void compare(final ImageSource image, final ImagePlus clean, final ImagePlus open, final ImagePlus restored,
		final int factor, final double gain)
	{
		for (int picture = 0; picture < image.count(); picture++) {
			final Picture reference = image.compared(clean, picture, factor, gain),
				after = image.compared(restored, picture, factor, gain);
			final Picture before = open == null ? null : image.compared(open, picture, factor, gain);
			Display.addRow(image.row(picture), "PSNR before", before == null ? Double.NaN : Psnr.of(reference, before),
				"PSNR", Psnr.of(reference, after), "SSIM before", before == null ? Double.NaN : ssim(reference, before),
				"SSIM", ssim(reference, after));
		}
		Display.showResults();
	}

	private static double ssim(final Picture reference, final Picture other) {
		return Math.min(other.width(), other.height()) < SSIM_WINDOW ? Double.NaN : Ssim.of(reference, other);
	}
}
