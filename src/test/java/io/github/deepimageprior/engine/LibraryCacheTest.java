package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryCacheTest {

	private static final String OWN = "2.7.1-cpu-linux-x86_64", BRIDGE = System.mapLibraryName("djl_torch");
	private static final Map<String, String> RESOURCES = Map.of("pytorch/cpu/linux-x86_64/libc10.so", "c10 library",
		"pytorch/cpu/linux-x86_64/libtorch.so", "torch library", "jnilib/linux-x86_64/cpu/" + BRIDGE, "djl for cpu",
		"jnilib/linux-x86_64/cu128/" + BRIDGE, "djl for cuda");

	@TempDir
	Path folder;

	private URLClassLoader jars;
	private Path own, cuda;

	@BeforeEach
	void unpack() throws IOException {
		final Path jar = folder.resolve("libraries.jar");
		try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
			for (final Map.Entry<String, String> resource : RESOURCES.entrySet()) {
				out.putNextEntry(new ZipEntry(resource.getKey()));
				out.write(resource.getValue().getBytes());
			}
		}
		jars = new URLClassLoader(new URL[] { jar.toUri().toURL() }, null);
		own = Files.createDirectory(folder.resolve(OWN));
		Files.writeString(own.resolve("libc10.so"), "c10 library");
		Files.writeString(own.resolve("libtorch.so"), "torch library");
		Files.writeString(own.resolve("0.36.0-" + BRIDGE), "djl for cpu");
		Files.writeString(own.resolve("0.30.0-" + BRIDGE), "of another version of DJL");
		cuda = Files.createDirectory(folder.resolve("2.7.1-cu128-linux-x86_64"));
		Files.writeString(cuda.resolve("0.36.0-" + BRIDGE), "djl for cuda");
		Files.writeString(Files.createDirectory(folder.resolve("1.13.1-cpu-linux-x86_64")).resolve("libtorch.so"),
			"old");
	}

	@AfterEach
	void closeJars() throws IOException {
		jars.close();
	}

	private void clean() throws IOException {
		new LibraryCache(folder, jars).clean("linux-x86_64", "0.36.0", OWN, "libc10.so", "libtorch.so");
	}

	@Test
	void whatIsWholeStays() throws IOException {
		clean();
		assertEquals(4, own.toFile().list().length);
		assertEquals(1, cuda.toFile().list().length);
		assertTrue(Files.exists(folder.resolve("1.13.1-cpu-linux-x86_64/libtorch.so")), "of another version");
	}

	@Test
	void aLibraryThatIsEmptyCutOffChangedOrGoneIsUnpackedAgain() throws IOException {
		for (final String damaged : new String[] { "", "torch libr", "torch xibrary", null }) {
			if (damaged == null) Files.delete(own.resolve("libtorch.so"));
			else Files.writeString(own.resolve("libtorch.so"), damaged);
			clean();
			assertFalse(Files.exists(own), "damaged: " + damaged);
			Files.deleteIfExists(folder.resolve("libraries.jar"));
			jars.close();
			Files.delete(folder.resolve("1.13.1-cpu-linux-x86_64/libtorch.so"));
			Files.delete(folder.resolve("1.13.1-cpu-linux-x86_64"));
			Files.delete(cuda.resolve("0.36.0-" + BRIDGE));
			Files.delete(cuda);
			unpack();
		}
	}

	@Test
	void theLibraryOfDjlTooOnEveryDevice() throws IOException {
		Files.writeString(own.resolve("0.36.0-" + BRIDGE), "");
		Files.writeString(cuda.resolve("0.36.0-" + BRIDGE), "djl for c");
		clean();
		assertFalse(Files.exists(own.resolve("0.36.0-" + BRIDGE)));
		assertTrue(Files.exists(own.resolve("libtorch.so")));
		assertArrayEquals(new String[0], cuda.toFile().list());
	}

	@Test
	void whatKilledProcessesHaveLeftIsDeleted() throws IOException {
		final Path abandoned = Files.createDirectory(folder.resolve("tmp123")),
			running = Files.createDirectory(folder.resolve("tmp456")), bridge = own.resolve("jni789tmp");
		for (final Path path : new Path[] { Files.writeString(abandoned.resolve("libtorch.so"), "half"), abandoned,
			Files.writeString(bridge, "half"), running })
			Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
		Files.writeString(running.resolve("libtorch.so"), "just being written");
		clean();
		assertFalse(Files.exists(abandoned));
		assertFalse(Files.exists(bridge));
		assertTrue(Files.exists(running.resolve("libtorch.so")));
	}
}
