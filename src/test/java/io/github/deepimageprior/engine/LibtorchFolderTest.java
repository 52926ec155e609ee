package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which folders with libtorch are accepted. The libraries are empty files: none is loaded. */
class LibtorchFolderTest {

	@TempDir
	private Path folder;

	private Path unpacked(final String library, final String file, final String text) throws IOException {
		Files.createFile(Files.createDirectories(folder.resolve("lib")).resolve(System.mapLibraryName(library)));
		if (file != null) Files.writeString(folder.resolve(file), text);
		return folder;
	}

	private String refusal() {
		return assertThrows(DipException.class, () -> LibtorchFolder.of(folder.toString())).getMessage();
	}

	@ParameterizedTest
	@CsvSource({ "build-version, 2.7.1+cu128, cu128", "build-version, 2.7.1+cpu, cpu", "build-version, 2.7.1, cpu",
		"version.py, __version__ = '2.7.1+cu128', cu128" })
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void whatFitsIsAccepted(final String file, final String text, final String flavor) throws IOException {
		final LibtorchFolder expected = new LibtorchFolder(folder.resolve("lib"), "2.7.1", flavor);
		assertEquals(expected, LibtorchFolder.of(unpacked("torch", file, text).toString()));
		assertEquals(expected, LibtorchFolder.of(folder.resolve("lib").toString()));
	}

	@ParameterizedTest
	@CsvSource({ "2.6.0+cu128, version 2.6.0 for cu128", "2.7.1+cu118, version 2.7.1 for cu118",
		"2.7.1+rocm6, version 2.7.1 for rocm6" })
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void anotherVersionOrFlavourIsRefused(final String text, final String said) throws IOException {
		unpacked("torch", "build-version", text);
		assertTrue(refusal().endsWith("is " + said + ", but the plugin works with version 2.7.1 for cpu or cu128: "
			+ "choose a folder with that, or leave it empty."), refusal());
	}

	@Test
	void aFolderWithAnInterfaceOfItsOwnMayHaveAnyVersion() throws IOException {
		unpacked("torch", "build-version", "2.11.0+cu130");
		unpacked("djl_torch", null, null);
		assertEquals("cu130", LibtorchFolder.of(folder.toString()).flavor());
	}

	@Test
	void otherFoldersAreRefused() throws IOException {
		assertTrue(refusal().startsWith("There is no libtorch in " + folder), refusal());
		unpacked("torch", null, null);
		assertTrue(refusal().contains("the file build-version is missing"), refusal());
	}

	@Test
	void anotherChoiceNeedsARestartOnceLibtorchIsLoaded() {
		Torch.start();
		LibtorchFolder.use(folder.toString());
		try {
			assertTrue(LibtorchFolder.needsRestart());
		}
		finally {
			LibtorchFolder.use("");
		}
		assertFalse(LibtorchFolder.needsRestart());
	}
}
