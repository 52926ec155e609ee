package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * A file from which an interrupted fit continues as if it had not been interrupted: bit by bit on the same machine with
 * the same number of threads; but for rounding, if its steps are taken as one with those of other fits. It is written
 * next to its place and then moved there, so that there is a complete file at every moment.
 *
 * @param file its path; missing folders are created
 * @param seconds the shortest time between two writes
 */
public record Checkpoint(Path file, double seconds) {

	private static final String KIND = "deep image prior, fit, ", VERSION = "5";
	private static final int BLOCK = 1 << 16;

	/**
	 * The state of a fit.
	 *
	 * @param checkpoint step of the checkpoint in memory; 0 if there is none
	 * @param rollbacks number of returns to a checkpoint
	 * @param losses of all steps, see {@link FitCurves}
	 * @param variances of all steps
	 * @param state all tensors
	 * @param saved the tensors of the checkpoint in memory
	 */
	record Content(int checkpoint, int rollbacks, double[] losses, double[] variances, List<ByteBuffer> state,
		List<ByteBuffer> saved)
	{}

	/**
	 * @param identity properties that identify the fit, see {@link FitIdentity}
	 * @return the state of the fit; null if there is no file
	 * @throws DipException if the file cannot be read or belongs to another fit
	 */
	Content read(final Map<String, String> identity) {
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
			for (int n = in.readInt(); n > 0; n--) there.put(in.readUTF(), in.readUTF());
			for (final Map.Entry<String, String> line : identity.entrySet()) {
				final String other = there.get(line.getKey());
				if (!line.getValue().equals(other))
					throw new DipException("The checkpoint '" + file + "' belongs to another fit (" + line.getKey()
						+ " " + other + " instead of " + line.getValue()
						+ "): choose another folder, or delete the file to start over.");
			}
			return new Content(in.readInt(), in.readInt(), doubles(in), doubles(in), tensors(in), tensors(in));
		}
		catch (final EOFException broken) {
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
	void write(final Map<String, String> identity, final Content content) {
		final Path folder = file.toAbsolutePath().getParent();
		// A name of its own: two processes may write at once.
		final Path part = folder.resolve(file.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".part");
		try {
			if (!Files.isDirectory(folder)) Files.createDirectories(folder); // which would refuse a link to a folder
			final CheckedOutputStream checked = new CheckedOutputStream(
				new BufferedOutputStream(Files.newOutputStream(part), BLOCK), new CRC32());
			try (DataOutputStream out = new DataOutputStream(checked)) {
				out.writeUTF(KIND + VERSION);
				out.writeInt(identity.size());
				for (final Map.Entry<String, String> line : identity.entrySet()) {
					out.writeUTF(line.getKey());
					out.writeUTF(line.getValue());
				}
				out.writeInt(content.checkpoint);
				out.writeInt(content.rollbacks);
				write(out, content.losses);
				write(out, content.variances);
				write(out, content.state);
				write(out, content.saved);
				out.writeLong(checked.getChecksum().getValue());
			}
			Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final IOException unwritable) {
			part.toFile().delete(); // an incomplete file, if there is one
			throw new DipException("The checkpoint '" + file
				+ "' cannot be written: free some disk space, check that you may write there, or choose another "
				+ "folder.", unwritable);
		}
	}

	private static void write(final DataOutputStream out, final double[] values) throws IOException {
		out.writeInt(values.length);
		for (final double value : values) out.writeDouble(value);
	}

	private static double[] doubles(final DataInputStream in) throws IOException {
		final double[] values = new double[in.readInt()];
		for (int i = 0; i < values.length; i++) values[i] = in.readDouble();
		return values;
	}

	/** Block by block: the outputs in the window of WMV may not fit into the heap. */
	private static void write(final DataOutputStream out, final List<ByteBuffer> tensors) throws IOException {
		final byte[] block = new byte[BLOCK];
		out.writeInt(tensors.size());
		for (final ByteBuffer tensor : tensors) {
			out.writeInt(tensor.remaining());
			while (tensor.hasRemaining()) {
				final int length = Math.min(tensor.remaining(), block.length);
				tensor.get(block, 0, length);
				out.write(block, 0, length);
			}
		}
	}

	private static List<ByteBuffer> tensors(final DataInputStream in) throws IOException {
		final List<ByteBuffer> tensors = new ArrayList<>();
		for (int n = in.readInt(); n > 0; n--) {
			final byte[] tensor = new byte[in.readInt()];
			in.readFully(tensor);
			tensors.add(ByteBuffer.wrap(tensor));
		}
		return tensors;
	}
}
