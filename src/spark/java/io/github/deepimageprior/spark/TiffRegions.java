package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.tile.Tile;

import java.awt.Rectangle;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;

import org.apache.hadoop.fs.Path;

/** Reads rectangles of the first image of a TIFF file, which itself may be larger than the memory. */
final class TiffRegions implements AutoCloseable {

	private final ImageReader reader;
	private final HadoopImageInput input;
	private final ImageTypeSpecifier type;

	/** @throws DipException if it is no TIFF, or one of a kind that cannot be read */
	TiffRegions(final Path path) throws IOException {
		input = new HadoopImageInput(Storage.open(path));
		reader = ImageIO.getImageReadersByFormatName("tiff").next();
		reader.setInput(input, false, false);
		boolean fit = false;
		try {
			type = reader.getRawImageType(0) != null ? reader.getRawImageType(0) : reader.getImageTypes(0).next();
			fit = !(type.getColorModel() instanceof IndexColorModel) && !type.getColorModel().hasAlpha()
				&& hasKnownValues() && (long) width() * height() <= Integer.MAX_VALUE;
		}
		catch (final IOException | RuntimeException damaged) {
			throw unfit(path, damaged);
		}
		finally {
			if (!fit) close();
		}
		if (!fit) throw unfit(path, null);
	}

	/** Values of other kinds would be read, and written as if they were of these: 8 or 16 bits unsigned, or floats. */
	private boolean hasKnownValues() throws IOException {
		final TIFFField formats = directory().getTIFFField(BaselineTIFFTagSet.TAG_SAMPLE_FORMAT);
		final int expected = bits() == Float.SIZE ? BaselineTIFFTagSet.SAMPLE_FORMAT_FLOATING_POINT
			: BaselineTIFFTagSet.SAMPLE_FORMAT_UNSIGNED_INTEGER;
		if (formats == null) return bits() == Byte.SIZE || bits() == Short.SIZE;
		for (int i = 0; i < formats.getCount(); i++) if (formats.getAsInt(i) != expected) return false;
		return bits() == Byte.SIZE || bits() == Short.SIZE || bits() == Float.SIZE;
	}

	private TIFFDirectory directory() throws IOException {
		try {
			return TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
		}
		catch (final IIOInvalidTreeException impossible) {
			throw new IOException(impossible);
		}
	}

	private static DipException unfit(final Path path, final Exception cause) {
		return new DipException("The tiles of " + path.getName() + " cannot be read: it must be a TIFF of at most 4 GB "
			+ "and 2 billion pixels, with grey or RGB values that are unsigned integers of 8 or 16 bits, or "
			+ "floating-point numbers of 32 bits: convert it, or cut it into several.", cause);
	}

	int width() throws IOException {
		return reader.getWidth(0);
	}

	int height() throws IOException {
		return reader.getHeight(0);
	}

	int channels() {
		return type.getNumBands();
	}

	/** @return bits of a value */
	int bits() {
		return type.getSampleModel().getSampleSize(0);
	}

	/** @return pixel values of a rectangle, as they are stored */
	Picture read(final Tile box) throws IOException {
		final ImageReadParam region = reader.getDefaultReadParam();
		region.setSourceRegion(new Rectangle(box.x(), box.y(), box.width(), box.height()));
		final Raster raster = reader.read(0, region).getRaster();
		final float[] values = new float[Math.multiplyExact(box.width() * box.height(), channels())];
		for (int i = 0, c = 0; c < channels(); c++)
			for (int y = 0; y < box.height(); y++)
				for (int x = 0; x < box.width(); x++) values[i++] = raster.getSampleFloat(x, y, c);
		return new Picture(values, box.width(), box.height(), channels());
	}

	/** @return what the file says of its scale */
	TiffStream.Scale scale() throws IOException {
		final TIFFDirectory directory = directory();
		final TIFFField text = directory.getTIFFField(BaselineTIFFTagSet.TAG_IMAGE_DESCRIPTION),
			unit = directory.getTIFFField(BaselineTIFFTagSet.TAG_RESOLUTION_UNIT);
		return new TiffStream.Scale(text == null ? "" : text.getAsString(0),
			resolution(directory.getTIFFField(BaselineTIFFTagSet.TAG_X_RESOLUTION)),
			resolution(directory.getTIFFField(BaselineTIFFTagSet.TAG_Y_RESOLUTION)),
			unit == null ? 1 : unit.getAsInt(0));
	}

	private static long[] resolution(final TIFFField field) {
		return field == null ? new long[] { 1, 1 } : field.getAsRational(0);
	}

	@Override
	public void close() throws IOException {
		reader.dispose();
		input.close();
	}
}
