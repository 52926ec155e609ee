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

import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads rectangles of the first image of a TIFF or BigTIFF, which may be larger than the memory. */
final class TiffRegions implements AutoCloseable {

	private static final Tile FIRST = new Tile(0, 0, 1, 1);

	private final Path path;
	private final FSDataInputStream in;
	private final TiffDirectory file;
	private final ImageTypeSpecifier type;
	private final TIFFDirectory directory;

	/** @throws DipException if it is no TIFF, or one of a kind that cannot be read */
	TiffRegions(final Path path) throws IOException {
		this.path = path;
		in = Storage.open(path);
		boolean fit = false;
		try {
			file = new TiffDirectory(in);
			new TiffWindow(in, file, new Tile(width() - 1, height() - 1, 1, 1)); // is it complete?
			final ImageReader reader = reader(new TiffWindow(in, file, FIRST));
			type = reader.getRawImageType(0) != null ? reader.getRawImageType(0) : reader.getImageTypes(0).next();
			directory = directory(reader);
			fit = !(type.getColorModel() instanceof IndexColorModel) && !type.getColorModel().hasAlpha()
				&& hasKnownValues();
		}
		catch (final IOException | RuntimeException damaged) {
			throw unfit(path, damaged);
		}
		finally {
			if (!fit) close();
		}
		if (!fit) throw unfit(path, null);
	}

	private static ImageReader reader(final TiffWindow window) {
		final ImageReader reader = ImageIO.getImageReadersByFormatName("tiff").next();
		reader.setInput(window, false, false);
		return reader;
	}

	private static TIFFDirectory directory(final ImageReader reader) throws IOException {
		try {
			return TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
		}
		catch (final IIOInvalidTreeException impossible) {
			throw new IOException(impossible);
		}
	}

	/** Values of other kinds would be read, and written as if they were of these: 8 or 16 bits unsigned, or floats. */
	private boolean hasKnownValues() {
		final TIFFField formats = directory.getTIFFField(BaselineTIFFTagSet.TAG_SAMPLE_FORMAT);
		final int expected = bits() == Float.SIZE ? BaselineTIFFTagSet.SAMPLE_FORMAT_FLOATING_POINT
			: BaselineTIFFTagSet.SAMPLE_FORMAT_UNSIGNED_INTEGER;
		if (formats == null) return bits() == Byte.SIZE || bits() == Short.SIZE;
		for (int i = 0; i < formats.getCount(); i++) if (formats.getAsInt(i) != expected) return false;
		return bits() == Byte.SIZE || bits() == Short.SIZE || bits() == Float.SIZE;
	}

	private static DipException unfit(final Path path, final Exception cause) {
		return new DipException(
			"The tiles of " + path.getName() + " cannot be read: it must be a TIFF with grey or RGB "
				+ "values that are unsigned integers of 8 or 16 bits, or floating-point numbers of 32 bits, and with "
				+ "strips or tiles of at most 256 MB: convert it.",
			cause);
	}

	int width() throws IOException {
		return file.number(TiffDirectory.WIDTH);
	}

	int height() throws IOException {
		return file.number(TiffDirectory.HEIGHT);
	}

	int channels() {
		return type.getNumBands();
	}

	/** @return bits of a value */
	int bits() {
		return type.getSampleModel().getSampleSize(0);
	}

	/**
	 * @return pixel values of a rectangle, as they are stored
	 * @throws DipException if the file is damaged there, or its compression is unknown
	 */
	Picture read(final Tile box) {
		try {
			return decoded(box);
		}
		catch (final IOException | RuntimeException damaged) {
			throw new DipException("The part of " + path.getName() + " at " + box.x() + ", " + box.y()
				+ " cannot be read: the file is damaged or incomplete, or compressed in "
				+ "a way other than LZW, Deflate, PackBits or JPEG: convert it.", damaged);
		}
	}

	private Picture decoded(final Tile box) throws IOException {
		final TiffWindow window = new TiffWindow(in, file, box);
		final ImageReader reader = reader(window);
		final ImageReadParam region = reader.getDefaultReadParam();
		final boolean differences = file.differences(); // from the left of each strip or tile
		final int left = differences ? window.covered().x() : box.x(), right = box.x() + box.width();
		region.setSourceRegion(
			new Rectangle(left - window.covered().x(), box.y() - window.covered().y(), right - left, box.height()));
		final Raster raster = reader.read(0, region).getRaster();
		final float[] values = new float[Math.multiplyExact(box.width() * box.height(), channels())];
		for (int i = 0, c = 0; c < channels(); c++) {
			for (int y = 0; y < box.height(); y++) {
				for (int x = left, sum = 0; x < right; x++) {
					final float value = raster.getSampleFloat(x - left, y, c);
					if (differences) sum = (x % window.partWidth() == 0 ? 0 : sum) + (int) value & 0xffff;
					if (x >= box.x()) values[i++] = differences ? sum : value;
				}
			}
		}
		return new Picture(values, box.width(), box.height(), channels());
	}

	/** @throws DipException if the file has other planes, which would be lost */
	void requireOnePlane() {
		final boolean several;
		try {
			several = file.hasPlanes() || file.number(TiffDirectory.COMPRESSION) == 1
				&& description().startsWith("ImageJ")
				&& description().lines().anyMatch(line -> line.matches("images=0*([2-9]|1\\d)\\d*"));
		}
		catch (final IOException | RuntimeException damaged) {
			throw unfit(path, damaged);
		}
		if (several)
			throw new DipException(path.getName() + " has several planes, but tiles are those of a single one: save "
				+ "each plane as a file of its own, or leave out --tiles.");
	}

	private String description() {
		final TIFFField text = directory.getTIFFField(BaselineTIFFTagSet.TAG_IMAGE_DESCRIPTION);
		return text == null ? "" : text.getAsString(0);
	}

	/** @return what the file says of its scale, but not of its planes: OME's text is all about them */
	TiffStream.Scale scale() {
		final TIFFField unit = directory.getTIFFField(BaselineTIFFTagSet.TAG_RESOLUTION_UNIT);
		return new TiffStream.Scale(
			description().replaceFirst("(?s)^(<\\?xml|<OME).*", "")
				.replaceAll("(?m)^(images|channels|slices|frames)=.*\\R?", ""),
			resolution(directory.getTIFFField(BaselineTIFFTagSet.TAG_X_RESOLUTION)),
			resolution(directory.getTIFFField(BaselineTIFFTagSet.TAG_Y_RESOLUTION)),
			unit == null ? 1 : unit.getAsInt(0));
	}

	private static long[] resolution(final TIFFField field) {
		return field == null ? new long[] { 1, 1 } : field.getAsRational(0);
	}

	@Override
	public void close() throws IOException {
		in.close();
	}
}
