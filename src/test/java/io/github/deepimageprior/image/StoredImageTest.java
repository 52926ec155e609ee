package io.github.deepimageprior.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffDecoder;
import ij.plugin.FileInfoVirtualStack;
import ij.plugin.filter.AVI_Writer;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredImageTest {

	private static final int WIDTH = 200, HEIGHT = 150;

	@TempDir
	Path folder;

	private static ImagePlus image(final String type, final int slices) {
		final ImagePlus image = IJ.createHyperStack("a", WIDTH, HEIGHT, 1, slices, 1,
			type.equals("RGB") ? 24 : Integer.parseInt(type));
		for (int i = 1; i <= slices; i++) {
			final ImageProcessor plane = image.getStack().getProcessor(i);
			plane.add(50);
			plane.noise(20);
			image.getStack().setPixels(plane.getPixels(), i);
		}
		return image;
	}

	private Path saved(final String kind) throws IOException {
		final Path file = folder.resolve(kind.replace(' ', '.'));
		final String path = file.toString();
		final ImagePlus stack = image("16", 5);
		switch (kind) {
			case "8 tif" -> new FileSaver(image("8", 1)).saveAsTiff(path);
			case "16 tif" -> new FileSaver(image("16", 1)).saveAsTiff(path);
			case "32 tif" -> new FileSaver(image("32", 1)).saveAsTiff(path);
			case "RGB tif" -> new FileSaver(image("RGB", 1)).saveAsTiff(path);
			case "stack tif" -> new FileSaver(stack).saveAsTiffStack(path);
			case "hyperstack tif" -> {
				final ImagePlus hyperstack = image("16", 12);
				hyperstack.setDimensions(2, 3, 2);
				hyperstack.setOpenAsHyperStack(true);
				new FileSaver(hyperstack).saveAsTiffStack(path);
			}
			case "stack zip" -> new FileSaver(stack).saveAsZip(path);
			case "gif" -> new FileSaver(image("8", 3)).saveAsGif(path);
			case "avi" -> new AVI_Writer().writeImage(image("8", 3), path, AVI_Writer.NO_COMPRESSION, 0);
			case "bmp" -> new FileSaver(image("RGB", 1)).saveAsBmp(path);
			case "fits" -> new FileSaver(image("16", 1)).saveAsFits(path);
			case "pgm" -> new FileSaver(image("8", 1)).saveAsPgm(path);
			case "ppm" -> new FileSaver(image("RGB", 1)).saveAsPgm(path);
			case "jpg" -> new FileSaver(image("RGB", 1)).saveAsJpeg(path);
			case "png" -> new FileSaver(image("RGB", 1)).saveAsPng(path);
			default -> compressed(file, kind.split(" ")[0]);
		}
		return file;
	}

	private static void compressed(final Path file, final String compression) throws IOException {
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
		final ImageWriteParam how = writer.getDefaultWriteParam();
		how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		how.setCompressionType(compression);
		final BufferedImage pixels = image("8", 1).getProcessor().getBufferedImage();
		try (var out = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			writer.prepareWriteSequence(null);
			for (int page = 0; page < 3; page++) writer.writeToSequence(new IIOImage(pixels, null, null), how);
			writer.endWriteSequence();
		}
	}

	private static void open(final Path file) {
		final StoredImage stored = new StoredImage(file);
		stored.requireWhole(true);
		final ImagePlus image = IJ.openImage(file.toString());
		if (image != null) stored.requireAll(image);
	}

	@ParameterizedTest
	@ValueSource(strings = { "8 tif", "16 tif", "32 tif", "RGB tif", "stack tif", "hyperstack tif", "stack zip", "gif",
		"avi", "bmp", "Deflate tif", "ZLib tif", "LZW tif", "PackBits tif", "fits", "pgm", "ppm", "jpg", "png" })
	void whatIsCutOffIsFound(final String kind) throws IOException {
		final Path file = saved(kind);
		assertDoesNotThrow(() -> open(file), kind);
		if (kind.equals("png") || kind.equals("bmp")) return; // ImageJ itself finds it
		final byte[] whole = Files.readAllBytes(file);
		for (final double share : new double[] { 0.4, 0.9 }) {
			Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
			final String advice = assertThrows(DipException.class, () -> open(file), kind + " " + share).getMessage();
			assertTrue(advice.startsWith("The file '" + file + "' is damaged or cut off ("), advice);
			assertTrue(advice.endsWith("): copy it again from where it came from."), advice);
		}
	}

	/** ImageJ would read the pages that are there, or go round for ever. */
	@Test
	void pagesThatAreMissingOrFormACircleAreFound() throws IOException {
		final Path file = saved("stack tif");
		final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
		bytes.order(bytes.get(0) == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		final int first = bytes.getInt(4), next = first + 2 + 12 * bytes.getShort(first);
		for (final int where : new int[] { bytes.capacity() + 100, bytes.capacity() - 1, first }) {
			bytes.putInt(next, where);
			Files.write(file, bytes.array());
			assertThrows(DipException.class, () -> open(file), "at " + where);
		}
		bytes.putInt(next, 0);
		Files.write(file, bytes.array());
		assertDoesNotThrow(() -> open(file));
	}

	@Test
	void damagedCompressionIsFound() throws IOException {
		final Path file = saved("Deflate tif");
		final byte[] bytes = Files.readAllBytes(file);
		for (int i = bytes.length / 2; i < bytes.length / 2 + 20; i++) bytes[i] ^= 0x5a;
		Files.write(file, bytes);
		assertThrows(DipException.class, () -> open(file));
	}

	@Test
	void aVirtualStackWhoseFileIsGoneOrCutOffIsNotRead() throws Exception {
		final Path file = saved("stack tif");
		final FileInfo[] info = new TiffDecoder(folder + "/", file.getFileName().toString()).getTiffInfo();
		final ImagePlus lazy = new ImagePlus("lazy", new FileInfoVirtualStack(info[0], false));
		assertEquals(5, lazy.getStackSize());
		final ImageSource source = new ImageSource(lazy);
		source.read(4);
		final byte[] whole = Files.readAllBytes(file);
		Files.write(file, Arrays.copyOf(whole, whole.length - 30_000));
		assertTrue(assertThrows(DipException.class, () -> new ImageSource(lazy)).getMessage().contains("cut off"));
		Files.delete(file);
		final String gone = "The file '" + file
			+ "' of the virtual stack is not there any more: bring it back, and open the stack again.";
		assertEquals(gone, assertThrows(DipException.class, () -> source.read(4)).getMessage());
		assertEquals(gone, assertThrows(DipException.class, () -> new ImageSource(lazy)).getMessage());
	}

	@Test
	void theFilesOfAnImageSequenceToo() throws Exception {
		final VirtualStack sequence = new VirtualStack(WIDTH, HEIGHT, null, folder.toString());
		for (int i = 0; i < 3; i++) {
			new FileSaver(image("8", 1)).saveAsTiff(folder.resolve(i + ".tif").toString());
			sequence.addSlice(i + ".tif");
		}
		sequence.setBitDepth(8);
		final ImagePlus lazy = new ImagePlus("lazy", sequence);
		assertEquals(3, new ImageSource(lazy).count());
		Files.delete(folder.resolve("1.tif"));
		final ImageSource source = new ImageSource(lazy);
		source.read(0);
		assertTrue(
			assertThrows(DipException.class, () -> source.read(1)).getMessage().contains("1.tif' of the virtual"));
	}

	/** As of an AVI file that is gone. */
	@Test
	void aPlaneThatCannotBeReadIsSaid() {
		final ImageStack gone = new VirtualStack(WIDTH, HEIGHT, 3, "8-bit fill") {

			@Override
			public ImageProcessor getProcessor(final int n) {
				return n == 2 ? null : super.getProcessor(n);
			}
		};
		assertTrue(assertThrows(DipException.class, () -> new ImageSource(new ImagePlus("gone", gone)).read(1))
			.getMessage().startsWith("Plane 2 of the virtual stack cannot be read"));
	}

	@Test
	void aComputedStackHasNoFile() {
		final ImageStack computed = new VirtualStack(WIDTH, HEIGHT, 3, "8-bit fill");
		assertEquals(3, new ImageSource(new ImagePlus("computed", computed)).count());
	}
}
