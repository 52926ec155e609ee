package io.github.deepimageprior.sample;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ImageProcessor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;

import javax.imageio.ImageIO;

/** The sample images; the title of an image is its name. */
public final class SampleImages {

	private static final int SIDE = 192;

	/** Width of a pixel in micrometres, as of a camera behind an objective of high magnification. */
	private static final double PIXEL = 0.1;

	private SampleImages() {}

	/** @return a cup of coffee (ImageNet class espresso), 192×192, RGB */
	public static ImagePlus coffee() {
		return file("coffee");
	}

	/** @return a detail of a retina with small aneurysms, 102×102, 8 bits: an image of few pixels, to enlarge */
	public static ImagePlus retina() {
		return file("retina");
	}

	/**
	 * @return fluorescent spots on dim cells, 192×192, 16 bits: photon counts with 5 grey levels per photon and a black
	 *         level of 100; 60 photons in the brightest spots
	 */
	public static ImagePlus spots() {
		final Specimen specimen = new Specimen(SIDE, 1).withBlobs(5, 20, 14).withBlobs(90, 1.4, 60);
		final ImageProcessor counts = specimen.counted(2, 5, 100).convertToShort(false);
		counts.resetMinAndMax();
		return micrograph("spots", counts);
	}

	/**
	 * @return filaments in cells, 192×192, 8 bits, with 60 hot pixels and two scratches: all of them have the value
	 *         255, and no other pixel has
	 */
	public static ImagePlus scratches() {
		final ImageProcessor light = new Specimen(SIDE, 2).withBlobs(6, 26, 40).withFilaments(24, 1.5, 110).light();
		light.setMinAndMax(0, light.getMax());
		light.multiply(230 / light.getMax());
		light.add(15);
		light.setMinAndMax(0, 255);
		final ImageProcessor bytes = light.convertToByte(true);
		bytes.setColor(255);
		bytes.setLineWidth(3);
		bytes.drawLine(0, 40, SIDE, 95);
		bytes.drawLine(120, 0, 80, SIDE);
		final Random random = new Random(3);
		for (int i = 0; i < 60; i++) bytes.set(random.nextInt(SIDE), random.nextInt(SIDE), 255);
		return micrograph("scratches", bytes);
	}

	private static ImagePlus micrograph(final String title, final ImageProcessor pixels) {
		final ImagePlus image = new ImagePlus(title, pixels);
		final Calibration scale = image.getCalibration();
		scale.setUnit("um");
		scale.pixelWidth = PIXEL;
		scale.pixelHeight = PIXEL;
		return image;
	}

	private static ImagePlus file(final String name) {
		try (InputStream file = SampleImages.class.getResourceAsStream(name + ".png")) {
			return new ImagePlus(name, ImageIO.read(file));
		}
		catch (final IOException broken) {
			throw new UncheckedIOException(broken);
		}
	}
}
