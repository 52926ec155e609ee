package io.github.deepimageprior.prior;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tensors of one fit, and the program that changes them. All parameters lie in one vector, in the order of
 * {@link Hourglass#parameters()}, the weights of convolutions as the maps lie in memory; so a checkpoint is a few
 * copies.
 */
final class FitState implements AutoCloseable {

	private static final int THETA = 0, AVERAGE = 2, OUTPUT = 3, SCORES = 4, BEST = 6, BEST_THETA = 7, MEAN = 9,
		SQUARES = 10;

	private final Program program;
	private final MemoryOrder order;
	private final int[] places; // in vector, of each number of the parameters
	private final FitSettings settings;
	private final NDManager there; // where the network runs
	private final NDManager here; // the CPU, whose values the program reads without waiting for a GPU
	private final NDArray code, net, halt;
	private final List<NDArray> observed, state;
	private final ByteBuffer haltFlag;
	private List<NDArray> saved = List.of();
	private boolean closed;

	private FitState(final Hourglass network, final FitSettings settings, final Observation observation,
		final Initialization start, final MemoryOrder order, final NDManager there, final NDManager here)
	{
		this.settings = settings;
		this.order = order;
		this.there = there;
		this.here = here;
		program = Program.of(Hourglass.class, "Hourglass", there.getDevice());
		final int multiple = network.multiple();
		code = start.code(program, there, network, up(observation.width(), multiple),
			up(observation.height(), multiple), order);
		places = Parameter.places(network.parameters(), order);
		final Tensors tensors = new Tensors(there, network, observation);
		observed = Program.list("observed", tensors.observed(settings.langevin().isOn()));
		state = Program.list("state", tensors.state(inMemory(start.parameters(network.parameters())), settings, here));
		net = here.create(Tensors.encode(network, settings.precision(), order));
		halt = here.create(new long[1]);
		haltFlag = halt.toByteBuffer(true); // the tensor's own memory: another thread may write while the program runs
	}

	/**
	 * @param network what is fitted
	 * @param settings how
	 * @param observation what is known of the picture
	 * @param start initial code and parameters
	 * @param order how maps and weights lie in memory
	 */
	static FitState create(final Hourglass network, final FitSettings settings, final Observation observation,
		final Initialization start, final Device device, final MemoryOrder order)
	{
		return Torch.compute(() -> {
			final NDManager there = Torch.manager(device), here = Torch.manager(Device.cpu());
			try {
				return new FitState(network, settings, observation, start, order, there, here);
			}
			catch (final RuntimeException failed) {
				there.close();
				here.close();
				throw failed;
			}
		});
	}

	/**
	 * What a call of the program has done: of each step taken the loss before it, and the variance that the stopping
	 * rule sees.
	 */
	record Done(double[] losses, double[] variances) {}

	/**
	 * Runs optimisation steps.
	 *
	 * @param first number of the first, from 1
	 * @param count how many
	 * @param noise seed of the input noise
	 * @param limit a loss above it, or none at all, ends the call before its step is taken
	 * @return the steps taken: fewer than asked for after {@link #halt()}, at the limit, or when the
	 *         {@linkplain #ended() rule} says so
	 */
	Done run(final int first, final int count, final long noise, final double limit) {
		final StoppingRule rule = settings.rule();
		final Langevin langevin = settings.langevin();
		return Torch.compute(() -> {
			try (NDManager call = here.newSubManager()) {
				final NDArray steps = call
					.create(new long[] { first, count, noise, rule.kind().ordinal(), rule.skip(), rule.patience(),
						rule.window(), langevin.burnIn(), langevin.spacing(), settings.averaging().lag() });
				final NDArray numbers = call.create(new double[] { settings.learningRate(), settings.inputNoise(),
					settings.averaging().decay(), limit, StoppingRule.ALPHA, rule.level(),
					langevin.isOn() ? 2 * settings.learningRate() : 0, langevin.isOn() ? Langevin.DECAY : 0,
					settings.beta2(), settings.averaging().growth(), settings.averaging().relativeLag() });
				try (NDArray done = program
					.call("fit", Program.arguments(code, observed, state, net, steps, numbers, halt))
					.singletonOrThrow())
				{
					final double[] both = done.toDoubleArray();
					final int taken = both.length / 2;
					return new Done(Arrays.copyOf(both, taken), Arrays.copyOfRange(both, taken, 2 * taken));
				}
			}
		});
	}

	/**
	 * Ends a running {@link #run} after its step, and every later one after its first. May be called from any thread.
	 */
	synchronized void halt() {
		if (!closed) haltFlag.putLong(0, 1);
	}

	/** Remembers all that changes. */
	void save() {
		Torch.compute(() -> {
			saved.forEach(NDArray::close);
			saved = Program.list("saved", state.stream().map(NDArray::duplicate).toList());
			return null;
		});
	}

	/** Goes back to what was last saved. */
	void restore() {
		Torch.compute(() -> program.call("restore", Program.arguments(saved, state)));
	}

	/** @return whether the stopping rule has ended the fit */
	boolean ended() {
		return scores()[3] > 0;
	}

	/** @return the step of the least variance; 0 if there is none */
	int bestStep() {
		return (int) scores()[2];
	}

	private double[] scores() {
		return Torch.compute(state.get(SCORES)::toDoubleArray);
	}

	/** @return the average of the outputs so far, channels × height × width */
	float[] average() {
		return Torch.compute(state.get(AVERAGE)::toFloatArray);
	}

	/** @return the output of the last step */
	float[] output() {
		return Torch.compute(state.get(OUTPUT)::toFloatArray);
	}

	/** @return the output at the step of the least variance, and the average that belongs to it, one after the other */
	float[] best() {
		return Torch.compute(state.get(BEST)::toFloatArray);
	}

	/**
	 * @return the parameters, the same in every order of memory: those of the step of the least variance, if the rule
	 *         remembers it, else the last
	 */
	float[] parameters() {
		return fromMemory(Torch.compute(state.get(bestStep() > 0 ? BEST_THETA : THETA)::toFloatArray));
	}

	private float[] inMemory(final float[] values) {
		final float[] vector = new float[values.length];
		for (int i = 0; i < values.length; i++) vector[places[i]] = values[i];
		return vector;
	}

	/** @return the numbers of a vector that lies as vector does, in the order of {@link Hourglass#parameters()} */
	float[] fromMemory(final float[] vector) {
		final float[] values = new float[vector.length];
		for (int i = 0; i < values.length; i++) values[i] = vector[places[i]];
		return values;
	}

	/** @return the mean of the samples */
	float[] mean() {
		return Torch.compute(state.get(MEAN)::toFloatArray);
	}

	/** @return the sum of the samples' squared deviations from their mean */
	float[] squares() {
		return Torch.compute(state.get(SQUARES)::toFloatArray);
	}

	/** @return the mean squared difference to the target of what is observed of a picture */
	double error(final float[] picture) {
		return Torch.compute(() -> {
			try (NDArray tensor = there.create(picture, state.get(OUTPUT).getShape());
				NDArray error = program.infer("error", Program.arguments(tensor, observed)).singletonOrThrow())
			{
				return (double) error.getFloat();
			}
		});
	}

	/** @return how the network's maps and weights lie in memory */
	MemoryOrder order() {
		return order;
	}

	/** @return where the tensors really are */
	Device device() {
		return code.getDevice();
	}

	/**
	 * @return all that changes from step to step, bit by bit: on a CPU the memory of the tensors themselves, which the
	 *         next step changes
	 */
	List<ByteBuffer> values() {
		return bytes(state);
	}

	/** @return what was last saved, likewise, or nothing */
	List<ByteBuffer> savedValues() {
		return bytes(saved);
	}

	private static List<ByteBuffer> bytes(final List<NDArray> tensors) {
		return Torch.compute(() -> tensors.stream().map(tensor -> tensor.toByteBuffer(true)).toList());
	}

	/** Takes up what {@link #values()} and {@link #savedValues()} have given before. */
	void resume(final List<ByteBuffer> values, final List<ByteBuffer> savedValues) {
		if (!savedValues.isEmpty()) {
			load(savedValues);
			save();
		}
		load(values);
	}

	private void load(final List<ByteBuffer> values) {
		Torch.compute(() -> {
			final List<NDArray> from = new ArrayList<>();
			for (int i = 0; i < values.size(); i++) {
				final NDArray to = state.get(i);
				from.add((to.getDataType() == DataType.FLOAT64 ? here : there)
					.create(values.get(i).order(ByteOrder.nativeOrder()), to.getShape(), to.getDataType()));
			}
			program.call("restore", Program.arguments(Program.list("saved", from), state));
			from.forEach(NDArray::close);
			return null;
		});
	}

	@Override
	public void close() {
		synchronized (this) {
			closed = true; // the flag's memory goes with the tensors
		}
		Torch.compute(() -> {
			there.close();
			here.close();
			return null;
		});
	}

	private static int up(final int size, final int multiple) {
		return -Math.floorDiv(-size, multiple) * multiple;
	}
}
