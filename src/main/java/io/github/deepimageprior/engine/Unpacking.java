package io.github.deepimageprior.engine;

import ai.djl.util.Platform;
import ai.djl.util.Utils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The first start copies libtorch from its jar into DJL's cache. DJL tells nobody how far it is, but the copy grows in
 * a folder of its own, which gets its final name at the end.
 *
 * @param cache DJL's folder for libtorch
 * @param all bytes to copy; 0 if there is nothing to do
 */
record Unpacking(Path cache, long all) {

	/** @return what the next start has to copy */
	static Unpacking next() {
		try (ContextLoader context = new ContextLoader()) { // DJL looks for a logger
			final Path cache = Utils.getEngineCacheDir("pytorch");
			return LibtorchFolder.isUnpacked() ? next(cache, LibtorchLoader.platform()) : new Unpacking(cache, 0);
		}
	}

	private static Unpacking next(final Path cache, final Platform platform) {
		final String name = platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier();
		final String[] libraries = platform.getLibraries();
		if (libraries == null || Files.exists(cache.resolve(name))) return new Unpacking(cache, 0);
		final String folder = "pytorch/" + platform.getFlavor() + "/" + platform.getClassifier() + "/";
		return new Unpacking(cache, Stream.of(libraries).mapToLong(library -> size(folder + library)).sum());
	}

	private static long size(final String file) {
		final URL url = Unpacking.class.getClassLoader().getResource(file);
		if (url == null) return 0;
		try {
			final URLConnection entry = url.openConnection();
			return Math.max(0, entry.getContentLengthLong());
		}
		catch (final IOException unreadable) {
			return 0; // the start itself will say why
		}
	}

	/** @return bytes copied so far; 0 before and after the copy */
	long done() {
		try (Stream<Path> folders = Files.list(cache)) {
			return folders.filter(folder -> folder.getFileName().toString().startsWith("tmp"))
				.max(Comparator.comparingLong(folder -> folder.toFile().lastModified())).map(Unpacking::content)
				.orElse(0L);
		}
		catch (final IOException | UncheckedIOException gone) {
			return 0;
		}
	}

	private static long content(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.mapToLong(file -> file.toFile().length()).sum();
		}
		catch (final IOException gone) {
			throw new UncheckedIOException(gone);
		}
	}
}
