package io.github.deepimageprior.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

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

	@Test
	void damagedTensorsAreRefused() throws Exception {
		final byte[] whole = Files.readAllBytes(resource("old_ims"));
		Files.write(folder.resolve("half_ims"), java.util.Arrays.copyOf(whole, 200));
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
	@CsvSource({ "'', subfolder for each class", "cat, subfolder for each class" })
	void anEmptyFolder(final String inside, final String advice) throws IOException {
		Files.createDirectories(folder.resolve(inside));
		assertTrue(advice(folder).contains(advice), advice(folder));
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
		Files.writeString(list, "file,class\n\"a.png,1\n");
		assertTrue(advice(list).contains("list.csv"));
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
