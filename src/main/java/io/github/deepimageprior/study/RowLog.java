package io.github.deepimageprior.study;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file {@code rows.csv} of a study. The rows of an item are appended as one block, and are on the disk when
 * {@link #append} returns. If the process is killed meanwhile, the unfinished block is dropped when the log is opened
 * again. Each row has the key of its item, its number within the block and the size of the block, so that complete
 * blocks are known, and an item whose settings, model or picture have changed is not taken for an old one.
 */
public final class RowLog implements AutoCloseable {

	private static final String FILE = "rows.csv";

	private final Path file;
	private final RowFormat format;
	private final Map<String, RowFormat.Block> blocks = new LinkedHashMap<>();
	private final LockedFile rows;

	/**
	 * Opens the log of a folder, or begins one. Blocks of items that failed are dropped: they are tried again.
	 *
	 * @param columns of the study's rows
	 * @throws DipException if the file is that of another study, in use, or cannot be read or written
	 */
	public RowLog(final Path folder, final List<String> columns) {
		file = folder.resolve(FILE);
		format = new RowFormat(columns);
		try {
			rows = new LockedFile(file); // before it is read: nobody can add rows meanwhile
			open();
		}
		catch (final IOException failed) {
			throw failed(failed);
		}
	}

	private void open() throws IOException {
		boolean open = false;
		try {
			if (!Files.exists(file) || !read(file, format, blocks)) rewrite(List.of());
			open = true;
		}
		finally {
			if (!open) rows.close();
		}
	}

	/**
	 * Reads a log without opening it.
	 *
	 * @return the keys of the items that are complete
	 * @throws DipException if the file is that of another study, or cannot be read
	 */
	public static Set<String> complete(final Path folder, final List<String> columns) {
		final Path file = folder.resolve(FILE);
		if (!Files.exists(file)) return Set.of();
		final Map<String, RowFormat.Block> blocks = new LinkedHashMap<>();
		read(file, new RowFormat(columns), blocks);
		return blocks.keySet();
	}

	/** @return whether a folder has a log, of any study or none */
	static boolean isIn(final Path folder) {
		return Files.exists(folder.resolve(FILE));
	}

	/** @return whether a folder has a log with these columns */
	static boolean isIn(final Path folder, final List<String> columns) {
		try {
			return Files.readString(folder.resolve(FILE)).startsWith(new RowFormat(columns).header());
		}
		catch (final IOException none) {
			return false;
		}
	}

	/** @return whether the file has nothing but complete blocks of items that went well */
	private static boolean read(final Path file, final RowFormat format, final Map<String, RowFormat.Block> blocks) {
		try {
			return format.read(new String(Files.readAllBytes(file), UTF_8), blocks);
		}
		catch (final IOException noRows) {
			throw new DipException("The file " + file
				+ " is not that of such a study: choose another output folder, or move the file away.", noRows);
		}
	}

	private DipException failed(final IOException problem) {
		return new DipException("The rows cannot be written to " + file
			+ ": free some disk space and check that you may write there; all rows so far are kept, and the same study "
			+ "continues from them.", problem);
	}

	/** @return whether an item is complete */
	public synchronized boolean has(final WorkItem item) {
		return blocks.containsKey(item.key()) && blocks.get(item.key()).error() == null;
	}

	/**
	 * @return the rows of those items that are complete, in the order of the items; each has the key of its item as the
	 *         cell {@link RowFormat#KEY}
	 */
	public synchronized List<Row> rows(final Collection<WorkItem> items) {
		return items.stream().filter(this::has)
			.flatMap(item -> blocks.get(item.key()).rows().stream().map(row -> row.with(RowFormat.KEY, item.key())))
			.toList();
	}

	/** @return the errors of those items that failed, in the order of the items, by their headings */
	public synchronized Map<Row, String> failures(final Collection<WorkItem> items) {
		final Map<Row, String> failures = new LinkedHashMap<>();
		for (final WorkItem item : items) {
			final RowFormat.Block block = blocks.get(item.key());
			if (block != null && block.error() != null) failures.put(block.rows().get(0), block.error());
		}
		return failures;
	}

	/**
	 * Appends the rows of an item.
	 *
	 * @throws DipException if they cannot be written; the file then has all earlier rows
	 */
	public synchronized void append(final Outcome outcome) {
		final RowFormat.Block block = new RowFormat.Block(outcome.rows(), outcome.error());
		try {
			rows.append(format.lines(outcome.item().key(), block));
		}
		catch (final IOException full) {
			throw failed(full);
		}
		blocks.put(outcome.item().key(), block);
	}

	/**
	 * Puts the rows into the order of the items, whatever the order in which they were computed; rows of other items
	 * stay, behind them.
	 *
	 * @throws DipException if the file cannot be written; the former one remains
	 */
	public synchronized void sort(final Collection<WorkItem> items) {
		try {
			rewrite(items);
		}
		catch (final IOException full) {
			throw failed(full);
		}
	}

	private void rewrite(final Collection<WorkItem> items) throws IOException {
		final Map<String, RowFormat.Block> ordered = new LinkedHashMap<>();
		for (final WorkItem item : items)
			if (blocks.containsKey(item.key())) ordered.put(item.key(), blocks.get(item.key()));
		blocks.forEach(ordered::putIfAbsent);
		final StringBuilder all = new StringBuilder(format.header());
		for (final Map.Entry<String, RowFormat.Block> block : ordered.entrySet())
			all.append(format.lines(block.getKey(), block.getValue()));
		rows.replace(all);
	}

	@Override
	public synchronized void close() {
		try {
			rows.close();
		}
		catch (final IOException late) {
			throw failed(late);
		}
	}
}
