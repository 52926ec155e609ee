package io.github.deepimageprior.command;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.image.ImageFrames;
import io.github.deepimageprior.measure.Psnr;
import io.github.deepimageprior.measure.Ssim;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How near a restored picture is to a reference. */
final class Score {

	private static final int SSIM_WINDOW = 11;

	private Score() {}

	/**
	 * Adds a row to the Results table.
	 *
	 * @return the same for the image's Info
	 */
	static Map<String, String> compare(final ImageFrames image, final int picture, final Picture clean, final Picture restored) {
		final Map<String, String> report = new LinkedHashMap<>();
		final boolean small = Math.min(clean.width(), clean.height()) < SSIM_WINDOW, same = clean.width() == image.width() && clean.height() == image
			.height();
		final Picture before = same ? Picture.of(image.read(picture)) : null;
		final double psnr = Psnr.of(clean, restored), ssim = small ? Double.NaN : Ssim.of(clean, restored);
		Display.addRow(image.row(picture), "PSNR before", same ? Psnr.of(clean, before) : Double.NaN, "PSNR", psnr, "SSIM before", same && !small ? Ssim
			.of(clean, before) : Double.NaN, "SSIM", ssim);
		report.put("Against the reference", String.format(Locale.ROOT, "PSNR %.2f dB, SSIM %.4f", psnr, ssim));
		return report;
	}
}
