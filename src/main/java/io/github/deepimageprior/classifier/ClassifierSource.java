package io.github.deepimageprior.classifier;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.UserPath;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source of a classifier: bundled with the plugin, downloaded, or a user's file. */
public interface ClassifierSource {

	/** The names of the sources, for {@link #named}; the path of a module is a name as well. */
	String LITE = "EfficientNet-Lite0", RESNET_18 = "ResNet-18", RESNET_50 = "ResNet-50", FILE = "TorchScript file";

	/** Paths of TorchScript modules. */
	String MODULE = "(?si).*[^/\\\\]\\.(pt|pth|ts|torchscript)";

	/** EfficientNet-Lite0 (after Tan and Le, 2019) for the 1000 classes of ImageNet, bundled with the plugin. */
	ClassifierSource BUNDLED = (device, cancellation) -> new Classifier(LITE,
		new ByteArrayInputStream(ModelFiles.resource("efficientnet_lite0.pt")),
		ModelFiles.bundledCard("efficientnet_lite0.json"), ModelFiles.imageNetLabels(), device, cancellation);

	/**
	 * Implements {@link #open}.
	 *
	 * @param cancellation null for none
	 * @throws IOException if a resource of the plugin cannot be read
	 */
	Classifier load(Device device, Cancellation cancellation) throws IOException;

	/**
	 * @param device on which the classifier is to run
	 * @return the classifier, to be closed after use
	 * @throws DipException if a file is missing, cannot be read, or does not contain what it should
	 */
	default Classifier open(final Device device) {
		return open(device, null);
	}

	/**
	 * @param device on which the classifier is to run
	 * @param cancellation of the computation that needs the classifier: a cancel ends the wait for a module that does
	 *        not return, with a {@link java.util.concurrent.CancellationException}
	 * @return the classifier, to be closed after use
	 * @throws DipException if a file is missing, cannot be read, or does not contain what it should
	 */
	default Classifier open(final Device device, final Cancellation cancellation) {
		try {
			return load(device, cancellation);
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	/**
	 * A TorchScript module in a file. A JSON file of the same name, with the extension json, must lie beside it and
	 * describe its input and output.
	 *
	 * @param path of the module
	 * @param trust whether the module may use operators that could do more than compute; see
	 *        {@link io.github.deepimageprior.torchscript}
	 */
	static ClassifierSource file(final Path path, final boolean trust) {
		return (device, cancellation) -> {
			final String name = path.getFileName().toString();
			final Path json = card(path);
			if (!Files.isRegularFile(path))
				throw new DipException("There is no model file " + path + ": enter the path of a TorchScript module.");
			if (!Files.isRegularFile(json))
				throw new DipException("The model " + name + " needs a file " + json.getFileName()
					+ " beside it that describes its input and output: see the page \"Fool, explain, repair\" of the "
					+ "documentation.");
			final ModelCard card = ModelCard.of(json);
			final Path labels = UserPath.beside(path, card.labels());
			if (!Files.isRegularFile(labels))
				throw new DipException("There is no labels file " + labels + ", which " + json.getFileName()
					+ " names: create it, with one label per line.");
			try (InputStream module = ModelFiles.module(path, trust)) {
				return new Classifier(name, module, card, Labels.of(labels), device, cancellation);
			}
		};
	}

	/**
	 * @param name as of {@link #named}
	 * @param file the path of the module if the name is {@link #FILE}
	 * @return the user's files that make the classifier: module, description and labels; empty if it needs none
	 * @throws DipException if the description is missing or malformed
	 */
	static List<Path> files(final String name, final String file) {
		final boolean chosen = name.strip().equalsIgnoreCase(FILE);
		if (!chosen && !name.strip().matches(MODULE)) return List.of();
		final Path path = UserPath.of(chosen ? file : name), json = card(path);
		return List.of(path, json, UserPath.beside(path, ModelCard.of(json).labels()));
	}

	private static Path card(final Path module) {
		return UserPath.beside(module, module.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".json");
	}

	/** As {@link #file(Path, boolean)}, for a module that is not trusted. */
	static ClassifierSource file(final Path path) {
		return file(path, false);
	}

	/**
	 * A module of DJL's model zoo that has been downloaded before.
	 *
	 * @param trust as for {@link #file(Path, boolean)}
	 */
	static ClassifierSource zoo(final ZooModel model, final boolean trust) {
		return (device, cancellation) -> {
			try (InputStream module = ModelFiles.module(model.path(), trust)) {
				return new Classifier(model.toString(), module, ModelFiles.bundledCard("resnet.json"),
					ModelFiles.imageNetLabels(), device, cancellation);
			}
			catch (final DipException unfit) {
				throw new DipException(
					unfit.getMessage() + " If " + model.path() + " is damaged, delete it and allow the download again.",
					unfit);
			}
		};
	}

	/**
	 * Finds the source that a user names, and downloads its model if necessary.
	 *
	 * @param name {@link #LITE}, {@link #RESNET_18}, {@link #RESNET_50} or {@link #FILE}, in any case, or the path of a
	 *        TorchScript module
	 * @param file the path of the module if the name is {@link #FILE}, otherwise ignored
	 * @param trust as for {@link #file(Path, boolean)}
	 * @param download whether the user allows a download if the model is not on this computer
	 * @param progress receives the progress of a download
	 * @throws DipException if there is no such source, or its model must not or cannot be downloaded
	 */
	static ClassifierSource named(final String name, final String file, final boolean trust, final boolean download,
		final Progress progress)
	{
		final String wanted = name.strip();
		if (wanted.equalsIgnoreCase(LITE)) return BUNDLED;
		for (final ZooModel model : ZooModel.values()) {
			if (!wanted.equalsIgnoreCase(model.toString())) continue;
			model.require(download, progress);
			return zoo(model, trust);
		}
		if (!wanted.equalsIgnoreCase(FILE)) {
			if (wanted.matches(MODULE)) return file(UserPath.of(wanted), trust);
			throw new DipException("There is no classifier '" + DipException.shown(name) + "': use one of "
				+ String.join(", ", LITE, RESNET_18, RESNET_50, FILE)
				+ ", or the path of a TorchScript module that ends in .pt.");
		}
		if (file.isBlank())
			throw new DipException("No model file was given: enter the path of a TorchScript module under Model file.");
		return file(UserPath.of(file), trust);
	}
}
