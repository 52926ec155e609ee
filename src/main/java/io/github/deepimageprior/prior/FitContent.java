package io.github.deepimageprior.prior;

import io.github.deepimageprior.prior.FitProtocol.RuleState;
import io.github.deepimageprior.prior.FitProtocol.State;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a fit as a {@link Checkpoint} keeps it.
 *
 * @param checkpoint step of the checkpoint in memory; 0 if there is none
 * @param rollbacks number of returns to a checkpoint
 * @param losses of all steps, see {@link FitCurves}
 * @param variances of all steps
 * @param state all tensors
 * @param saved the tensors of the checkpoint in memory; empty if there is none, or the fit has ended
 */
record FitContent(int checkpoint, int rollbacks, double[] losses, double[] variances, List<ByteBuffer> state,
	List<ByteBuffer> saved)
{

	private static final int BLOCK = 1 << 16;

	/**
	 * Reads what {@link #write} has written. Whoever can write a file can give it a right checksum, so nothing is taken
	 * on trust: no more memory is asked for than the fit itself needs, and no step is out of range.
	 *
	 * @param settings of the fit
	 * @param sizes bytes of its tensors
	 * @throws EOFException if it is not the state of such a fit
	 */
	static FitContent read(final DataInputStream in, final FitSettings settings, final int[] sizes) throws IOException {
		final FitContent content = new FitContent(in.readInt(), in.readInt(), doubles(in, settings.iterations()),
			doubles(in, settings.iterations()), tensors(in, sizes), tensors(in, sizes));
		if (!content.isPossible(settings)) throw new EOFException();
		return content;
	}

	private boolean isPossible(final FitSettings settings) {
		final int steps = losses.length;
		final boolean ended = steps == settings.iterations() || !state.isEmpty() && rule(state, RuleState.STOP) > 0;
		return checkpoint >= 0 && checkpoint <= steps && rollbacks >= 0 && rollbacks <= FitLoop.MAX_ROLLBACKS
			&& variances.length == steps && !state.isEmpty() && isPossible(state, steps, settings)
			&& (saved.isEmpty() ? checkpoint == 0 || ended : isPossible(saved, checkpoint, settings));
	}

	private static boolean isPossible(final List<ByteBuffer> tensors, final int steps, final FitSettings settings) {
		final double best = rule(tensors, RuleState.BEST_STEP), stop = rule(tensors, RuleState.STOP);
		final int last = settings.rule().remembers() ? steps : 0;
		return best >= 0 && best <= last && stop >= 0 && stop <= 2 && (stop == 0 || steps > 0);
	}

	private static double rule(final List<ByteBuffer> tensors, final RuleState value) {
		return tensors.get(State.RULE_STATE.ordinal()).duplicate().order(ByteOrder.nativeOrder())
			.getDouble(value.ordinal() * Double.BYTES);
	}

	/** Writes it; the position of the tensors' buffers is at their end then. */
	void write(final DataOutputStream out) throws IOException {
		out.writeInt(checkpoint);
		out.writeInt(rollbacks);
		write(out, losses);
		write(out, variances);
		write(out, state);
		write(out, saved);
	}

	private static void write(final DataOutputStream out, final double[] values) throws IOException {
		out.writeInt(values.length);
		for (final double value : values) out.writeDouble(value);
	}

	private static double[] doubles(final DataInputStream in, final int most) throws IOException {
		final int count = in.readInt();
		if (count < 0 || count > most) throw new EOFException();
		final double[] values = new double[count];
		for (int i = 0; i < count; i++) values[i] = in.readDouble();
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

	/** @return all tensors, or none */
	private static List<ByteBuffer> tensors(final DataInputStream in, final int[] sizes) throws IOException {
		final List<ByteBuffer> tensors = new ArrayList<>();
		final int count = in.readInt();
		if (count != 0 && count != sizes.length) throw new EOFException();
		for (int i = 0; i < count; i++) {
			if (in.readInt() != sizes[i]) throw new EOFException();
			final byte[] tensor = new byte[sizes[i]];
			in.readFully(tensor);
			tensors.add(ByteBuffer.wrap(tensor));
		}
		return tensors;
	}
}
