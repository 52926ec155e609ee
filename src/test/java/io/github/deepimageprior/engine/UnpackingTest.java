package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.Platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the first start is. */
class UnpackingTest {

	/** libtorch alone has hundreds of megabytes on every platform. */
	private static final long LEAST = 50_000_000;

	@Test
	void whatIsThereAlreadyIsNotUnpacked(@TempDir final Path folder) throws IOException {
		try (SystemProperty cache = new SystemProperty("ENGINE_CACHE_DIR", folder.toString())) {
			final long all = Unpacking.next().all();
			assertTrue(all > LEAST, String.valueOf(all));
			final Platform platform = LibtorchLoader.platform();
			Files.createDirectories(Unpacking.next().cache()
				.resolve(platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier()));
			assertEquals(0, Unpacking.next().all());
		}
	}

	@Test
	void theFilesOfTheLatestCopyCount(@TempDir final Path cache) throws IOException {
		final Unpacking unpacking = new Unpacking(cache, 100);
		assertEquals(0, unpacking.done());
		assertEquals(0, new Unpacking(cache.resolve("none"), 100).done());
		final Path old = Files.createDirectory(cache.resolve("tmp1")),
			now = Files.createDirectory(cache.resolve("tmp2"));
		Files.write(old.resolve("libtorch"), new byte[70]);
		Files.write(now.resolve("libtorch"), new byte[20]);
		Files.write(now.resolve("libc10"), new byte[3]);
		assertTrue(old.toFile().setLastModified(0));
		assertEquals(23, unpacking.done());
	}
}
