package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.PartFile;

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
 * A file from which an interrupted fit continues as if it had not been interrupted: bit by bit on the same machine with
 * the same number of threads. It is written next to its place and then moved there, so that there is a complete file at
 * every moment.
 *
 * @param file its path; missing folders are created
 * @param seconds the shortest time between two writes
 */
public record Checkpoint(Path file, double seconds) {

	private static final String KIND = "deep image prior, fit, ", VERSION = "6";
	private static final int BLOCK = 1 << 16;

	/**
	 * @param identity properties that identify the fit, see {@link FitIdentity}
	 * @param settings of the fit
	 * @param sizes bytes of its tensors
	 * @return the state of the fit; null if there is no file
	 * @throws DipException if the file cannot be read or belongs to another fit
	 */
	FitContent read(final Map<String, String> identity, final FitSettings settings, final int[] sizes) {
		if (!Files.exists(file)) return null;
		try (DataInputStream in = open()) {
			requireWhole();
			final String kind = in.readUTF();
			if (!kind.startsWith(KIND)) throw new EOFException();
			if (!kind.equals(KIND + VERSION))
				throw new DipException("The checkpoint '" + file
					+ "' was written by another version of this plugin: choose another folder, or delete the file "
					+ "to start over.");
			final Map<String, String> there = new LinkedHashMap<>();
			if (in.readInt() != identity.size()) throw new EOFException();
			for (int i = 0; i < identity.size(); i++) there.put(in.readUTF(), in.readUTF());
			for (final Map.Entry<String, String> line : identity.entrySet()) {
				final String other = there.get(line.getKey());
				if (!line.getValue().equals(other))
					throw new DipException("The checkpoint '" + file + "' belongs to another fit (" + line.getKey()
						+ " " + other + " instead of " + line.getValue()
						+ "): choose another folder, or delete the file to start over.");
			}
			final FitContent content = FitContent.read(in, settings, sizes);
			in.readLong(); // the checksum
			if (in.read() >= 0) throw new EOFException();
			return content;
		}
		catch (final EOFException | UTFDataFormatException broken) {
			throw new DipException(
				"The file '" + file
					+ "' is not a checkpoint, or is damaged: choose another folder, or delete the file to start over.",
				broken);
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

	/** @throws DipException if the file cannot be written; an older file remains */
	void write(final Map<String, String> identity, final FitContent content) {
		final Path folder = file.toAbsolutePath().getParent();
		try {
			if (!Files.isDirectory(folder)) Files.createDirectories(folder); // which would refuse a link to a folder
			writeWhole(identity, content);
		}
		catch (final IOException unwritable) {
			throw new DipException("The checkpoint '" + file
				+ "' cannot be written: free some disk space, check that you may write there, or choose another "
				+ "folder.", unwritable);
		}
	}

	private void writeWhole(final Map<String, String> identity, final FitContent content) throws IOException {
		try (PartFile part = new PartFile(file)) {
			final CheckedOutputStream checked = new CheckedOutputStream(
				new BufferedOutputStream(Files.newOutputStream(part.path()), BLOCK), new CRC32());
			try (DataOutputStream out = new DataOutputStream(checked)) {
				out.writeUTF(KIND + VERSION);
				out.writeInt(identity.size());
				for (final Map.Entry<String, String> line : identity.entrySet()) {
					out.writeUTF(line.getKey());
					out.writeUTF(line.getValue());
				}
				content.write(out);
				out.writeLong(checked.getChecksum().getValue());
			}
			part.complete();
		}
	}
}
