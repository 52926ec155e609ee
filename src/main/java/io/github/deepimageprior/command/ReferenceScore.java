package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.OpenImages;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.ReferenceImage;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.measure.Ssim;
import io.github.deepimageprior.restore.Task;

/**
 * How close a restored image is to a reference.
 *
 * @param image that is restored
 * @param clean the reference, as large as the result
 */
record ReferenceScore(ImageSource image, ImagePlus clean, Task task) {

	private static final int SSIM_WINDOW = 11;

	/**
	 * @param title of the reference, which must be open
	 * @throws io.github.deepimageprior.DipException if there is no such image, it does not match, or a pixel of it
	 *         that counts is NaN or infinite
	 */
	static ReferenceScore of(final String title, final ImageSource image, final ImagePlus input, final Task task) {
		final ImagePlus named = OpenImages.named("reference", title);
		CalibratedValues.requireAlike(input, named);
		final ReferenceScore score = new ReferenceScore(image, ReferenceImage.kept(named), task);
		ReferenceImage.require(score.clean, image, task.factor(), task.gain()); // an error now, not after the fit
		return score;
	}

	private Picture read(final ImagePlus other, final int index) {
		return ReferenceImage.read(other, image, index, task.factor(), task.gain());
	}

	/** Adds a row for every picture to the Results table. */
	void addRows(final ImagePlus restored) {
		for (int i = 0; i < image.count(); i++) {
			final Picture reference = read(clean, i), after = read(restored, i);
			final Picture open = task.factor() > 1 ? null : ReferenceImage.own(image, i);
			Display.addRow(image.row(i), "PSNR before", open == null ? Double.NaN : Psnr.of(reference, open), "PSNR",
				Psnr.of(reference, after), "SSIM before", open == null ? Double.NaN : ssim(reference, open), "SSIM",
				ssim(reference, after));
		}
		Display.showResults();
	}

	private static double ssim(final Picture reference, final Picture other) {
		return Math.min(other.width(), other.height()) < SSIM_WINDOW ? Double.NaN : Ssim.of(reference, other);
	}
}
