package io.github.deepimageprior;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * A file that keeps the state of interrupted work: the kind of work and its version, the properties by which it is
 * recognised, the state, and a checksum of all that. Work of another kind, version or property is refused, and so is a
 * damaged file. There is a complete file at every moment, see {@link PartFile}.
 *
 * @param file its path; missing folders are created
 * @param work what was interrupted, in a word that follows "another" in messages
 * @param version of the state; to be changed whenever older states can no longer be read or give other results
 */
public record CheckpointFile(Path file, String work, int version) {

	private static final String START_OVER = ": choose another folder, or delete the file to start over.";
	private static final int BLOCK = 1 << 16;

	/** Reads a state. */
	@FunctionalInterface
	public interface Reader<T> {

		/**
		 * Whoever can write a file can give it a right checksum: no length and no number in it is to be trusted.
		 *
		 * @throws IOException if it cannot be read; {@link EOFException} if it is damaged
		 */
		T read(DataInputStream in) throws IOException;
	}

	/** Writes a state. */
	@FunctionalInterface
	public interface Writer {

		/** @throws IOException if it cannot be written */
		void write(DataOutputStream out) throws IOException;
	}

	private String kind() {
		return "deep image prior, " + work + ", ";
	}

	/**
	 * @param identity properties of the work, those that are changed most often first
	 * @return the state; null if there is no file
	 * @throws DipException if the file cannot be read or belongs to other work
	 */
	public <T> T read(final Map<String, String> identity, final Reader<T> state) {
		if (!Files.exists(file)) return null;
		try (DataInputStream in = open()) {
			requireWhole();
			final String kind = in.readUTF();
			if (!kind.startsWith(kind())) throw new EOFException();
			if (!kind.equals(kind() + version))
				throw new DipException(
					"The checkpoint '" + file + "' was written by another version of this plugin" + START_OVER);
			requireSame(identity, in);
			final T content = state.read(in);
			in.readLong(); // the checksum
			if (in.read() >= 0) throw new EOFException();
			return content;
		}
		catch (final EOFException | UTFDataFormatException broken) {
			throw new DipException("The file '" + file + "' is not a checkpoint, or is damaged" + START_OVER, broken);
		}
		catch (final IOException unreadable) {
			throw new DipException(
				"The checkpoint '" + file
					+ "' cannot be read: check that you have permission to read it, or choose another folder.",
				unreadable);
		}
	}

	private DataInputStream open() throws IOException {
		return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BLOCK));
	}

	/** Checks that the file is complete and unchanged: its last eight bytes are the checksum of all bytes before. */
	private void requireWhole() throws IOException {
		final CRC32 sum = new CRC32();
		final byte[] block = new byte[BLOCK];
		try (DataInputStream in = open()) {
			for (long left = Files.size(file) - Long.BYTES; left > 0; left -= block.length) {
				final int length = (int) Math.min(left, block.length);
				in.readFully(block, 0, length);
				sum.update(block, 0, length);
			}
			if (in.readLong() != sum.getValue()) throw new EOFException();
		}
	}

	private void requireSame(final Map<String, String> identity, final DataInputStream in) throws IOException {
		final Map<String, String> there = new LinkedHashMap<>();
		if (in.readInt() != identity.size()) throw new EOFException();
		for (int i = 0; i < identity.size(); i++) there.put(in.readUTF(), in.readUTF());
		for (final Map.Entry<String, String> line : identity.entrySet()) {
			final String other = there.get(line.getKey());
			if (!line.getValue().equals(other))
				throw new DipException("The checkpoint '" + file + "' belongs to another " + work + " (" + line.getKey()
					+ " " + other + " instead of " + line.getValue() + ")" + START_OVER);
		}
	}

	/** @throws DipException if the file cannot be written; an older file remains */
	public void write(final Map<String, String> identity, final Writer state) {
		final Path folder = file.toAbsolutePath().getParent();
		try {
			if (!Files.isDirectory(folder)) Files.createDirectories(folder); // which would refuse a link to a folder
			writeWhole(identity, state);
		}
		catch (final IOException unwritable) {
			throw new DipException("The checkpoint '" + file
				+ "' cannot be written: free some disk space, check that you may write there, or choose another "
				+ "folder.", unwritable);
		}
	}

	private void writeWhole(final Map<String, String> identity, final Writer state) throws IOException {
		try (PartFile part = new PartFile(file)) {
			final CheckedOutputStream checked = new CheckedOutputStream(
				new BufferedOutputStream(part.stream(), BLOCK), new CRC32());
			try (DataOutputStream out = new DataOutputStream(checked)) {
				out.writeUTF(kind() + version);
				out.writeInt(identity.size());
				for (final Map.Entry<String, String> line : identity.entrySet()) {
					out.writeUTF(line.getKey());
					out.writeUTF(line.getValue());
				}
				state.write(out);
				out.writeLong(checked.getChecksum().getValue());
			}
			part.complete();
		}
	}
}
