package io.github.deepimageprior.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.OutputFolder;
import io.github.deepimageprior.PartFile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The output folder of a study.
 *
 * @param path of the folder
 */
record StudyFolder(Path path) {

	private static final String DESCRIPTION = "study.json";

	private static final Gson JSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

	/**
	 * Makes the folder if it does not exist.
	 *
	 * @param study that is to write there
	 * @throws DipException if nothing can be written there, or it is the folder of another study or of the pictures
	 */
	static StudyFolder of(final Path path, final Study study) {
		requireUsable(path, study);
		OutputFolder.require(path, "output folder");
		return new StudyFolder(path);
	}

	/**
	 * @throws DipException if it is the folder of another study, of the pictures, or of files that no study wrote: some
	 *         might have the names of the results, which would replace them
	 */
	static void requireUsable(final Path path, final Study study) {
		requireApart(path, study.settings().text("data"));
		if (Files.exists(path.resolve(DESCRIPTION))) {
			if (!study.name().equals(former(path)) && !hasRows(path, study))
				throw new DipException(
					"The folder " + path + " has the results of another study: choose another output folder.");
		}
		else if (!RowLog.isIn(path) && hasFiles(path)) throw foreign(path);
	}

	/** @return what to throw for a folder with files of the user's */
	static DipException foreign(final Object path) {
		return new DipException("The output folder " + path
			+ " has files that are not those of a study: choose an empty folder, or that of a study to go on with.");
	}

	/** @return whether it is a folder with files that are not hidden */
	private static boolean hasFiles(final Path path) {
		if (!Files.isDirectory(path)) return false;
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
			for (final Path entry : entries) if (Files.isRegularFile(entry) && !isHidden(entry)) return true;
			return false;
		}
		catch (final IOException | DirectoryIteratorException refused) {
			throw new DipException(
				"The output folder " + path + " cannot be read: choose a folder whose files you may read.", refused);
		}
	}

	/** @return whether the host or another system, such as that of a shared folder, does not show the file */
	private static boolean isHidden(final Path file) throws IOException {
		return Files.isHidden(file) || file.getFileName().toString().startsWith(".");
	}

	/**
	 * @param data paths of the pictures, see {@link PictureSet#of}
	 * @throws DipException if the folder is one of them or lies in one: what a study writes would be its pictures
	 */
	private static void requireApart(final Path path, final String data) {
		for (final PictureSet set : PictureSet.of(data))
			if (real(path).startsWith(real(set.path())))
				throw new DipException("The output folder " + path + " lies in the folder of the pictures "
					+ set.path() + ": choose an output folder elsewhere.");
	}

	/** @return the path without links, also if it does not exist yet */
	private static Path real(final Path path) {
		final Path whole = path.toAbsolutePath();
		try {
			return whole.toRealPath();
		}
		catch (final IOException none) {
			return whole.getParent() == null ? whole : real(whole.getParent()).resolve(whole.getFileName());
		}
	}

	/** @return the name of the study that wrote to a folder before; null if its description cannot be read */
	private static String former(final Path path) {
		return text(read(path), "study");
	}

	/** @return whether the description is lost, but the rows are those of such a study */
	private static boolean hasRows(final Path path, final Study study) {
		return former(path) == null && RowLog.isIn(path, study.columns());
	}

	/** @return null if there is no such text */
	private static String text(final JsonObject json, final String key) {
		return json != null && json.get(key) instanceof JsonPrimitive value ? value.getAsString() : null;
	}

	/** @return null if there is no description that can be read */
	private static JsonObject read(final Path path) {
		try {
			return JsonParser.parseString(Files.readString(path.resolve(DESCRIPTION))).getAsJsonObject();
		}
		catch (final IOException | RuntimeException foreign) {
			return null;
		}
	}

	/** @return a setting of the study that wrote to a folder before; null if there was none */
	static String setting(final Path path, final String key) {
		final JsonObject json = read(path);
		return json != null && json.get("settings") instanceof JsonObject settings ? text(settings, key) : null;
	}

	/**
	 * Writes {@code study.json}: all that was set and found, by name. An older one is replaced at once: if the process
	 * is killed, the folder still says whose it is.
	 */
	void describe(final Map<String, Object> facts) {
		try (PartFile part = new PartFile(path.resolve(DESCRIPTION))) {
			part.stream().write(JSON.toJson(facts).getBytes(StandardCharsets.UTF_8));
			part.complete();
		}
		catch (final IOException full) {
			throw notWritten(DESCRIPTION, full);
		}
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
