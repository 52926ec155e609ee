package io.github.deepimageprior.engine;

import ai.djl.util.Utils;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.UserPath;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder with a libtorch that takes the place of the one that comes with the plugin, such as one for CUDA.
 *
 * @param lib folder of the libraries themselves
 * @param version of libtorch, such as 2.7.1
 * @param flavor what it was built for: cpu, or cu and the version of CUDA, such as cu128
 */
public record LibtorchFolder(Path lib, String version, String flavor) {

	/** A version and, unless it is for the CPU only, a flavour: as PyTorch writes it. */
	private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\+(\\w+))?");

	private static final String VARIABLE = System.getenv("PYTORCH_LIBRARY_PATH");

	private static volatile String chosen = "", loaded = "";

	/**
	 * Chooses the folder from which libtorch will be loaded, if it is not loaded yet. The environment variable
	 * PYTORCH_LIBRARY_PATH, if it is set, counts more.
	 *
	 * @param folder as of {@link #of}; empty for the libtorch that comes with the plugin
	 */
	public static void use(final String folder) {
		chosen = folder;
	}

	/** @return whether libtorch was loaded before another one was chosen, and stays until the process ends */
	public static boolean needsRestart() {
		return Torch.isRunning() && VARIABLE == null && !chosen.equals(loaded);
	}

	/**
	 * @return the folder to load libtorch from; null for none
	 * @throws DipException if it no longer fits
	 */
	static LibtorchFolder load() {
		final String folder = chosen;
		final LibtorchFolder found = folder.isEmpty() || VARIABLE != null ? null : of(folder);
		loaded = folder;
		return found;
	}

	/** @return what the libtorch that is loaded was built for */
	static String loadedFlavor() {
		if (VARIABLE != null) return Utils.getEnvOrSystemProperty("PYTORCH_FLAVOR", "a flavor that DJL guessed");
		return loaded.isEmpty() ? LibtorchLoader.platform().getFlavor() : of(loaded).flavor;
	}

	/**
	 * @return whether the libtorch that will be loaded is known to be for the CPU only
	 * @throws DipException if the folder that was chosen no longer fits
	 */
	static boolean isForTheCpu() {
		final String folder = chosen;
		if (VARIABLE != null) return false;
		return "cpu".equals(folder.isEmpty() ? LibtorchLoader.platform().getFlavor() : of(folder).flavor);
	}

	/** @return whether the libtorch that will be loaded comes from a jar */
	static boolean isUnpacked() {
		return VARIABLE == null && chosen.isEmpty();
	}

	/** @return why the folder that was chosen does not count; empty if it does */
	static String overridden() {
		return VARIABLE == null || chosen.isEmpty() ? ""
			: "The folder " + chosen + " does not count, since the environment variable PYTORCH_LIBRARY_PATH is set.";
	}

	/**
	 * Checks a folder.
	 *
	 * @param folder path of an unpacked libtorch, of an installed PyTorch, or of the folder of their libraries
	 * @return what is in there
	 * @throws DipException if it has no libtorch that the plugin can use
	 */
	public static LibtorchFolder of(final String folder) {
		final Path top = UserPath.of(folder).toAbsolutePath();
		final String library = System.mapLibraryName("torch");
		final Path lib = Stream.of(top.resolve("lib"), top).filter(path -> Files.isRegularFile(path.resolve(library)))
			.findFirst().orElseThrow(() -> new DipException("There is no libtorch in " + top + " (no " + library
				+ "): choose the folder into which libtorch was unpacked, or leave it empty."));
		final Matcher written = written(lib);
		final LibtorchFolder found = new LibtorchFolder(lib, written.group(1),
			written.group(2) == null ? "cpu" : written.group(2));
		found.requireFits();
		return found;
	}

	/** @return the version that PyTorch has written into a file of its own */
	private static Matcher written(final Path lib) {
		for (final Path file : new Path[] { lib.resolveSibling("build-version"), lib.resolve("build-version"),
			lib.resolveSibling("version.py") })
		{
			try {
				final Matcher version = VERSION.matcher(Files.isRegularFile(file) ? Files.readString(file) : "");
				if (version.find()) return version;
			}
			catch (final IOException unreadable) {
				// as if it were not there
			}
		}
		throw new DipException("The version of the libtorch in " + lib
			+ " is unknown, since the file build-version is missing: unpack the whole zip file.");
	}

	/** DJL calls libtorch through a library that is built for one version and flavour. */
	private void requireFits() {
		final String[] made = jni("pytorch.properties").split("-");
		final String jni = System.mapLibraryName("djl_torch");
		if (Files.exists(lib.resolve(made[1] + "-" + jni)) || Files.exists(lib.resolve(jni))) return; // built for it
		if (!version.equals(made[0]) || !isKnown(flavor))
			throw new DipException("The libtorch in " + lib + " is version " + version + " for " + flavor
				+ ", but the plugin works with version " + made[0] + " for "
				+ Stream.concat(Stream.of("cpu"), IntStream.range(110, 200).mapToObj(cuda -> "cu" + cuda))
					.filter(LibtorchFolder::isKnown).collect(Collectors.joining(" or "))
				+ ": choose a folder with that, or leave it empty.");
	}

	private static boolean isKnown(final String flavor) {
		return LibtorchFolder.class.getResource("/jnilib/" + LibtorchLoader.platform().getClassifier() + "/" + flavor
			+ "/" + System.mapLibraryName("djl_torch")) != null;
	}

	/** @return version of libtorch and version of DJL for which DJL's native part was built, with a hyphen between */
	private static String jni(final String properties) {
		try (InputStream file = LibtorchFolder.class.getResourceAsStream("/jnilib/" + properties)) {
			if (file == null)
				throw new DipException(
					"The jar pytorch-jni is missing: unpack the zip file of the plugin over ImageJ once more.");
			final Properties found = new Properties();
			found.load(file);
			return found.getProperty("jni_version");
		}
		catch (final IOException unreadable) {
			throw new DipException(
				"The jar pytorch-jni cannot be read: unpack the zip file of the plugin over ImageJ once more.",
				unreadable);
		}
	}
}
