package io.github.deepimageprior.image;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;

import io.github.deepimageprior.DipException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * An image file, which may be damaged or cut off. ImageJ opens what is there and leaves the rest blank, without a word,
 * or decompresses for ever. What shows is found: a TIFF, JPEG, GIF, AVI, ZIP, raw PGM or PPM file that ends before its
 * pixels do, damaged Deflate compression, and pictures that ImageJ did not get out of a file.
 */
public final class StoredImage {

	/** Header of raw PGM and PPM files: width, height, largest value, between them white space and comments. */
	private static final Pattern PGM = Pattern.compile("P([56])" + "(?:\\s|#[^\\n]*\\n)+(\\d{1,9})".repeat(3) + "\\s");
	private static final int LONGEST_HEADER = 4096;

	private final Path file;
	private final String name;

	/** @param file its path */
	public StoredImage(final Path file) {
		this(file, file.toString());
	}

	/**
	 * @param file its path
	 * @param name of the file in messages
	 */
	public StoredImage(final Path file, final String name) {
		this.file = file;
		this.name = name;
	}

	/**
	 * Checks the file before ImageJ opens it.
	 *
	 * @param decode whether pixels are decompressed to see if they can be; otherwise only their length is checked
	 * @throws DipException if the file is gone, damaged or cut off
	 */
	public void requireWhole(final boolean decode) {
		try (InputStream in = Files.newInputStream(file)) {
			final String start = new String(in.readNBytes(LONGEST_HEADER), StandardCharsets.ISO_8859_1);
			final StoredBlocks blocks = new StoredBlocks(file);
			if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
				blocks.requireTiff();
				for (final FileInfo page : pages()) new StoredPage(file, page).requireWhole(decode);
			}
			if (start.startsWith("GIF8")) blocks.requireGif();
			if (start.startsWith("RIFF")) blocks.requireAvi();
			if (start.startsWith("PK\3\4") && decode) blocks.requireZip();
			if (start.startsWith("\u00ff\u00d8") && decode) requireWholeJpeg();
			final Matcher pgm = PGM.matcher(start);
			if (pgm.lookingAt()) requireWholePgm(pgm);
		}
		catch (final IOException | RuntimeException damaged) {
			throw damaged(damaged);
		}
	}

	private void requireWholePgm(final Matcher header) throws IOException {
		final long channels = header.group(1).equals("6") ? 3 : 1,
			bytes = Long.parseLong(header.group(4)) > 255 ? 2 : 1;
		final long pixels = Long.parseLong(header.group(2)) * Long.parseLong(header.group(3));
		if (Files.size(file) < header.end() + pixels * channels * bytes) throw new EOFException("the end is missing");
	}

	/**
	 * Checks what ImageJ has got out of the file.
	 *
	 * @throws DipException if there is less than the file promises
	 */
	public void requireAll(final ImagePlus image) {
		final FileInfo info = image.getOriginalFileInfo();
		try {
			if (info == null) return;
			if (info.fileFormat == FileInfo.FITS || info.fileFormat == FileInfo.DICOM) {
				if (!file.toString().endsWith(".gz")) new StoredPage(file, info).requireWhole(false);
			}
			else if (info.fileFormat == FileInfo.TIFF) {
				final List<FileInfo> pages = pages();
				final boolean alike = pages.stream().allMatch(
					page -> page.width == info.width && page.height == info.height && page.fileType == info.fileType);
				final int promised = pages.stream().mapToInt(page -> Math.max(1, page.nImages)).sum();
				if (alike && image.getStackSize() < promised)
					throw new IOException(image.getStackSize() + " of " + promised + " pictures can be read");
			}
		}
		catch (final IOException damaged) {
			throw damaged(damaged);
		}
	}

	private List<FileInfo> pages() {
		final FileInfo[] pages = Opener.getTiffFileInfo(file.toString());
		return pages == null ? List.of() : List.of(pages); // ImageJ itself says that it cannot open it
	}

	/** Its decoder makes up what is missing, and warns. */
	private void requireWholeJpeg() throws IOException {
		final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
		final List<String> warnings = new ArrayList<>();
		reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			reader.setInput(in);
			reader.read(0);
		}
		catch (final IOException unsupported) {
			return; // ImageJ itself says that it cannot open it
		}
		finally {
			reader.dispose();
		}
		for (final String warning : warnings) if (warning.contains("premature end")) throw new IOException(warning);
	}

	private DipException damaged(final Exception reason) {
		final String why = reason instanceof IOException && reason.getMessage() != null ? reason.getMessage()
			: "it cannot be decoded";
		return new DipException(
			"The file '" + name + "' is damaged or cut off (" + why + "): copy it again from where it came from.",
			reason);
	}
}
