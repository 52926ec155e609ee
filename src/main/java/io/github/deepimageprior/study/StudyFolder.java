package io.github.deepimageprior.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The output folder of a study.
 *
 * @param path of the folder
 */
record StudyFolder(Path path) {

	private static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	/**
	 * Makes the folder if it does not exist.
	 *
	 * @param study name of the study that is to write there
	 * @throws DipException if nothing can be written there, or it is the folder of another study
	 */
	static StudyFolder of(final Path path, final String study) {
		try {
			if (!Files.isDirectory(path)) Files.createDirectories(path); // which would refuse a link to a folder
			Files.delete(Files.createTempFile(path, "writable", null));
		}
		catch (final IOException refused) {
			throw new DipException("Nothing can be written to the output folder " + path
				+ ": choose a folder in which you may create files.", refused);
		}
		final Path description = path.resolve("study.json");
		if (Files.exists(description) && !study.equals(name(description)))
			throw new DipException(
				"The folder " + path + " has the results of another study: choose another output folder.");
		return new StudyFolder(path);
	}

	private static String name(final Path description) {
		final JsonObject json = read(description);
		return json != null && json.has("study") ? json.get("study").getAsString() : null;
	}

	/** @return null if it is no such file */
	private static JsonObject read(final Path description) {
		try {
			return JsonParser.parseString(Files.readString(description)).getAsJsonObject();
		}
		catch (final IOException | RuntimeException foreign) {
			return null;
		}
	}

	/** @return a setting of the study that wrote to a folder before; null if there was none */
	static String setting(final Path path, final String key) {
		final JsonObject json = read(path.resolve("study.json"));
		if (json == null || !json.has("settings")) return null;
		final JsonObject settings = json.getAsJsonObject("settings");
		return settings.has(key) ? settings.get(key).getAsString() : null;
	}

	/** Writes {@code study.json}: all that was set and found, by name. */
	void describe(final Map<String, Object> facts) {
		write("study.json", JSON.toJson(facts).getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	/** Writes the pictures of an item. */
	void keep(final Outcome outcome) {
		outcome.pictures().forEach((name, png) -> write(picture(outcome.item().key(), name), png));
	}

	/** @return the path of an item's picture within the folder */
	static String picture(final String key, final String name) {
		return "pictures/" + key + "-" + name + ".png";
	}

	private void write(final String name, final byte[] bytes) {
		try {
			final Path file = path.resolve(name);
			if (!Files.isDirectory(file.getParent())) Files.createDirectories(file.getParent());
			Files.write(file, bytes);
		}
		catch (final IOException full) {
			throw notWritten(name, full);
		}
	}

	/** @return what to throw when a file cannot be written */
	DipException notWritten(final String name, final IOException problem) {
		return new DipException("The file " + name + " cannot be written to " + path
			+ ": free some disk space and check that you may write there; all rows so far are kept, and the same study "
			+ "continues from them.", problem);
	}
}
