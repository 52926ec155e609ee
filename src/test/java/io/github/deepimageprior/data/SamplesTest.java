package io.github.deepimageprior.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Torch;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

	@TempDir
	private Path folder;

	private static Path resource(final String name) throws URISyntaxException {
		return Path.of(SamplesTest.class.getResource("/data/" + name).toURI());
	}

	private static void assertPicture(final int index, final Picture found) {
		assertEquals(List.of(5, 4, 3), List.of(found.width(), found.height(), found.channels()));
		final float[] expected = new float[60];
		for (int i = 0; i < 60; i++) expected[i] = (60 * index + i) * 7 % 256 / 255f;
		assertArrayEquals(expected, found.values(), 1e-6f);
	}

	private static String advice(final Path path) {
		return assertThrows(DipException.class, () -> Samples.of(path).get(0).read()).getMessage();
	}

	@ParameterizedTest
	@ValueSource(strings = { "new_ims", "old_ims", "both.npz", "last.npy" })
	void filesOfPyTorchAndNumPy(final String name) throws Exception {
		final List<Sample> samples = Samples.of(resource(name));
		assertEquals(List.of("3", "0", "9", "1", "2"), samples.stream().map(Sample::label).toList());
		for (int i = 4; i >= 0; i--) assertPicture(i, samples.get(i).read());
	}

	@Test
	void aTensorOfOnePictureOfBytes() throws Exception {
		assertPicture(0, Samples.of(resource("bytes_ims")).get(0).read());
	}

	/** The class is refused by its name: it is neither loaded nor called. */
	@ParameterizedTest
	@ValueSource(strings = { "evil_ims", "evil_old_ims" })
	void noOtherClassIsRead(final String name) throws Exception {
		final String advice = advice(resource(name));
		assertTrue(advice.contains(name) && advice.contains("posix.system"), advice);
		assertFalse(Files.exists(Path.of("/tmp/this_must_not_exist")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "old", "new" })
	void anyDamageIsASentence(final String format) throws Exception {
		final byte[] whole = Files.readAllBytes(resource(format + "_ims"));
		Files.copy(resource(format + "_lab"), folder.resolve("damaged_lab"));
		for (int place = 0; place < whole.length; place += 7) {
			final byte[] changed = whole.clone();
			changed[place] ^= 0x15;
			Files.write(folder.resolve("damaged_ims"), changed);
			try {
				Samples.of(folder.resolve("damaged_ims")).get(4).read();
			}
			catch (final DipException said) {
				assertTrue(said.getMessage().contains("damaged_ims"), said.getMessage());
			}
		}
	}

	@Test
	void tensorsMustBePictures() throws Exception {
		Files.copy(resource("new_lab"), folder.resolve("flat_ims"));
		Files.copy(resource("new_lab"), folder.resolve("flat_lab"));
		assertTrue(advice(folder.resolve("flat_ims")).contains("flat_ims has a tensor of"),
			advice(folder.resolve("flat_ims")));
	}

	/** @return a file like new_ims, in which a text of its list of tensors is another */
	private Path changed(final String text, final String other) throws Exception {
		Files.copy(resource("new_lab"), folder.resolve("changed_lab"), StandardCopyOption.REPLACE_EXISTING);
		final Path file = folder.resolve("changed_ims");
		try (ZipFile zip = new ZipFile(resource("new_ims").toFile());
			ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file)))
		{
			for (final ZipEntry entry : Collections.list(zip.entries())) {
				String content = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
				if (entry.getName().endsWith("data.pkl")) {
					assertTrue(content.contains(text));
					content = content.replace(text, other);
				}
				out.putNextEntry(new ZipEntry(entry.getName()));
				out.write(content.getBytes(StandardCharsets.ISO_8859_1));
			}
		}
		return file;
	}

	/** The strides of channels × height × width of 3×4×5, as a pickle has them, and others. */
	@Test
	void tensorsThatCannotBeReadAreAdvice() throws Exception {
		final String half = advice(changed("FloatStorage", "HalfStorage"));
		assertEquals("The file " + folder.resolve("changed_ims") + " cannot be read as a list of tensors (has tensors "
			+ "of the type HalfStorage): save a plain list of tensors with torch.save.", half);
		final String view = advice(changed("K\u0014K\u0005K\u0001", "K\u0001K\u0005K\u0014"));
		assertTrue(view.contains("cannot be read as a list of tensors (has a tensor that is a view of another"), view);
	}

	@Test
	void aStackIsNoPicture() throws Exception {
		final ImageStack stack = new ImageStack(4, 3);
		for (int i = 0; i < 3; i++) stack.addSlice(new ByteProcessor(4, 3));
		Files.createDirectories(folder.resolve("cat"));
		final Path file = folder.resolve("cat/stack.tif");
		assertTrue(new FileSaver(new ImagePlus("stack", stack)).saveAsTiffStack(file.toString()));
		assertEquals("The file " + file + " has 3 slices or channels: save each slice as a picture of its own, or "
			+ "convert channels with Image > Type > RGB Color.", advice(folder));
	}

	@Test
	void damagedTensorsAreRefused() throws Exception {
		final byte[] whole = Files.readAllBytes(resource("old_ims"));
		Files.write(folder.resolve("half_ims"), Arrays.copyOf(whole, 200));
		Files.copy(resource("old_lab"), folder.resolve("half_lab"));
		assertTrue(advice(folder.resolve("half_ims")).contains("half_ims"));
		Files.writeString(folder.resolve("text_ims"), "no tensors");
		Files.copy(resource("old_lab"), folder.resolve("text_lab"));
		assertTrue(advice(folder.resolve("text_ims")).contains("text_ims"));
		Files.copy(resource("bytes_ims"), folder.resolve("few_ims"));
		Files.copy(resource("old_lab"), folder.resolve("few_lab"));
		assertTrue(advice(folder.resolve("few_ims")).contains("1 pictures, but few_lab has 5 labels"));
		Files.copy(resource("bytes_ims"), folder.resolve("alone_ims"));
		assertTrue(advice(folder.resolve("alone_ims")).contains("alone_lab"));
	}

	@Test
	void numpyArraysNeedLabelsAndValuesInRange() throws Exception {
		assertTrue(advice(resource("grey.npy")).contains("labels"));
		Files.copy(resource("grey.npy"), folder.resolve("grey.npy"));
		Files.copy(resource("last_labels.npy"), folder.resolve("labels.npy"));
		assertTrue(advice(folder.resolve("grey.npy")).contains("0..1"));
		Files.writeString(folder.resolve("no.npz"), "no array");
		assertTrue(advice(folder.resolve("no.npz")).contains("no.npz"));
	}

	private Path numpy(final Object... namesAndShapes) throws IOException {
		final Path file = folder.resolve("several.npz");
		try (NDManager manager = Torch.manager(Device.cpu()); OutputStream bytes = Files.newOutputStream(file)) {
			final NDList arrays = new NDList();
			for (int i = 0; i < namesAndShapes.length; i += 2) {
				final NDArray array = manager.zeros(new Shape((long[]) namesAndShapes[i + 1]));
				array.setName((String) namesAndShapes[i]);
				arrays.add(array);
			}
			arrays.encode(bytes, NDList.Encoding.NPZ);
		}
		return file;
	}

	@Test
	void numpyArraysAreClear() throws Exception {
		final long[] two = { 2 }, grey = { 2, 1, 3, 3 }, five = { 2, 5, 4, 4 };
		assertEquals(2, Samples.of(numpy("x", grey, "y", two)).size());
		final String labels = advice(numpy("x", grey, "y", two, "ids", two));
		assertTrue(labels.contains("several.npz has more than one array of labels: save one"), labels);
		final String pictures = advice(numpy("x", grey, "y", two, "test", grey));
		assertTrue(pictures.contains("several.npz has more than one array of pictures: save one"), pictures);
		final String channels = advice(numpy("x", five, "y", two));
		assertTrue(channels.contains("several.npz have 5 channels: save grey or RGB pictures"), channels);
	}

	/** Two pictures of zeros and the labels 0 and 1, with these types. */
	private Path numpy(final String pictures, final int bytes, final String labels, final byte[] numbers)
		throws IOException
	{
		final Path file = folder.resolve("typed.npz");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			array(zip, "x.npy", pictures + ", 'shape': (2, 8, 8), ", new byte[2 * 64 * bytes]);
			array(zip, "y.npy", labels + ", 'shape': (2,), ", numbers);
		}
		return file;
	}

	private static void array(final ZipOutputStream zip, final String name, final String type, final byte[] values)
		throws IOException
	{
		final String order = type.contains("fortran_order") ? "" : ", 'fortran_order': False",
			header = "{'descr': " + type.replace(", 'shape'", order + ", 'shape'") + "}";
		zip.putNextEntry(new ZipEntry(name));
		zip.write(new byte[] { (byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0 });
		zip.write((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1));
		zip.write(values);
		zip.closeEntry();
	}

	/** At some of them libtorch would end the process. */
	@ParameterizedTest
	@ValueSource(strings = { "'|u1'#1#ok", "'<f2'#2#ok", "'<f8'#8#ok", "'<i8'#8#ok",
		"'|b1'#1#ok", "'<u2'#2#'<u2', which is not read: save", "'<i2'#2#'<i2', which", "'<u4'#4#'<u4', which",
		"'>f4'#4#'>f4', which", "'|O'#8#'|O', which", "[('a', '<f4')]#4#, which is not read",
		"'<f4', 'fortran_order': True#4#in Fortran's order" })
	void typesOfNumpyThatCannotBeReadAreRefused(final String line) throws Exception {
		final String[] parts = line.split("#");
		final Path file = numpy(parts[0], Integer.parseInt(parts[1]), "'<i4'", new byte[] { 0, 0, 0, 0, 1, 0, 0, 0 });
		if (parts[2].equals("ok")) {
			assertEquals(2, Samples.of(file).size());
			assertEquals(2, Samples.of(Files.copy(file, folder.resolve("LARGE.NPZ"))).size());
		}
		else assertTrue(advice(file).contains(parts[2]), advice(file));
	}

	@Test
	void labelsOfNumpyAreWholeNumbers() throws Exception {
		final ByteBuffer half = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(0.5f),
			whole = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(0);
		assertEquals("1", Samples.of(numpy("'|u1'", 1, "'<f4'", whole.array())).get(0).label());
		final String said = advice(numpy("'|u1'", 1, "'<f4'", half.array()));
		assertTrue(said.contains("typed.npz has the label 0.5: save the numbers of the classes, as whole"), said);
	}

	private static void write(final Path file, final int type, final int... grey) throws IOException {
		Files.createDirectories(file.getParent());
		final BufferedImage image = new BufferedImage(grey.length, 1, type);
		for (int x = 0; x < grey.length; x++)
			for (int c = 0; c < image.getRaster().getNumBands(); c++) image.getRaster().setSample(x, 0, c, grey[x]);
		final String name = file.toString();
		assertTrue(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()));
	}

	@Test
	void aFolderHasASubfolderForEachClass() throws Exception {
		write(folder.resolve("cat/b.png"), BufferedImage.TYPE_INT_RGB, 0, 51, 255);
		write(folder.resolve("cat/a.tif"), BufferedImage.TYPE_BYTE_GRAY, 0, 51, 255);
		write(folder.resolve("12/c.png"), BufferedImage.TYPE_USHORT_GRAY, 0, 13107, 65535);
		write(folder.resolve("n01440764_tench.png"), BufferedImage.TYPE_4BYTE_ABGR, 51, 51);
		write(folder.resolve("unlabelled.png"), BufferedImage.TYPE_INT_RGB, 1);
		Files.writeString(folder.resolve("cat/notes.txt"), "not a picture");
		Files.writeString(folder.resolve("cat/.b.png"), "hidden");
		final List<Sample> samples = Samples.of(folder);
		assertEquals(List.of("12/c.png", "cat/a.tif", "cat/b.png", "n01440764_tench.png"),
			samples.stream().map(Sample::name).toList());
		assertEquals(List.of("12", "cat", "cat", "n01440764"), samples.stream().map(Sample::label).toList());
		for (int i = 0; i < 3; i++) {
			final Picture picture = samples.get(i).read();
			assertEquals(i < 2 ? 1 : 3, picture.channels());
			for (int c = 0; c < picture.channels(); c++)
				assertArrayEquals(new float[] { 0, 0.2f, 1 }, picture.channels(c, 1).values(), 1e-6f);
		}
		assertArrayEquals(new float[] { .2f, .2f, .2f, .2f, .2f, .2f }, samples.get(3).read().values(), 1e-6f);
	}

	@ParameterizedTest
	@CsvSource({ "'', subfolder for each class",
		"cat/other.gif, ' but 1 in formats that are not read (GIF): convert them to PNG, JPEG or TIFF.'",
		"cat/notes.txt, 'PNG, JPEG or TIFF files in a subfolder'", "other.gif, 'PNG, JPEG or TIFF files in a subf'" })
	void anEmptyFolder(final String inside, final String advice) throws IOException {
		if (!inside.isEmpty()) {
			Files.createDirectories(folder.resolve(inside).getParent());
			Files.writeString(folder.resolve(inside), "");
		}
		assertTrue(advice(folder).contains("There are no labelled pictures in " + folder), advice(folder));
		assertTrue(advice(folder).contains(advice), advice(folder));
	}

	@Test
	void picturesInOtherFormatsAreCounted() throws IOException {
		write(folder.resolve("cat/a.png"), BufferedImage.TYPE_INT_RGB, 0);
		Files.writeString(folder.resolve("cat/notes.txt"), "not a picture");
		Files.writeString(folder.resolve("cat/.b.gif"), "hidden");
		Files.createDirectories(folder.resolve("cat/c.gif"));
		assertEquals(List.of(), Samples.skipped(folder));
		assertEquals(List.of(), Samples.skipped(folder.resolve("none")));
		Files.writeString(folder.resolve("cat/b.WebP"), "");
		assertEquals(List.of("In " + folder + ", 1 picture in a format that is not read is left out (WEBP): convert "
			+ "them to PNG, JPEG or TIFF."), Samples.skipped(folder));
		for (final String name : List.of("cat/d.bmp", "n01440764_e.heic", "unlabelled.gif", "cat/f.webp"))
			Files.writeString(folder.resolve(name), "");
		final String said = Samples.skipped(folder).get(0);
		assertTrue(said.contains("4 pictures in formats that are not read are left out (BMP, HEIC, WEBP)"), said);
		assertEquals(1, Samples.of(folder).size());
	}

	/** Beside the folders of classes or one folder too deep, but not among the results of a study. */
	@Test
	void picturesOutsideTheFoldersOfClassesAreCounted() throws IOException {
		for (final String read : List.of("cat/a.png", "n01440764_b.png"))
			write(folder.resolve(read), BufferedImage.TYPE_INT_RGB, 0);
		for (final String file : List.of("notes.txt", "cat/deep/notes.txt", "dog/results/study.json"))
			Files.writeString(Files.createDirectories(folder.resolve(file).getParent()).resolve(Path.of(file)
				.getFileName()), "");
		write(folder.resolve("dog/results/d.png"), BufferedImage.TYPE_INT_RGB, 0);
		assertEquals(List.of(), Samples.skipped(folder));
		for (final String stray : List.of("cat/deep/e.jpg", "f.png", "n01440764_deep/g/h.tif"))
			write(folder.resolve(stray), BufferedImage.TYPE_INT_RGB, 0);
		assertEquals(List.of("In " + folder + ", pictures that do not lie directly in the folder of a class are left "
			+ "out (3, such as " + Path.of("cat/deep/e.jpg") + "): move them into the folder of their class."),
			Samples.skipped(folder));
		assertEquals(2, Samples.of(folder).size());
	}

	/** @return a TIFF of one black pixel, whose samples lie from byte 8 on, and long lists from byte 200 on */
	private Path tiff(final int bits, final int samples, final int colour, final int format) throws IOException {
		final int[][] tags = { { 256, 1 }, { 257, 1 }, { 258, bits }, { 259, 1 }, { 262, colour }, { 273, 8 },
			{ 277, samples }, { 278, 1 }, { 279, samples * bits / 8 }, { 339, format } };
		final ByteBuffer bytes = ByteBuffer.allocate(256).put("MM".getBytes(StandardCharsets.US_ASCII));
		bytes.putShort((short) 42).putInt(24).position(24);
		bytes.putShort((short) tags.length);
		for (final int[] tag : tags) {
			final boolean each = tag[0] == 258 || tag[0] == 339;
			bytes.putShort((short) tag[0]).putShort((short) 3).putInt(each ? samples : 1);
			if (each && samples > 1) bytes.putInt(tag[0] == 258 ? 200 : 220);
			else bytes.putShort((short) tag[1]).putShort((short) 0);
		}
		for (int i = 0; i < samples; i++)
			bytes.putShort(200 + 2 * i, (short) bits).putShort(220 + 2 * i, (short) format);
		final Path file = folder.resolve("cat/one.tif");
		Files.createDirectories(file.getParent());
		return Files.write(file, bytes.array());
	}

	/** Signed integers, halves, and CMYK; format 4 is undefined, and taken as unsigned. */
	@ParameterizedTest
	@CsvSource({ "8,1,1,2", "16,1,1,2", "16,1,1,3", "16,3,2,2", "8,4,5,1", "16,4,5,1" })
	void otherKindsOfTiffAreRefused(final int bits, final int samples, final int colour, final int format)
		throws Exception
	{
		final Path file = tiff(bits, samples, colour, format);
		assertEquals("The file " + file + " is not a picture that can be read: convert it to grey or RGB, as PNG, "
			+ "JPEG, or TIFF with 8 or 16 unsigned bits.", advice(folder));
		for (final int plain : new int[] { 1, 4 }) {
			tiff(bits, samples == 4 ? 3 : samples, samples == 1 ? 1 : 2, plain);
			assertEquals(samples == 1 ? 1 : 3, Samples.of(folder).get(0).read().channels());
		}
	}

	@Test
	void jpegsThatAreCutOffOrInCmykAreRefused() throws Exception {
		final Path file = folder.resolve("cat/one.jpg");
		final int[] grey = new int[500];
		for (int x = 0; x < grey.length; x++) grey[x] = x * x % 256;
		write(file, BufferedImage.TYPE_INT_RGB, grey);
		assertEquals(500, Samples.of(folder).get(0).read().width());
		final byte[] whole = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(whole, whole.length * 3 / 4));
		assertTrue(advice(folder).contains("not damaged"), advice(folder));
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			writer.write(new IIOImage(Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null), null, null));
		}
		writer.dispose();
		assertTrue(advice(folder).contains("convert it to grey or RGB"), advice(folder));
	}

	@Test
	void whatIsMissingOrDamagedIsNamed() throws Exception {
		assertTrue(advice(folder.resolve("nowhere")).contains("nowhere"));
		Files.createDirectories(folder.resolve("1"));
		Files.writeString(folder.resolve("1/broken.png"), "no picture");
		assertTrue(advice(folder).contains("broken.png"));
		Files.writeString(folder.resolve("words.txt"), "no list");
		assertTrue(advice(folder.resolve("words.txt")).contains("words.txt"));
	}

	@Test
	void aListInCsv() throws Exception {
		write(folder.resolve("pictures/one, two.png"), BufferedImage.TYPE_INT_RGB, 255);
		final Path list = folder.resolve("list.csv");
		Files.writeString(list, "class,file,note\n\"a \"\"b\"\"\",\"pictures/one, two.png\",x\n7,gone.png,\n");
		final List<Sample> samples = Samples.of(list);
		assertEquals(List.of("a \"b\"", "7"), samples.stream().map(Sample::label).toList());
		assertArrayEquals(new float[] { 1, 1, 1 }, samples.get(0).read().values());
		assertTrue(assertThrows(DipException.class, samples.get(1)::read).getMessage().contains("gone.png"));
		Files.writeString(list, "picture,class\na.png,1\n");
		assertTrue(advice(list).contains("file,class"));
		for (final String twice : List.of("file,class,class\na.png,1,2\n", "file,class,File\na.png,1,b.png\n")) {
			Files.writeString(list, twice);
			assertTrue(advice(list).contains("a first line file,class, in which no name stands twice"), advice(list));
		}
		Files.writeString(list, "file,class\n\"a.png,1\n");
		assertTrue(advice(list).contains("list.csv"));
		Files.write(list, "file,class\nM\u00fcll.png,1\n".getBytes(StandardCharsets.ISO_8859_1));
		assertTrue(advice(list).endsWith("list.csv is not text in UTF-8: save the list as CSV in UTF-8."),
			advice(list));
		Files.writeString(list, "\uFEFFfile,class\n\"pictures/one, two.png\",5\n");
		assertEquals("5", Samples.of(list).get(0).label());
		for (final String empty : List.of("", "file,class\n", "picture,label\n")) {
			Files.writeString(list, empty);
			assertTrue(advice(list).matches("There are no pictures in .*list.csv: the first line must be file,class.*"),
				advice(list));
		}
	}

	@Test
	void binaryBatchesOfCifar() throws Exception {
		final byte[] batch = new byte[2 * 3073];
		batch[0] = 1;
		batch[3073] = 4;
		batch[3074] = batch[2 * 3073 - 1] = (byte) 255;
		Files.write(folder.resolve("data_batch_1.bin"), batch);
		assertEquals(List.of("1", "4"), Samples.of(folder).stream().map(Sample::label).toList());
		Files.writeString(folder.resolve("batches.meta.txt"), "airplane\nautomobile\n\n");
		final List<Sample> samples = Samples.of(folder.resolve("data_batch_1.bin"));
		assertEquals(List.of("automobile", "4"), samples.stream().map(Sample::label).toList());
		final Picture second = samples.get(1).read();
		assertEquals(List.of(32, 32, 3), List.of(second.width(), second.height(), second.channels()));
		assertEquals(List.of(1f, 0f, 1f),
			List.of(second.values()[0], second.values()[1], second.values()[second.values().length - 1]));
		Files.write(folder.resolve("cut.bin"), new byte[3000]);
		assertTrue(advice(folder.resolve("cut.bin")).contains("cut.bin"));
	}

	@Test
	void samplesTravel() throws Exception {
		final Sample sample = Samples.of(resource("both.npz")).get(2);
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(sample);
		assertEquals(sample, new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject());
	}
}
