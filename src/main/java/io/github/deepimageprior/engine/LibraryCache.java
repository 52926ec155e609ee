package io.github.deepimageprior.engine;

import ai.djl.util.Platform;
import ai.djl.util.Utils;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The folder into which DJL unpacks libtorch. DJL loads whatever it finds there, and a library that is cut off kills
 * the process. So what differs from the libraries in the jars is deleted, to be unpacked again, and so is what a killed
 * process has left half unpacked.
 *
 * @param folder of all versions
 * @param jars where the libraries come from
 */
record LibraryCache(Path folder, ClassLoader jars) {

	private static final String BRIDGE = System.mapLibraryName("djl_torch");

	/** Nobody takes so long between two writes while unpacking. */
	private static final Duration ABANDONED = Duration.ofMinutes(30);

	/** The cache that DJL uses, for the class path of the calling thread. */
	static LibraryCache ofDjl() {
		return new LibraryCache(Utils.getEngineCacheDir("pytorch"), Thread.currentThread().getContextClassLoader());
	}

	/** @throws IOException if a damaged library cannot be deleted */
	void clean() throws IOException {
		if (!Files.isDirectory(folder)) return;
		final Platform platform = Platform.detectPlatform("pytorch");
		final String own = platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier();
		clean(platform.getClassifier(), platform.getApiVersion(), own,
			platform.isPlaceholder() ? new String[0] : platform.getLibraries());
	}

	/**
	 * @param classifier of the operating system and processor
	 * @param djl version of DJL, whose own library lies in the folder of each version of libtorch
	 * @param own folder of the version whose libraries come from a jar: a version, a flavour ({@code cpu}, or a version
	 *        of CUDA) and the classifier
	 * @param libraries their names
	 */
	void clean(final String classifier, final String djl, final String own, final String... libraries)
		throws IOException
	{
		deleteAbandoned(folder, "tmp*");
		try (DirectoryStream<Path> versions = Files.newDirectoryStream(folder, "*-" + classifier)) {
			for (final Path version : versions) {
				final String name = version.getFileName().toString().replace("-" + classifier, ""),
					flavor = name.substring(name.lastIndexOf('-') + 1);
				deleteAbandoned(version, "jni*tmp");
				final Path bridge = version.resolve(djl + "-" + BRIDGE);
				if (Files.exists(bridge) && !isWhole(bridge, "jnilib/" + classifier + "/" + flavor + "/" + BRIDGE))
					Files.delete(bridge);
				final boolean whole = !version.endsWith(own)
					|| areWhole(version, "pytorch/" + flavor + "/" + classifier + "/", libraries);
				if (!whole) delete(version);
			}
		}
	}

	private boolean areWhole(final Path version, final String resources, final String... libraries) throws IOException {
		for (final String library : libraries)
			if (!isWhole(version.resolve(library), resources + library)) return false;
		return true;
	}

	/** @return whether a file has the length and the checksum of a resource; true if there is no such entry of a jar */
	private boolean isWhole(final Path file, final String resource) throws IOException {
		final URL url = jars.getResource(resource);
		if (url == null || !(url.openConnection() instanceof JarURLConnection jar)) return true;
		final var entry = jar.getJarEntry();
		if (!Files.isRegularFile(file) || Files.size(file) != entry.getSize()) return false;
		try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
			final byte[] block = new byte[1 << 20];
			while (in.read(block) >= 0);
			return in.getChecksum().getValue() == entry.getCrc();
		}
	}

	private static void deleteAbandoned(final Path folder, final String pattern) throws IOException {
		final Instant limit = Instant.now().minus(ABANDONED);
		try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, pattern)) {
			for (final Path path : old) try (Stream<Path> all = Files.walk(path)) {
				if (all.allMatch(each -> each.toFile().lastModified() < limit.toEpochMilli())) delete(path);
			}
			catch (final IOException | UncheckedIOException gone) {
				// another process has finished with it
			}
		}
	}

	private static void delete(final Path path) throws IOException {
		try (Stream<Path> all = Files.walk(path)) {
			final Path[] paths = all.toArray(Path[]::new);
			for (int i = paths.length - 1; i >= 0; i--) Files.deleteIfExists(paths[i]); // a folder after its files
		}
	}
}
