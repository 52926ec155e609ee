package io.github.deepimageprior.spark;

import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.study.Settings;

import java.nio.file.Path;
import java.util.List;

import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/** Copies the files of a user's classifier to the executors. */
final class ModelShipment {

	private static final String CLASSIFIER = "classifier", FILE = "model_file";

	private ModelShipment() {}

	/** @return the settings for the executors, in which the file has its name alone */
	static Settings of(final Settings settings, final JavaSparkContext spark) {
		final List<Path> files = ClassifierSource.files(settings.text(CLASSIFIER), settings.text(FILE));
		files.forEach(file -> spark.addFile(file.toUri().toString()));
		return files.isEmpty() ? settings.with(FILE, "")
			: settings.with(CLASSIFIER, ClassifierSource.FILE).with(FILE, files.get(0).getFileName());
	}

	/** @return the same with the path of the file on this executor */
	static Settings here(final Settings shipped) {
		final String name = shipped.text(FILE);
		return name.isEmpty() ? shipped : shipped.with(FILE, SparkFiles.get(name));
	}
}
