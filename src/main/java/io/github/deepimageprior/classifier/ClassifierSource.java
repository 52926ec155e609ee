package io.github.deepimageprior.classifier;

import ai.djl.Device;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.UserPath;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where a classifier comes from. */
public interface ClassifierSource {

	/** What users may name, besides the path of a file. */
	String LITE = "EfficientNet-Lite0", RESNET_18 = "ResNet-18", RESNET_50 = "ResNet-50", FILE = "TorchScript file";

	/** EfficientNet-Lite0 for the 1000 classes of ImageNet, which comes with the plugin. */
	ClassifierSource BUNDLED = device -> {
		try (InputStream file = resource("efficientnet_lite0.pt")) {
			return new Classifier(LITE, file.readAllBytes(), card("efficientnet_lite0.json"), labels(), device);
		}
	};

	/** @throws IOException if a file cannot be read, in the words of the system */
	Classifier load(Device device) throws IOException;

	/**
	 * @param device where it is to run
	 * @return the classifier, which is to be closed after use
	 * @throws DipException if a file is missing or not what it should be
	 */
	default Classifier open(final Device device) {
		try {
			return load(device);
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	/**
	 * A TorchScript module in a file. Beside it, in a file of the same name with the ending json, stands what must be
	 * known of it.
	 *
	 * @param path of the module
	 */
	static ClassifierSource file(final Path path) {
		return device -> {
			final Path json = path
				.resolveSibling(path.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".json");
			if (!Files.isRegularFile(path))
				throw new DipException("There is no model file " + path + ": give the path of a TorchScript module.");
			if (!Files.isRegularFile(json))
				throw new DipException("The model " + path.getFileName() + " needs a file " + json.getFileName()
					+ " beside it that says what its input is: see the README under Fool, explain, repair.");
			final ModelCard card = ModelCard.parse(text(json), json.getFileName().toString());
			final Path labels = path.resolveSibling(card.labels());
			if (!Files.isRegularFile(labels))
				throw new DipException("There is no labels file " + labels + ", which " + json.getFileName()
					+ " names: put it there, with one label a line.");
			return new Classifier(path.getFileName().toString(), bytes(path), card, text(labels).lines().toList(),
				device);
		};
	}

	private static String text(final Path path) {
		try {
			return Files.readString(path);
		}
		catch (final MalformedInputException notText) {
			throw new DipException("The file " + path + " is not text in UTF-8: save it as such.", notText);
		}
		catch (final IOException unreadable) {
			throw unreadable(path, unreadable);
		}
	}

	private static byte[] bytes(final Path path) {
		try {
			return Files.readAllBytes(path);
		}
		catch (final IOException unreadable) {
			throw unreadable(path, unreadable);
		}
	}

	private static DipException unreadable(final Path path, final IOException problem) {
		return new DipException("The file " + path + " cannot be read: see that it is there and that you may read it.",
			problem);
	}

	/** A module of DJL's model zoo that has been downloaded. */
	static ClassifierSource zoo(final ZooModel model) {
		return device -> {
			final byte[] file = bytes(model.path());
			try {
				return new Classifier(model.toString(), file, card("resnet.json"), labels(), device);
			}
			catch (final DipException unfit) {
				throw new DipException(unfit.getMessage() + " If " + model.path()
					+ " is damaged, delete it, and agree to the download again.", unfit);
			}
		};
	}

	private static InputStream resource(final String name) {
		return ClassifierSource.class.getResourceAsStream(name);
	}

	private static ModelCard card(final String name) throws IOException {
		try (InputStream json = resource(name)) {
			return ModelCard.parse(new String(json.readAllBytes(), StandardCharsets.UTF_8), name);
		}
	}

	private static List<String> labels() throws IOException {
		try (InputStream text = resource("imagenet1k_labels.txt")) {
			return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	/**
	 * Finds a source by what a user wrote.
	 *
	 * @param name {@link #LITE}, {@link #RESNET_18}, {@link #RESNET_50}, {@link #FILE}, or the path of a TorchScript
	 *        module
	 * @param file the path of the module if the name is {@link #FILE}
	 * @param download whether the user agrees to a download, if the model is not here yet
	 * @param progress is told how far a download is
	 * @throws DipException if there is no such model, or it cannot be downloaded
	 */
	static ClassifierSource named(final String name, final String file, final boolean download,
		final Progress progress)
	{
		final String wanted = name.strip();
		if (wanted.equalsIgnoreCase(LITE)) return BUNDLED;
		for (final ZooModel model : ZooModel.values()) {
			if (!wanted.equalsIgnoreCase(model.toString())) continue;
			model.require(download, progress);
			return zoo(model);
		}
		if (!wanted.equalsIgnoreCase(FILE)) {
			if (wanted.toLowerCase(Locale.ROOT).matches(".*\\.(pt|pth|ts|torchscript)"))
				return file(UserPath.of(wanted));
			throw new DipException("There is no classifier '" + name + "': write one of "
				+ String.join(", ", LITE, RESNET_18, RESNET_50, FILE)
				+ ", or the path of a TorchScript module that ends in .pt.");
		}
		if (file.isBlank())
			throw new DipException("No model file was given: write the path of a TorchScript module under Model file.");
		return file(UserPath.of(file));
	}
}
