package io.github.deepimageprior.classifier;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.torchscript.ModuleArchive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the files of a model: its module, its card and its labels, from disk or from the plugin itself. */
final class ModelFiles {

	private ModelFiles() {}

	/**
	 * @param most the largest size of such a file, in bytes; of a larger one no more is read
	 * @return the text without a byte order mark
	 * @throws DipException if the file cannot be read, is not UTF-8 text, or is larger
	 */
	static String text(final Path path, final int most) {
		try (InputStream file = Files.newInputStream(path)) {
			final byte[] bytes = file.readNBytes(most + 1);
			if (bytes.length > most)
				throw new DipException("The file " + path + " is larger than " + most / 1000
					+ " kB: check that it is the text that it should be.");
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
				.replaceFirst("^\\ufeff", "");
		}
		catch (final CharacterCodingException notText) {
			throw new DipException("The file " + path + " is not UTF-8 text: save it as UTF-8.", notText);
		}
		catch (final IOException unreadable) {
			throw unreadable(path, unreadable);
		}
	}

	/**
	 * @param trust whether the module may use operators that could do more than compute
	 * @return the content of a TorchScript file
	 * @throws DipException if the file cannot be read, is not a TorchScript module, or uses such operators
	 */
	static InputStream module(final Path path, final boolean trust) {
		try {
			return trust ? new BufferedInputStream(Files.newInputStream(path))
				: ModuleArchive.read(path).requireHarmless().content();
		}
		catch (final IOException unreadable) {
			throw unreadable(path, unreadable);
		}
	}

	private static DipException unreadable(final Path path, final IOException problem) {
		return new DipException("The file " + path + " cannot be read: check that it exists and that you may read it.",
			problem);
	}

	/** @return the content of a resource of this package */
	static byte[] resource(final String name) throws IOException {
		try (InputStream file = ModelFiles.class.getResourceAsStream(name)) {
			return file.readAllBytes();
		}
	}

	/** @return the card in a resource of this package */
	static ModelCard bundledCard(final String name) throws IOException {
		return ModelCard.parse(new String(resource(name), StandardCharsets.UTF_8), name);
	}

	/** @return the names of ImageNet's 1000 classes, in torchvision's order */
	static Labels imageNetLabels() {
		final String name = "imagenet1k_labels.txt";
		return Labels.of(content(name), name);
	}

	/** @return the WordNet IDs of ImageNet's 1000 classes, in the same order */
	static List<String> wordNetIds() {
		return content("imagenet1k_wordnet.txt").lines().toList();
	}

	private static String content(final String resource) {
		try {
			return new String(resource(resource), StandardCharsets.UTF_8);
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}
}
