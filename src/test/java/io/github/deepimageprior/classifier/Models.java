package io.github.deepimageprior.classifier;

import ai.djl.Device;

import io.github.deepimageprior.Picture;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The small TorchScript modules among the test resources, written by {@code make_models.py} there. */
public final class Models {

	/** Width and height of their input. */
	public static final int SIZE = 8;

	private Models() {}

	public static Path path(final String name) {
		try {
			return Path.of(Models.class.getResource("/models/" + name).toURI());
		}
		catch (final URISyntaxException impossible) {
			throw new IllegalStateException(impossible);
		}
	}

	public static Classifier open(final String name) {
		return ClassifierSource.file(path(name + ".pt")).open(Device.cpu());
	}

	/** @return the picture that the script classifies */
	public static Picture picture() {
		final float[] values = new float[3 * SIZE * SIZE];
		for (int i = 0; i < values.length; i++) values[i] = i * 37 % 192 / 192f;
		return new Picture(values, SIZE, SIZE, 3);
	}
}
