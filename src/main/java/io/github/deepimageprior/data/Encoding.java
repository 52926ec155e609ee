package io.github.deepimageprior.data;

import io.github.deepimageprior.Picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures as bytes of image files. */
public final class Encoding {

	private Encoding() {}

	/** @return a PNG file of the picture, rounded to 8 bits */
	public static byte[] png(final Picture picture) {
		try {
			final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			ImageIO.write(image(picture), "png", bytes);
			return bytes.toByteArray();
		}
		catch (final IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
	}

	/** @return the picture of a PNG file, in 0..1 */
	public static Picture ofPng(final byte[] bytes) {
		try {
			return ImageFile.picture(ImageIO.read(new ByteArrayInputStream(bytes)));
		}
		catch (final IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
	}

	/**
	 * Compresses a picture as JPEG and reads it again.
	 *
	 * @param quality of the compression, 0..1, as the Independent JPEG Group's scale of 0 to 100
	 * @return the picture with the losses of the compression
	 */
	public static Picture throughJpeg(final Picture picture, final float quality) {
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			ImageOutputStream out = ImageIO.createImageOutputStream(bytes))
		{
			final ImageWriteParam settings = writer.getDefaultWriteParam();
			settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			settings.setCompressionQuality(quality);
			writer.setOutput(out);
			writer.write(null, new IIOImage(image(picture), null, null), settings);
			out.flush();
			return ImageFile.picture(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())));
		}
		catch (final IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
		finally {
			writer.dispose();
		}
	}

	private static BufferedImage image(final Picture picture) {
		final int width = picture.width(), area = width * picture.height();
		final boolean grey = picture.channels() == 1;
		final BufferedImage image = new BufferedImage(width, picture.height(),
			grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
		for (int p = 0; p < area; p++) for (int c = 0; c < (grey ? 1 : 3); c++) {
			final float value = Math.min(1, Math.max(0, picture.values()[c * area + p]));
			image.getRaster().setSample(p % width, p / width, c, Math.round(255 * value));
		}
		return image;
	}
}
