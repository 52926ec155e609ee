package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.HeadlessImageJ.IMAGEJ;
import static io.github.deepimageprior.host.HeadlessImageJ.assertPrinted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The zip files for users. */
class ZipIT {

	/** What Fiji has of the plugin's dependencies, as it has the parent POM of this project. */
	private static final Set<String> OF_FIJI = Set.of("commons-codec", "commons-compress", "commons-io", "gson",
		"imglib2", "jna", "parsington", "scijava-common", "slf4j-api");

	@TempDir
	private Path folder;

	private static Path only(final Path folder, final String pattern) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			final List<Path> found = files.filter(file -> file.getFileName().toString().matches(pattern)).toList();
			assertEquals(1, found.size(), pattern + ": " + found);
			return found.get(0);
		}
	}

	/** @return the name of a jar without its version */
	private static String name(final Path jar) {
		return jar.getFileName().toString().replaceFirst("-\\d.*", "");
	}

	private static Set<String> names(final Path jars) throws IOException {
		try (Stream<Path> files = Files.list(jars)) {
			final List<String> names = files.map(ZipIT::name).toList();
			assertEquals(names.size(), Set.copyOf(names).size(), names.toString());
			return new TreeSet<>(names);
		}
	}

	/** Copies what does not exist yet; it fails where something would be replaced. */
	private static void unpack(final Path zip, final Path target) throws IOException {
		try (ZipInputStream files = new ZipInputStream(Files.newInputStream(zip))) {
			for (ZipEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
				final Path path = target.resolve(file.getName());
				if (file.isDirectory()) Files.createDirectories(path);
				else Files.copy(files, path);
			}
		}
	}

	/** @return a host with ij.jar, what runs it without a display, and some jars */
	private Path host(final Set<String> names) throws IOException {
		final Path host = Files.createDirectory(folder.resolve("host"));
		Files.createDirectory(host.resolve("plugins"));
		Files.copy(IMAGEJ.resolve("ij.jar"), host.resolve("ij.jar"));
		for (final String part : List.of("headless", "jars")) {
			Files.createDirectory(host.resolve(part));
			try (Stream<Path> jars = Files.list(IMAGEJ.resolve(part))) {
				for (final Path jar : jars.toList()) if (part.equals("headless") || names.contains(name(jar)))
					Files.copy(jar, host.resolve(part).resolve(jar.getFileName()));
			}
		}
		return host;
	}

	@ParameterizedTest
	@CsvSource({ "imagej, ImageJ", "fiji, Fiji" })
	void unpackedOverAHostItRuns(final String kind, final String title) throws Exception {
		final Path host = host(kind.equals("fiji") ? OF_FIJI : Set.of());
		final String platform = only(IMAGEJ.resolve("jars"), "pytorch-native-cpu-.*").getFileName().toString()
			.replaceAll("pytorch-native-cpu-[\\d.]+-(.*)\\.jar", "$1");
		unpack(only(IMAGEJ.getParent(), "deep-image-prior-.*-" + kind + "-" + platform + "\\.zip"), host);
		assertEquals(names(IMAGEJ.resolve("jars")), names(host.resolve("jars")));
		final String readme = Files.readString(host.resolve("README_Deep_Image_Prior.txt"));
		assertTrue(readme.startsWith("Deep Image Prior " + version() + " for " + title + " on " + platform), readme);
		assertTrue(!readme.contains("@") && readme.lines().count() == 10, readme);
		final String log = new HeadlessImageJ(folder, host).patched("""
			run("DIP Sample Image"); makeRectangle(60, 60, 48, 48); run("Crop");
			run("DIP Denoise...", "device=CPU"); print("active: " + getTitle());
			run("DIP Engine...", "self_test=false");
			""", "");
		assertPrinted("active: coffee: denoised", log);
		assertPrinted("Problems: none", log);
		assertTrue(log.contains("JNA: 5.14.0, " + host), log);
	}

	private static Path plugin() throws IOException {
		return only(IMAGEJ.resolve("plugins"), "Deep_Image_Prior-.*\\.jar");
	}

	private static String version() throws IOException {
		return plugin().getFileName().toString().replaceAll("Deep_Image_Prior-(.*)\\.jar", "$1");
	}

	private static Stream<Element> elements(final NodeList nodes) {
		return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
	}

	@Test
	void whatIsPublishedDependsOnNoPlatform() throws Exception {
		final Document pom;
		try (JarFile jar = new JarFile(plugin().toFile());
			InputStream text = jar.getInputStream(
				jar.getEntry("META-INF/maven/io.github.deepimageprior/Deep_Image_Prior/pom.xml")))
		{
			pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(text);
		}
		elements(pom.getElementsByTagName("profile")).filter(profile -> has(profile, "os"))
			.forEach(profile -> assertFalse(has(profile, "dependencies"), profile.getTextContent()));
		final List<Element> libtorch = elements(pom.getElementsByTagName("dependency"))
			.filter(dependency -> has(dependency, "classifier")).toList();
		assertEquals(1, libtorch.size());
		assertTrue(has(libtorch.get(0), "optional"));
	}

	private static boolean has(final Element parent, final String tag) {
		return parent.getElementsByTagName(tag).getLength() > 0;
	}
}
