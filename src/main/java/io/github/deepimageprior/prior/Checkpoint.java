package io.github.deepimageprior.prior;

import io.github.deepimageprior.CheckpointFile;
import io.github.deepimageprior.DipException;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file from which an interrupted fit continues as if it had not been interrupted: bit by bit on the same machine with
 * the same number of threads. There is a complete file at every moment.
 *
 * @param file its path; missing folders are created
 * @param seconds the shortest time between two writes
 */
public record Checkpoint(Path file, double seconds) {

	private static final int VERSION = 5, BLOCK = 1 << 16;

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

	private CheckpointFile kept() {
		return new CheckpointFile(file, "fit", VERSION);
	}

	/**
	 * @param identity properties that identify the fit, see {@link FitIdentity}
	 * @return the state of the fit; null if there is no file
	 * @throws DipException if the file cannot be read or belongs to another fit
	 */
	Content read(final Map<String, String> identity) {
		return kept().read(identity, in -> new Content(in.readInt(), in.readInt(), CheckpointFile.doubles(in),
			CheckpointFile.doubles(in), tensors(in), tensors(in)));
	}

	/** @throws DipException if the file cannot be written; an older file remains */
	void write(final Map<String, String> identity, final Content content) {
		kept().write(identity, out -> {
			out.writeInt(content.checkpoint);
			out.writeInt(content.rollbacks);
			CheckpointFile.write(out, content.losses);
			CheckpointFile.write(out, content.variances);
			write(out, content.state);
			write(out, content.saved);
		});
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
