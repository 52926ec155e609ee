package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.ImageInputStream;

/** Reads a picture from a file of its own. */
final class ImageFile {

	private static final Pattern OTHER = Pattern.compile(
		"(?i).*\\.(avif|bmp|cr2|czi|dcm|dng|gif|hei[cf]|jp2|jxl|lif|lsm|nd2|nef|p[bgnp]m|psd|svg|tga|webp)");

	private ImageFile() {}

	/** @return whether the file's name is that of a picture */
	static boolean isOne(final Path file) {
		return file.getFileName().toString().matches("(?i).*\\.(png|jpe?g|tiff?)") && Files.isRegularFile(file);
	}

	/** @return the format of a picture, in capitals, that {@link #isOne} leaves out; null if the file is none */
	static String otherFormat(final Path file) {
		final Matcher name = OTHER.matcher(file.getFileName().toString());
		return name.matches() && Files.isRegularFile(file) ? name.group(1).toUpperCase(Locale.ROOT) : null;
	}

	/** @return grey or RGB, 8 or 16 bits mapped to 0..1; without its alpha channel */
	static Picture read(final Path file) throws IOException {
		return picture(image(file));
	}

	/** @return the same for an image that has been read */
	static Picture picture(final BufferedImage image) {
		final int width = image.getWidth(), height = image.getHeight(), area = width * height;
		// A grey image's own samples: getRGB would convert them from a linear to a gamma-corrected scale.
		final boolean grey = image.getColorModel().getNumColorComponents() == 1;
		final boolean deep = image.getSampleModel().getSampleSize(0) > 8;
		final Picture picture = new Picture(new float[(grey ? 1 : 3) * area], width, height, grey ? 1 : 3);
		final Raster raster = image.getRaster();
		final float most = (1 << image.getSampleModel().getSampleSize(0)) - 1;
		for (int p = 0; p < area; p++) for (int c = 0; c < picture.channels(); c++) {
			final int x = p % width, y = p / width;
			picture.values()[c * area + p] = grey || deep ? raster.getSample(x, y, c) / most
				: (image.getRGB(x, y) >> 16 - 8 * c & 255) / 255f;
		}
		return picture;
	}

	private static BufferedImage image(final Path file) throws IOException {
		if (!Files.isReadable(file)) throw new IOException("not readable");
		BufferedImage image = null;
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			final Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
			if (readers.hasNext()) image = first(file, readers.next(), in);
		}
		catch (final DipException said) {
			throw said;
		}
		catch (final RuntimeException damaged) {
			throw new IOException(damaged); // the readers throw all kinds of exceptions when a file is damaged
		}
		if (image == null || image.getSampleModel().getSampleSize(0) > 16 || !isGreyOrRgb(image))
			throw new DipException("The file " + file
				+ " is not a picture that can be read: convert it to grey or RGB, as PNG, JPEG, or TIFF with 8 "
				+ "or 16 unsigned bits.");
		return image;
	}

	private static boolean isGreyOrRgb(final BufferedImage image) {
		final int type = image.getColorModel().getColorSpace().getType();
		return type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB;
	}

	/** Its reader takes signed integers and halves for unsigned integers, and deep CMYK for RGB. */
	private static boolean isPlainTiff(final ImageReader reader) throws IOException {
		final TIFFDirectory tags = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
		final TIFFField format = tags.getTIFFField(BaselineTIFFTagSet.TAG_SAMPLE_FORMAT);
		final TIFFField colour = tags.getTIFFField(BaselineTIFFTagSet.TAG_PHOTOMETRIC_INTERPRETATION);
		return (format == null || format.getAsInt(0) == BaselineTIFFTagSet.SAMPLE_FORMAT_UNSIGNED_INTEGER
			|| format.getAsInt(0) == BaselineTIFFTagSet.SAMPLE_FORMAT_UNDEFINED)
			&& (colour == null || colour.getAsInt(0) != BaselineTIFFTagSet.PHOTOMETRIC_INTERPRETATION_CMYK);
	}

	/**
	 * @return null if its kind cannot be read
	 * @throws DipException if it is one of several of a TIFF; a preview, which has another size, is none
	 */
	private static BufferedImage first(final Path file, final ImageReader reader, final ImageInputStream in)
		throws IOException
	{
		try {
			reader.setInput(in, false, true);
			final boolean tiff = reader.getFormatName().equalsIgnoreCase("tif");
			final int count = tiff ? reader.getNumImages(true) : 1;
			if (count > 1 && reader.getWidth(0) == reader.getWidth(1) && reader.getHeight(0) == reader.getHeight(1))
				throw new DipException("The file " + file + " has " + count + " slices or channels: save each slice as "
					+ "a picture of its own, or convert channels with Image > Type > RGB Color.");
			if (tiff && !isPlainTiff(reader)) return null;
			final List<String> warnings = new ArrayList<>(); // the decoder of JPEG makes up what is missing
			reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
			final BufferedImage image = reader.read(0);
			for (final String warning : warnings) if (warning.contains("premature end")) throw new IOException(warning);
			return image;
		}
		finally {
			reader.dispose();
		}
	}
}
