package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartFileTest {

	@TempDir
	Path folder;

	private String[] files() {
		final String[] names = folder.toFile().list();
		Arrays.sort(names);
		return names;
	}

	@Test
	void aFileAppearsWhenItIsComplete() throws IOException {
		final Path target = Files.writeString(folder.resolve("a.tif"), "old");
		try (PartFile part = new PartFile(target)) {
			Files.writeString(part.path(), "new");
			assertEquals("old", Files.readString(target));
			part.complete();
		}
		assertEquals("new", Files.readString(target));
		assertArrayEquals(new String[] { "a.tif" }, files());
	}

	@Test
	void nothingIsLeftOfAnIncompleteOne() throws IOException {
		try (PartFile part = new PartFile(folder.resolve("a.tif"))) {
			Files.writeString(part.path(), "half");
		}
		assertArrayEquals(new String[0], files());
		assertThrows(IOException.class, () -> new PartFile(folder.resolve("none/a.tif")));
	}

	@Test
	void theLongestNamesWork() throws IOException {
		for (final String name : new String[] { "n".repeat(251) + ".tif", "ü".repeat(125) + ".tif" }) {
			try (PartFile part = new PartFile(folder.resolve(name))) {
				part.stream().write("long".getBytes(StandardCharsets.UTF_8));
				part.complete();
			}
			assertEquals("long", Files.readString(folder.resolve(name)));
		}
	}

	@Test
	void twoMayWriteTheSameFileAtOnce() throws IOException {
		final Path target = folder.resolve("a.tif");
		try (PartFile first = new PartFile(target); PartFile second = new PartFile(target)) {
			Files.writeString(first.path(), "first");
			Files.writeString(second.path(), "second");
			second.complete();
			first.complete();
		}
		assertEquals("first", Files.readString(target));
		assertArrayEquals(new String[] { "a.tif" }, files());
	}

	/** One process holds a file, the other has been killed; a third one writes the same. */
	@Test
	void onlyWhatAKilledProcessHasLeftIsDeleted() throws Exception {
		final Process killed = writer("a.tif"), alive = writer("a.tif"), other = writer("b.tif");
		killed.destroyForcibly().waitFor();
		other.destroyForcibly().waitFor();
		assertEquals(3, files().length);
		try (PartFile part = new PartFile(folder.resolve("a.tif"))) {
			assertEquals(3, files().length, "that of the living process, that of another file, and its own");
			part.complete();
		}
		alive.getOutputStream().close();
		assertEquals(0, alive.waitFor());
		assertEquals("written by another process", Files.readString(folder.resolve("a.tif")));
		new PartFile(folder.resolve("b.tif")).close();
		assertArrayEquals(new String[] { "a.tif" }, files());
	}

	private Process writer(final String name) throws IOException {
		final Process process = ChildProcess.start(ChildProcess.java(Writer.class, folder.resolve(name).toString()));
		assertTrue(process.getInputStream().read() == 'w', "it has written its file, but not completed it");
		return process;
	}

	/** Writes a file, and completes it when its own input ends. */
	public static final class Writer {

		private Writer() {}

		/** @param file its path */
		public static void main(final String[] file) throws IOException {
			try (PartFile part = new PartFile(Path.of(file[0]))) {
				try (OutputStream out = part.stream()) {
					out.write("written by another process".getBytes(StandardCharsets.UTF_8));
				}
				System.out.println("written");
				while (System.in.read() >= 0);
				part.complete();
			}
		}
	}
}
