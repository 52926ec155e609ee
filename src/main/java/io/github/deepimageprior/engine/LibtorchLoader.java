package io.github.deepimageprior.engine;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** Loads libtorch from the jars on the class path, without a download, and advises the user if that fails. */
final class LibtorchLoader {

	private LibtorchLoader() {}

	/**
	 * @return DJL's PyTorch engine
	 * @throws DipException if the native library is missing, made for another platform, or cannot be loaded
	 */
	static Engine load() {
		// DJL looks for its engines and native libraries through the thread's context class loader, once, in a static
		// initialiser; ImageJ 1.x loads plugins with a class loader that no thread has as its context.
		final Thread thread = Thread.currentThread();
		final ClassLoader loader = thread.getContextClassLoader();
		thread.setContextClassLoader(LibtorchLoader.class.getClassLoader());
		try (SystemProperty offline = new SystemProperty("ai.djl.offline", "true");
			SystemProperty quiet = new SystemProperty("OPT_OUT_TRACKING", "true"))
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
		finally {
			thread.setContextClassLoader(loader);
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
		return new DipException("libtorch cannot be loaded on " + System.getProperty("os.name") + " "
			+ System.getProperty("os.arch")
			+ ": reinstall the plugin with a build made on this platform, as described in the README under Install ("
			+ reason + ").", problem);
	}
}
