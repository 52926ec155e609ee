package io.github.deepimageprior.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.data.Format;
import io.github.deepimageprior.data.Sample;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RowLogTest {

	private static final List<String> COLUMNS = List.of("name", "value", "seconds");

	@TempDir
	private Path folder;

	private Path file;

	@BeforeEach
	void name() {
		file = folder.resolve("rows.csv");
	}

	private static WorkItem item(final String key) {
		return new WorkItem("set", new Sample(key, "one", "/" + key, 0, Format.IMAGE), 0, "one", "clean", "digest",
			key);
	}

	private static Outcome outcome(final String key, final int rows, final String error) {
		return new Outcome(item(key),
			java.util.stream.IntStream.range(0, rows)
				.mapToObj(i -> Row.of("name", key + ", \"" + i + "\"\nü", "value", i / 3.0, "seconds", 0.5)).toList(),
			Map.of(), error);
	}

	private void append(final Outcome... outcomes) {
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			for (final Outcome outcome : outcomes) log.append(outcome);
		}
	}

	@Test
	void rowsComeBackAsTheyWere() {
		append(outcome("b", 2, null), outcome("a", 1, null));
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			assertTrue(log.has(item("a")) && log.has(item("b")));
			assertFalse(log.has(item("c")));
			final List<Row> rows = log.rows(List.of(item("a"), item("c"), item("b")));
			assertEquals(List.of("a", "b", "b"), rows.stream().map(row -> row.text("item")).toList());
			assertEquals("b, \"1\" ü", rows.get(2).text("name"));
			assertEquals(0.333333, rows.get(2).number("value"));
		}
	}

	/** Whatever the place where the process was killed: complete blocks are kept, and nothing else. */
	@Test
	void aTornBlockIsDropped() throws Exception {
		append(outcome("a", 2, null), outcome("b", 3, null));
		final byte[] all = Files.readAllBytes(file);
		append(outcome("c", 2, null));
		final int first = new String(all, StandardCharsets.UTF_8).indexOf("\nb,");
		final byte[] one = Arrays.copyOf(all,
			new String(all, StandardCharsets.UTF_8).substring(0, first + 1).getBytes(StandardCharsets.UTF_8).length);
		for (int length = 0; length < all.length; length += 3) {
			Files.write(file, Arrays.copyOf(all, length));
			try (RowLog log = new RowLog(folder, COLUMNS)) {
				assertEquals(length >= one.length, log.has(item("a")), "length " + length);
				assertFalse(log.has(item("b")), "length " + length);
				log.append(outcome("b", 3, null));
				if (length < one.length) log.append(outcome("a", 2, null));
				log.sort(List.of(item("a"), item("b")));
			}
			assertEquals(new String(all, StandardCharsets.UTF_8), Files.readString(file), "length " + length);
		}
	}

	@Test
	void sortedRowsAreInTheOrderOfTheItems() throws Exception {
		append(outcome("old", 1, null), outcome("c", 1, null), outcome("a", 2, null));
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			log.append(outcome("b", 1, null));
			log.sort(List.of(item("a"), item("b"), item("c")));
			log.append(outcome("d", 1, null));
		}
		assertEquals("item,a,a,b,c,old,d", String.join(",",
			Files.readString(file).lines().map(line -> line.substring(0, line.indexOf(','))).toList()));
	}

	@Test
	void aFailedItemIsARowAndIsTriedAgain() throws Exception {
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			log.append(outcome("a", 1, "It is broken:\nmend it."));
			log.append(outcome("b", 1, null));
			assertFalse(log.has(item("a")));
			assertEquals(List.of("It is broken:\nmend it."),
				List.copyOf(log.failures(List.of(item("a"), item("b"))).values()));
			log.sort(List.of(item("b"), item("a")));
		}
		assertTrue(Files.readString(file).endsWith(",It is broken: mend it.\n"));
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			assertFalse(log.has(item("a")));
			assertTrue(log.has(item("b")));
			assertTrue(log.failures(List.of(item("a"))).isEmpty());
			log.append(outcome("a", 1, null));
		}
		assertEquals(3, Files.readAllLines(file).size());
	}

	@Test
	void otherFilesAreRefusedAndKept() throws Exception {
		for (final String text : List.of("some,other,table\n1,2,3\n", "item,row,rows,name,error\na,1,1,b,\n",
			"item,row,rows,name,value,seconds,error\na,1\n", "\"unclosed\nquote\n", "no table at all"))
		{
			Files.writeString(file, text);
			final DipException refused = assertThrows(DipException.class, () -> new RowLog(folder, COLUMNS), text);
			assertTrue(refused.getMessage().contains("another output folder"), refused.getMessage());
			assertEquals(text, Files.readString(file));
		}
	}

	/** As a study leaves it whose data could not be used. */
	@Test
	void aFileWithoutRowsIsThatOfAnyStudy() throws Exception {
		Files.writeString(file, "item,row,rows,name,error\n");
		append(outcome("a", 1, null));
		assertEquals(Set.of("a"), RowLog.complete(folder, COLUMNS));
	}

	@Test
	void twoStudiesDoNotWriteToOneFile() {
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			final DipException refused = assertThrows(DipException.class, () -> new RowLog(folder, COLUMNS));
			assertTrue(refused.getMessage().startsWith("Another study is writing to"), refused.getMessage());
			log.append(outcome("a", 1, null));
		}
		append(outcome("b", 1, null));
	}

	/** A limit on the size of files stands for a full disk: the system refuses to write on. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aFullDiskKeepsAllRows() throws Exception {
		final String said = start("ulimit -f 8; ", Full.class);
		assertTrue(said.contains("free some disk space") && said.contains("all rows so far are kept"), said);
		final int complete = Integer.parseInt(said.substring(0, said.indexOf(' ')));
		assertTrue(complete > 10, said);
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			for (int i = 0; i < complete + 1; i++) assertEquals(i < complete, log.has(item("key" + i)), "item " + i);
		}
	}

	/** Other lanes go on after an error, and there may be space again: what they append follows complete rows. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void rowsAfterAFullDiskFollowCompleteOnes() throws Exception {
		assertTrue(start("ulimit -f 8; ", Large.class).contains("free some disk space"));
		try (RowLog log = new RowLog(folder, COLUMNS)) {
			assertTrue(log.has(item("before")) && log.has(item("after")));
			assertFalse(log.has(item("large")));
		}
		assertEquals(1 + 2 + 3, Files.readAllLines(file).size());
	}

	/** What runs there: appends an item that is larger than the disk, and then a small one. */
	static final class Large {

		private Large() {}

		public static void main(final String[] arguments) {
			try (RowLog log = new RowLog(new File(arguments[0]).toPath(), COLUMNS)) {
				log.append(outcome("before", 2, null));
				try {
					log.append(outcome("large", 1000, null));
				}
				catch (final DipException full) {
					System.out.println(full.getMessage());
					log.append(outcome("after", 3, null));
				}
			}
		}
	}

	/** The lock comes before the rows are read, and neither a second try nor a new file ends it. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void otherProcessesDoNotWriteEither() throws Exception {
		final RowLog log = new RowLog(folder, COLUMNS);
		log.append(outcome("a", 1, null));
		assertTrue(start("", Opens.class).startsWith("Another study is writing to"));
		assertThrows(DipException.class, () -> new RowLog(folder, COLUMNS));
		assertTrue(start("", Opens.class).startsWith("Another study is writing to"));
		log.sort(List.of(item("a")));
		Files.writeString(file, "unclear\n");
		assertTrue(start("", Opens.class).startsWith("Another study is writing to"));
		log.sort(List.of(item("a")));
		log.close();
		assertEquals("[a]", start("", Opens.class));
		try (RowLog next = new RowLog(folder, COLUMNS)) {
			log.close(); // again: it is not the next one's lock
			assertTrue(start("", Opens.class).startsWith("Another study is writing to"));
			assertTrue(next.has(item("a")));
		}
	}

	/** @return what a class says in a process of its own */
	private String start(final String before, final Class<?> main) throws Exception {
		final ProcessBuilder java = ChildProcess.java(main, folder.toString()).redirectErrorStream(true);
		java.command().addAll(0, List.of("bash", "-c", before + "exec \"$0\" \"$@\""));
		return ChildProcess.run(java).strip();
	}

	/** What runs there: opens the log. */
	static final class Opens {

		private Opens() {}

		public static void main(final String[] arguments) {
			final Path folder = new File(arguments[0]).toPath();
			try (RowLog log = new RowLog(folder, COLUMNS)) {
				System.out.println(RowLog.complete(folder, COLUMNS));
			}
			catch (final DipException refused) {
				System.out.println(refused.getMessage());
			}
		}
	}

	/** What runs there: appends until the disk is full. */
	static final class Full {

		private Full() {}

		public static void main(final String[] arguments) {
			int complete = 0;
			try (RowLog log = new RowLog(new File(arguments[0]).toPath(), COLUMNS)) {
				for (; complete < 10_000; complete++) log.append(outcome("key" + complete, 3, null));
			}
			catch (final DipException full) {
				System.out.println(complete + " items: " + full.getMessage());
			}
		}
	}
}
