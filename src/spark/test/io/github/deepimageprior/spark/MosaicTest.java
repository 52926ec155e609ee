package io.github.deepimageprior.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.tile.Tile;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large images in tiles on Spark, compared with the same tiles in one process. */
@Tag("spark")
class MosaicTest {

	@TempDir
	private Path folder;

	private Path image(final String type) throws IOException {
		final ImagePlus image = IJ.createImage("image", type + " ramp", 150, 90, 1);
		final ImageProcessor pixels = image.getProcessor();
		final Random random = new Random(3);
		for (int p = 0; p < pixels.getPixelCount(); p++)
			if (random.nextBoolean())
				pixels.set(p, type.equals("32-bit") ? Float.floatToIntBits(random.nextFloat()) : random.nextInt(256));
		image.getCalibration().setUnit("um");
		image.getCalibration().pixelWidth = 0.25;
		Files.createDirectories(folder.resolve("in"));
		final Path file = folder.resolve("in/image.tif");
		new FileSaver(image).saveAsTiff(file.toString());
		return file;
	}

	private int run(final String... options) {
		final String[] all = new String[options.length + 4];
		System.arraycopy(new String[] { "--input", folder.resolve("in").toUri().toString(), "--output",
			folder.resolve("out").toUri().toString() }, 0, all, 0, 4);
		System.arraycopy(options, 0, all, 4, options.length);
		return Local.run(new Restore(), "local[2]", all);
	}

	@ParameterizedTest
	@ValueSource(strings = { "32-bit", "RGB" })
	void pixelsAreThoseOfTheSameTilesInOneProcess(final String type) throws IOException {
		final Path file = image(type);
		assertEquals(0, run("--task", "denoise", "--noise-level", "20", "--tiles", "64", "--overlap", "10"));
		final ImagePlus result = IJ.openImage(folder.resolve("out/image.tif.restored.tif").toString());
		final Method method = new Method();
		new picocli.CommandLine(method).parseArgs("--task", "denoise", "--noise-level", "20");
		method.resolve();
		final ImageSource source = ImageSource.withMissing(IJ.openImage(file.toString()), MissingPixels.NONE, true);
		final Picture whole = ParallelRuns
			.here(() -> new Restorer(method).restore(source.read(0), null, source.mapping().spans(), 64, 10));
		final ImageProcessor expected = source.results().picture(0, whole).getProcessor();
		for (int p = 0; p < 150 * 90; p++) assertEquals(expected.get(p), result.getProcessor().get(p), "pixel " + p);
		assertEquals(0.25, result.getCalibration().pixelWidth, 1e-6);
		assertEquals(IJ.openImage(file.toString()).getCalibration().getUnit(), result.getCalibration().getUnit());
		assertFalse(Files.exists(folder.resolve("out/.image.tif.restored.tif.parts")));
	}

	@Test
	void purifiedTilesAndWhatCannotBeUsed() throws IOException {
		image("8-bit");
		Files.writeString(folder.resolve("in/broken.tif"), "II*\0 no image");
		final byte[] whole = Files.readAllBytes(folder.resolve("in/image.tif"));
		Files.write(folder.resolve("in/cut.tif"), Arrays.copyOf(whole, whole.length - 5000));
		final byte[] signed = written(1000);
		final byte[] unsignedFormat = { 1, 83, 0, 3, 0, 0, 0, 1, 0, 1 }; // tag 339, SHORT, one value: 1
		for (int i = 0; i < signed.length - 10; i++)
			if (Arrays.equals(Arrays.copyOfRange(signed, i, i + 10), unsignedFormat)) signed[i + 9] = 2;
		Files.write(folder.resolve("in/signed.tif"), signed);
		assertEquals(3, run("--task", "purify", "--iterations", "3", "--network", "Arch-2", "--precision", "float32",
			"--tiles", "64", "--overlap", "8"));
		assertEquals(150, IJ.openImage(folder.resolve("out/image.tif.purified.tif").toString()).getWidth());
		final String failed = Files.readString(folder.resolve("out/failed.csv"));
		for (final String name : List.of("broken", "signed"))
			assertTrue(failed.contains("The tiles of " + name + ".tif cannot be read"), failed);
		assertTrue(failed.contains("cut.tif, part") && !failed.contains("image.tif"), failed);
		assertFalse(Files.exists(folder.resolve("out/cut.tif.purified.tif")));
		for (final String[] bad : new String[][] { { "denoise", "128" }, { "enlarge", "128" }, { "purify", "8" } })
			assertEquals(1, run("--task", bad[0], "--tiles", bad[1]));
		assertTrue(Console.of(() -> assertEquals(1, run("--task", "purify", "--tiles", "128", "--hot-pixels", "keep")))
			.contains("Hot pixels are not looked for in tiles: "));
	}

	/** The first run ends before it has put the tiles together, since a folder is where the result belongs. */
	@Test
	void tilesOfOtherOptionsAreNotReused() throws IOException {
		image("8-bit");
		final Path result = folder.resolve("out/image.tif.restored.tif"),
			blocked = Files.createDirectories(result.resolve("full"));
		assertEquals(3, run("--task", "denoise", "--noise-level", "5", "--tiles", "64", "--overlap", "10"));
		assertTrue(Files.exists(folder.resolve("out/.image.tif.restored.tif.parts")), "tiles wait");
		Files.delete(blocked);
		Files.delete(result);
		final String[] other = { "--task", "denoise", "--noise-level", "40", "--tiles", "64", "--overlap", "10" };
		assertEquals(0, run(other));
		final byte[] mixed = Files.readAllBytes(result);
		Files.delete(result);
		assertEquals(0, run(other));
		assertArrayEquals(Files.readAllBytes(result), mixed);
		assertFalse(Files.exists(folder.resolve("out/.image.tif.restored.tif.parts")));
	}

	@Test
	void aDryRunCountsTilesAndWritesNothing() throws IOException {
		image("16-bit");
		Files.writeString(folder.resolve("in/broken.tif"), "II*\0 no image");
		final String said = Console.of(() -> assertEquals(0,
			run("--task", "denoise", "--noise-level", "20", "--tiles", "64", "--overlap", "10", "--dry-run")));
		assertTrue(said.contains("The tiles of broken.tif cannot be read"), said);
		assertTrue(said.matches("(?s).*\\b6 tiles; each takes about \\d.* MB outside the Java heap.*2 tasks at once.*"),
			said);
		assertFalse(Files.exists(folder.resolve("out")));
	}

	private static byte[] written(final long largest) throws IOException {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		final TiffStream tiff = new TiffStream(bytes, 3, 2, 1, 16,
			new TiffStream.Scale("unit=um", new long[] { 4, 1 }, new long[] { 4, 1 }, 1), largest);
		tiff.row(new float[][] { { 1, 2, 65535 } });
		tiff.row(new float[][] { { 40000, 5, 6 } });
		return bytes.toByteArray();
	}

	@Test
	void rowsBecomeATiff() throws IOException {
		final var read = ImageIO.read(new ByteArrayInputStream(written(1000))).getRaster();
		assertEquals(65535, read.getSample(2, 0, 0));
		assertEquals(40000, read.getSample(0, 1, 0));
	}

	/** Its directory is followed here. */
	@Test
	void orABigTiff() throws IOException {
		final ByteBuffer file = ByteBuffer.wrap(written(0));
		assertEquals(0x4d4d002b00080000L, file.getLong());
		file.position((int) file.getLong());
		final Map<Integer, Integer> places = new TreeMap<>();
		int last = 0;
		for (long entries = file.getLong(); entries > 0; entries--) {
			final int tag = file.getShort();
			assertTrue(tag > last, "tags ascend");
			last = tag;
			places.put(tag, file.position() + 10);
			file.position(file.position() + 18);
		}
		assertEquals(0, file.getLong(), "no other directory");
		assertEquals(3, file.getInt(places.get(256)));
		assertEquals(2, file.getInt(places.get(257)));
		assertEquals(12, file.getLong(places.get(279)), "bytes of the strip");
		assertEquals(4, file.getInt(places.get(282)), "resolution");
		final int pixels = (int) file.getLong(places.get(273));
		assertEquals(file.capacity(), pixels + 12);
		assertEquals((short) 65535, file.getShort(pixels + 4));
		assertEquals((short) 40000, file.getShort(pixels + 6));
	}

	private static String copied(final Path file) throws IOException {
		return Mosaic.of(file.toUri().toString(), 32, 8).scale().description();
	}

	/** As ImageJ and as other programs write them; a smaller image is a preview. */
	@Test
	void severalPlanesAreRefused() throws IOException {
		final ImagePlus stack = IJ.createImage("stack", "16-bit ramp", 40, 40, 3);
		final Path file = folder.resolve("planes.tif");
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		try (JavaSparkContext spark = context()) {
			for (final int second : new int[] { 0, 40, 20 }) {
				Files.deleteIfExists(file);
				if (second == 0) new FileSaver(stack).saveAsTiff(file.toString());
				else try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
					writer.setOutput(out);
					writer.prepareWriteSequence(null);
					for (final int side : new int[] { 40, second })
						writer.writeToSequence(new IIOImage(
							new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY), null, null), null);
					writer.endWriteSequence();
				}
				if (second == 20) assertEquals("", copied(file));
				else
					assertTrue(assertThrows(DipException.class, () -> copied(file)).getMessage()
						.startsWith("planes.tif has several planes"));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "ImageJ=1|images=1|slices=30|unit=um|, ImageJ=1|unit=um|", "<?xml version='1.0'?>|<OME/>, ''",
		"a scanner, a scanner" })
	void planesAreNoPartOfTheDescription(final String text, final String expected) throws IOException {
		final Path file = folder.resolve("text.tif");
		final long[] one = { 1, 1 };
		try (JavaSparkContext spark = context(); OutputStream out = Files.newOutputStream(file)) {
			final TiffStream tiff = new TiffStream(out, 40, 40, 1, 8,
				new TiffStream.Scale(text.replace('|', '\n'), one, one, 1));
			for (int y = 0; y < 40; y++) tiff.row(new float[1][40]);
			assertEquals(expected.replace('|', '\n'), copied(file));
		}
	}

	/** A file with a hole instead of pixels, which takes no space. */
	private Path huge(final int side) throws IOException {
		final Path file = folder.resolve("huge" + side + ".tif");
		try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
			final ByteArrayOutputStream header = new ByteArrayOutputStream();
			final long[] one = { 1, 1 };
			new TiffStream(header, side, side, 1, 8, new TiffStream.Scale("", one, one, 1));
			huge.write(header.toByteArray());
			huge.setLength(header.size() + (long) side * side);
			huge.seek(header.size() + (side - 10L) * side + side - 20);
			huge.write(77);
		}
		return file;
	}

	/** A BigTIFF of more pixels than an array has elements, and a smaller file. */
	@ParameterizedTest
	@ValueSource(ints = { 46_000, 70_000 })
	void aRectangleOfAHugeFileIsRead(final int side) throws IOException {
		try (JavaSparkContext spark = context();
			TiffRegions regions = new TiffRegions(Storage.path(huge(side).toUri().toString())))
		{
			assertEquals(side, regions.width());
			final Picture part = regions.read(new Tile(side - 30, side - 15, 20, 10));
			assertEquals(77, part.values()[5 * 20 + 10]);
			assertEquals(0, part.values()[0]);
		}
	}

	private static JavaSparkContext context() {
		return new JavaSparkContext(
			new SparkConf().setMaster("local[1]").setAppName("test").set("spark.ui.enabled", "false")
				.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1"));
	}

	/** Writes an image as ImageIO does: with this compression, in tiles of 48x32 or strips of ImageIO's choice. */
	private Path written(final BufferedImage image, final String compression, final boolean tiled) throws IOException {
		final Path file = folder.resolve("layout.tif");
		Files.deleteIfExists(file);
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			final ImageWriteParam parameters = writer.getDefaultWriteParam();
			parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			if (!compression.equals("none")) parameters.setCompressionType(compression);
			else parameters.setCompressionMode(ImageWriteParam.MODE_DISABLED);
			if (tiled) {
				parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
				parameters.setTiling(48, 32, 0, 0);
			}
			writer.write(null, new IIOImage(image, null, null), parameters);
		}
		finally {
			writer.dispose();
		}
		return file;
	}

	@ParameterizedTest
	@CsvSource({ "none, false", "none, true", "LZW, false", "LZW, true", "Deflate, true", "PackBits, false",
		"ZLib, false" })
	void anyRectangleOfAnyLayoutIsRead(final String compression, final boolean tiled) throws IOException {
		final Random random = new Random(7);
		for (final int type : new int[] { BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY,
			BufferedImage.TYPE_3BYTE_BGR })
		{
			final BufferedImage image = new BufferedImage(130, 101, type);
			final WritableRaster pixels = image.getRaster();
			for (int y = 0; y < 101; y++)
				for (int x = 0; x < 130; x++)
					for (int c = 0; c < pixels.getNumBands(); c++) pixels.setSample(x, y, c, random.nextInt(256));
			try (JavaSparkContext spark = context(); TiffRegions regions = new TiffRegions(
				Storage.path(written(image, compression, tiled).toUri().toString())))
			{
				for (final Tile box : List.of(new Tile(0, 0, 130, 101), new Tile(47, 31, 50, 34),
					new Tile(97, 64, 33, 37), new Tile(129, 100, 1, 1)))
				{
					final Picture part = regions.read(box);
					int i = 0;
					for (int c = 0; c < pixels.getNumBands(); c++)
						for (int y = 0; y < box.height(); y++)
							for (int x = 0; x < box.width(); x++)
								assertEquals(pixels.getSample(box.x() + x, box.y() + y, c), part.values()[i++]);
				}
			}
		}
	}

	private static int value(final int x, final int y) {
		return x * 977 + y * 7919 & 0xffff;
	}

	/** A TIFF of 40x20 values of 16 bits as other programs write them: differences to the left, in tiles of 16x16. */
	private Path differences(final int compression) throws IOException {
		final int[] places = new int[6], counts = new int[6];
		final ByteArrayOutputStream tiles = new ByteArrayOutputStream();
		for (int i = 0; i < 6; i++) {
			final ByteBuffer values = ByteBuffer.allocate(2 * 16 * 16);
			for (int y = 0; y < 16; y++)
				for (int x = i % 3 * 16, left = 0; x < i % 3 * 16 + 16; left = value(x++, i / 3 * 16 + y))
					values.putShort((short) (value(x, i / 3 * 16 + y) - left));
			places[i] = 8 + tiles.size();
			try (DeflaterOutputStream out = new DeflaterOutputStream(tiles)) {
				out.write(values.array());
			}
			counts[i] = 8 + tiles.size() - places[i];
		}
		final int behind = 8 + tiles.size(), start = behind + 48;
		final int[][] entries = { { 256, 1, 40 }, { 257, 1, 20 }, { 258, 1, 16 }, { 259, 1, compression },
			{ 262, 1, 1 }, { 277, 1, 1 }, { 317, 1, 2 }, { 322, 1, 16 }, { 323, 1, 16 }, { 324, 6, behind },
			{ 325, 6, behind + 24 } };
		final ByteBuffer file = ByteBuffer.allocate(start + 2 + 12 * entries.length + 4);
		file.putInt(0x4d4d002a).putInt(start).put(tiles.toByteArray());
		for (final int place : places) file.putInt(place);
		for (final int count : counts) file.putInt(count);
		file.putShort((short) entries.length);
		for (final int[] entry : entries) { // one SHORT, or the place of LONGs
			final boolean one = entry[1] == 1;
			file.putShort((short) entry[0]).putShort((short) (one ? 3 : 4)).putInt(entry[1]);
			file.putInt(one ? entry[2] << Short.SIZE : entry[2]);
		}
		return Files.write(folder.resolve("differences.tif"), file.array());
	}

	@Test
	void differencesOf16BitsAreAddedUp() throws IOException {
		try (JavaSparkContext spark = context();
			TiffRegions regions = new TiffRegions(Storage.path(differences(8).toUri().toString())))
		{
			for (final Tile box : List.of(new Tile(0, 0, 40, 20), new Tile(5, 3, 30, 15), new Tile(39, 19, 1, 1))) {
				final Picture part = regions.read(box);
				for (int p = 0; p < part.values().length; p++)
					assertEquals(value(box.x() + p % box.width(), box.y() + p / box.width()), part.values()[p]);
			}
		}
	}

	/** Such as Zstandard: the file is not damaged. */
	@Test
	void anotherCompressionIsASentence() throws IOException {
		try (JavaSparkContext spark = context();
			TiffRegions regions = new TiffRegions(Storage.path(differences(50_000).toUri().toString())))
		{
			final String said = assertThrows(DipException.class, () -> regions.read(new Tile(0, 0, 9, 9))).getMessage();
			assertTrue(said.contains("differences.tif") && said.contains("other than LZW, Deflate"), said);
		}
	}

	/** Cut off, or with places and numbers that no file has. */
	@Test
	void damagedFilesAreASentence() throws IOException {
		final List<byte[]> files = List.of(Files.readAllBytes(huge(64)), written(0),
			Files.readAllBytes(written(new BufferedImage(60, 40, BufferedImage.TYPE_USHORT_GRAY), "LZW", true)),
			Files.readAllBytes(written(new BufferedImage(60, 40, BufferedImage.TYPE_BYTE_GRAY), "none", true)));
		final Random random = new Random(5);
		try (JavaSparkContext spark = context()) {
			for (int i = 0; i < 400; i++) {
				final byte[] damaged = files.get(i % files.size()).clone();
				for (int k = 0; k < 3; k++)
					damaged[random.nextInt(Math.min(400, damaged.length))] = (byte) random.nextInt();
				final Path file = folder.resolve("damaged.tif");
				Files.write(file, Arrays.copyOf(damaged, i % 7 == 0 ? random.nextInt(damaged.length) : damaged.length));
				try (TiffRegions regions = new TiffRegions(Storage.path(file.toUri().toString()))) {
					regions.read(new Tile(0, 0, 1, 1));
				}
				catch (final DipException sentence) {
					assertTrue(sentence.getMessage().contains("damaged.tif"), sentence.getMessage());
				}
			}
		}
	}
}
