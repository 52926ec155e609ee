package io.github.deepimageprior.classifier;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the files of a model: its module, its card and its labels, from disk or from the plugin itself. */
final class ModelFiles {

	private ModelFiles() {}

	/** @throws DipException if the file cannot be read or is not UTF-8 text */
	static String text(final Path path) {
		try {
			return Files.readString(path);
		}
		catch (final MalformedInputException notText) {
			throw new DipException("The file " + path + " is not UTF-8 text: save it as UTF-8.", notText);
		}
		catch (final IOException unreadable) {
			throw unreadable(path, unreadable);
		}
	}

	/** @throws DipException if the file cannot be read */
	static byte[] bytes(final Path path) {
		try {
			return Files.readAllBytes(path);
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
	static List<String> imageNetLabels() {
		return lines("imagenet1k_labels.txt");
	}

	/** @return the WordNet IDs of ImageNet's 1000 classes, in the same order */
	static List<String> wordNetIds() {
		return lines("imagenet1k_wordnet.txt");
	}

	private static List<String> lines(final String resource) {
		try {
			return new String(resource(resource), StandardCharsets.UTF_8).lines().toList();
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}
}
