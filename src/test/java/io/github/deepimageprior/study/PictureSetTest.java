package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.data.Sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSetTest {

	@TempDir
	private Path folder;

	private static List<String> names(final String data) {
		return PictureSet.of(data).stream().map(PictureSet::name).toList();
	}

	@Test
	void setsAreNamedByTheShortestDistinctEndsOfTheirPaths() {
		assertEquals(List.of("robust"), names("/x/robust"));
		assertEquals(List.of("original", "pairs.csv"), names("/x/original; /y/pairs.csv/;"));
		assertEquals(List.of("original/CIFAR_ims", "robust/CIFAR_ims"),
			names("/x/original/CIFAR_ims;/x/robust/CIFAR_ims"));
		assertEquals(List.of("a/test", "b/test", "other"), names("/a/test;/b/test;/b/other"));
		assertEquals(List.of("1/a/test", "2/a/test", "b/test"), names("/1/a/test;/2/a/test;/2/b/test"));
		assertEquals(List.of("/test", "a/test"), names("/test;/a/test"));
		assertEquals(List.of("b", "a"), names("/x/a/../b;/x/a/."));
	}

	@Test
	void namesThatDifferInSpacesOnly() throws Exception {
		final Path list = Files.writeString(folder.resolve("list.csv"), "file,class\na b.png,one\na  b.png,two\n");
		final PictureSet set = PictureSet.of(list.toString()).get(0);
		assertEquals("The name of the picture a  b.png differs from that of another in " + list
			+ " in spaces only: rename one of the two.", assertThrows(DipException.class, set::samples).getMessage());
		assertEquals(List.of("x/a b", "y/a b"), names("/x/a b;/y/a  b"));
	}

	@Test
	void theSamePathTwiceIsASentence() {
		for (final String twice : List.of("/x/test;/x/test", "/x/test;/x/y/../test/")) {
			final String advice = assertThrows(DipException.class, () -> PictureSet.of(twice)).getMessage();
			assertTrue(advice.matches("The pictures .*test are given twice: give them once[.]"), advice);
		}
		assertTrue(assertThrows(DipException.class, () -> PictureSet.of(" ; ")).getMessage()
			.startsWith("No pictures were given"));
	}

	@Test
	void aPictureThatIsListedTwiceIsASentence() throws Exception {
		final Path list = folder.resolve("list.csv");
		Files.writeString(list, "file,class\na.png,one\nb/a.png,two\n");
		assertEquals(List.of("a.png", "b/a.png"),
			PictureSet.of(list.toString()).get(0).samples().stream().map(Sample::name).toList());
		for (final String again : List.of("a.png,one", "a.png,two", "b/../a.png,one",
			folder.resolve("a.png") + ",one"))
		{
			Files.writeString(list, "file,class\na.png,one\nb/a.png,two\n" + again + "\n");
			final PictureSet set = PictureSet.of(list.toString()).get(0);
			final String advice = assertThrows(DipException.class, set::samples, again).getMessage();
			assertTrue(advice.matches("The picture .*a[.]png is listed twice in .*list[.]csv: list it once, .*[.]"),
				advice);
		}
	}
}
