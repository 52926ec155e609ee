package io.github.deepimageprior.engine;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import ai.djl.util.Utils;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.HostJar;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.function.Function;

/** Loads libtorch from the jars on the class path, without a download, and advises the user if that fails. */
final class LibtorchLoader {

	private LibtorchLoader() {}

	/**
	 * @return DJL's PyTorch engine
	 * @throws DipException if the native library is missing, made for another platform, or cannot be loaded
	 */
	static Engine load() {
		final LibtorchFolder chosen = LibtorchFolder.load();
		try (MachineLock unpacking = MachineLock.in(Utils.getEngineCacheDir("pytorch"));
			ContextLoader context = new ContextLoader();
			SystemProperty offline = new SystemProperty("ai.djl.offline", "true");
			SystemProperty quiet = new SystemProperty("OPT_OUT_TRACKING", "true");
			SystemProperty path = property("PYTORCH_LIBRARY_PATH", chosen, found -> found.lib().toString());
			SystemProperty version = property("PYTORCH_VERSION", chosen, LibtorchFolder::version);
			SystemProperty flavor = property("PYTORCH_FLAVOR", chosen, LibtorchFolder::flavor))
		{
			// How long the threads of libgomp spin before they sleep. By default they spin so long that other programs
			// beside them halve the speed; threads that never spin halve it when there are no other programs.
			Libc.call("setenv", "GOMP_SPINCOUNT", "10000", 0);
			// Blocks of 2 MB and more in huge pages: glibc keeps none of more than 32 MB, and to get them page by page
			// at every step takes a fifth of the time of large pictures.
			Libc.call("setenv", "THP_MEM_ALLOC_ENABLE", "1", 0);
			LibraryCache.ofDjl().clean();
			return Engine.getEngine("PyTorch");
		}
		catch (final IOException | RuntimeException | LinkageError problem) {
			throw advice(problem);
		}
	}

	private static SystemProperty property(final String key, final LibtorchFolder chosen,
		final Function<LibtorchFolder, String> value)
	{
		return new SystemProperty(key, chosen == null ? null : value.apply(chosen));
	}

	/** @return the libtorch that comes with the plugin; on a class path without one, only this machine's platform */
	static Platform platform() {
		try (ContextLoader context = new ContextLoader()) {
			return Platform.detectPlatform("pytorch");
		}
	}

	private static DipException advice(final Throwable problem) {
		Throwable root = problem;
		while (root.getCause() != null) root = root.getCause();
		final String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().strip();
		if (root instanceof FileSystemException || reason.contains("No space left"))
			return new DipException(
				"libtorch cannot be unpacked into " + Utils.getEngineCacheDir("pytorch") + " (" + reason
					+ "): free some disk space and check that you may write there, or set the environment variable "
					+ "DJL_CACHE_DIR to another folder.",
				problem);
		final String twice = RequiredJars.twice();
		if (!twice.isEmpty()) return new DipException(twice, problem);
		return HostJar.advice(problem)
			.orElseGet(() -> new DipException("libtorch cannot be loaded on " + System.getProperty("os.name") + " "
				+ System.getProperty("os.arch")
				+ ": install the zip file of the plugin for this platform, as described in the README under Install ("
				+ reason + ").", problem));
	}
}
