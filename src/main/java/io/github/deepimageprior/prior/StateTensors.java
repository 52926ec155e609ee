package io.github.deepimageprior.prior;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.FitProtocol.RuleState;
import io.github.deepimageprior.prior.FitProtocol.State;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All tensors that a fit changes, see {@link State}, and one saved copy of them. */
final class StateTensors {

	private final Program program;
	private final NDManager there; // where the network runs
	private final List<NDArray> all;
	private List<NDArray> saved = List.of();

	/** @param vector the initial parameters, as they lie in memory */
	StateTensors(final Program program, final NDManager there, final float[] vector, final Observation observation,
		final FitSettings settings)
	{
		this.program = program;
		this.there = there;
		all = Program.list("state", create(vector, observation, settings));
	}

	private List<NDArray> create(final float[] vector, final Observation observation, final FitSettings settings) {
		final StoppingRule rule = settings.rule();
		final long channels = observation.channels(), height = observation.height(), width = observation.width();
		final Shape picture = new Shape(1, channels, height, width), one = new Shape(1);
		final boolean remembers = rule.remembers(), samples = settings.langevin().isOn(),
			window = rule.kind() == StoppingRule.Kind.WMV;
		return Arrays.stream(State.values()).map(element -> switch (element) {
			case PARAMETERS -> there.create(vector);
			case MOMENTS -> there.zeros(new Shape(2, vector.length));
			case AVERAGE, OUTPUT -> there.zeros(picture);
			case RULE_STATE -> there.zeros(new Shape(RuleState.values().length), DataType.FLOAT64);
			case RECENT -> there.zeros(remembers ? picture : one, window ? DataType.FLOAT64 : DataType.FLOAT32);
			case BEST -> there.zeros(remembers ? new Shape(2, channels, height, width) : one);
			case BEST_PARAMETERS -> there.zeros(remembers ? new Shape(vector.length) : one);
			case WINDOW -> there.zeros(window ? new Shape(rule.window(), channels, height, width) : one);
			case MEAN, SQUARES -> there.zeros(samples ? picture : one);
		}).toList();
	}

	/** @return the tensors as the program takes them; to be read within {@link Torch#compute} */
	List<NDArray> all() {
		return all;
	}

	private NDArray get(final State element) {
		return all.get(element.ordinal());
	}

	/** @return the shape of the output */
	Shape shape() {
		return get(State.OUTPUT).getShape();
	}

	/** @return a copy of a tensor of float32 */
	float[] floats(final State element) {
		return Torch.compute(get(element)::toFloatArray);
	}

	/** @return a number that the stopping rule keeps */
	double ruleState(final RuleState value) {
		return Torch.compute(get(State.RULE_STATE)::toDoubleArray)[value.ordinal()];
	}

	/** Saves all tensors, in place of what was saved before. */
	void save() {
		Torch.compute(() -> {
			saved.forEach(NDArray::close);
			saved = Program.list("saved", all.stream().map(NDArray::duplicate).toList());
			return null;
		});
	}

	/** Brings back what was last saved. */
	void rollback() {
		Torch.compute(() -> program.call("load", Program.arguments(saved, all)));
	}

	/**
	 * @return how many bytes each tensor has
	 * @throws DipException if one of them is too large for a buffer
	 */
	int[] sizes() {
		return all.stream().mapToInt(tensor -> {
			final long size = tensor.size() * tensor.getDataType().getNumOfBytes();
			if (size > Integer.MAX_VALUE)
				throw new DipException(
					"The fit is too large for a checkpoint, which holds at most 2 GB of each tensor: "
						+ "use smaller tiles, a shorter window, or no checkpoints.");
			return (int) size;
		}).toArray();
	}

	/** @return the bytes of all tensors; on a CPU their own memory, which the next step changes */
	List<ByteBuffer> bytes() {
		return bytes(all);
	}

	/** @return the bytes of what was last saved; empty if nothing was */
	List<ByteBuffer> savedBytes() {
		return bytes(saved);
	}

	private static List<ByteBuffer> bytes(final List<NDArray> tensors) {
		return Torch.compute(() -> tensors.stream().map(tensor -> tensor.toByteBuffer(true)).toList());
	}

	/** Continues from what {@link #bytes} and {@link #savedBytes} gave. */
	void resume(final List<ByteBuffer> bytes, final List<ByteBuffer> savedBytes) {
		if (!savedBytes.isEmpty()) {
			load(savedBytes);
			save();
		}
		load(bytes);
	}

	private void load(final List<ByteBuffer> bytes) {
		Torch.compute(() -> {
			final List<NDArray> from = new ArrayList<>();
			for (int i = 0; i < bytes.size(); i++) {
				final NDArray to = all.get(i);
				from.add(there.create(bytes.get(i).order(ByteOrder.nativeOrder()), to.getShape(), to.getDataType()));
			}
			program.call("load", Program.arguments(Program.list("saved", from), all));
			from.forEach(NDArray::close);
			return null;
		});
	}
}
