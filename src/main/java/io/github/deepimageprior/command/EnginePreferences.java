package io.github.deepimageprior.command;

import ij.IJ;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.LibtorchFolder;
import io.github.deepimageprior.engine.Torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;

/**
 * What the user has chosen for libtorch, and how fast that is. It is remembered where SciJava remembers: in Java's
 * preferences of the user. ImageJ does not load its own preferences when it runs a macro without a display.
 */
final class EnginePreferences {

	private static final String THREADS = "threads", FOLDER = "libtorch_folder";

	/** Where Java keeps them on Linux, below the home folder. */
	private static final String STORE = ".java/.userPrefs";

	/** The most threads that can be chosen: more are a slip of the pen. */
	private static final int MOST = 1024;

	private static final Map<String, Double> SPEEDS = new ConcurrentHashMap<>();

	private EnginePreferences() {}

	/** @return number of threads; 0 for libtorch's own choice */
	static int threads() {
		return canUse(STORE) ? store().getInt(THREADS, 0) : 0;
	}

	/** @return path of a folder with libtorch; empty for the one that comes with the plugin */
	static String folder() {
		return canUse(STORE) ? store().get(FOLDER, "") : "";
	}

	private static Preferences store() {
		return Preferences.userNodeForPackage(EnginePreferences.class);
	}

	/** On Linux, Java would print a line when there are no preferences yet, and one every 30 s if there can be none. */
	private static boolean canUse(final String folder) {
		final String root = System.getProperty("java.util.prefs.userRoot", System.getProperty("user.home"));
		return !IJ.isLinux() || Files.isWritable(Path.of(root, folder));
	}

	/**
	 * Remembers what is chosen.
	 *
	 * @throws DipException if it cannot be used or cannot be remembered
	 */
	static void keep(final int threads, final String folder) {
		Choice.between("threads", threads, 0, MOST);
		final String chosen = folder.strip();
		if (!chosen.isEmpty()) LibtorchFolder.of(chosen);
		if (threads == threads() && chosen.equals(folder())) return;
		try {
			if (!canUse("")) throw new BackingStoreException("no permission");
			store().putInt(THREADS, threads);
			store().put(FOLDER, chosen);
			store().flush();
		}
		catch (final BackingStoreException refused) {
			throw new DipException("The choice cannot be remembered (" + refused.getMessage()
				+ "): check that you may write to your home folder.", refused);
		}
	}

	/** @return how fast work of a kind was done the last time; 0 if it is not known */
	static double speed(final String kind) {
		return SPEEDS.computeIfAbsent(kind, name -> canUse(STORE) ? store().getDouble(name, 0) : 0);
	}

	/** Remembers how fast work of a kind was done; where there are no preferences yet, in this session only. */
	static void keepSpeed(final String kind, final double speed) {
		SPEEDS.put(kind, speed);
		if (canUse(STORE)) store().putDouble(kind, speed);
	}

	/** Makes libtorch follow the preferences: the threads at once, the folder if libtorch is not loaded yet. */
	static void apply() {
		LibtorchFolder.use(folder());
		Torch.preferThreads(threads());
	}
}
