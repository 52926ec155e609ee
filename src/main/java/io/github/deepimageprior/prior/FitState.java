package io.github.deepimageprior.prior;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The tensors of one fit, and the program that changes them. All parameters lie in one vector, in the order of
 * {@link Hourglass#parameters()}, so that Adam is a few operators and a checkpoint three copies.
 */
final class FitState implements AutoCloseable {

	private final Program program;
	private final NDManager there; // where the network runs
	private final NDManager here; // the CPU, whose values the program reads without waiting for a GPU
	private final NDArray code, target, theta, moments, average, output, net, halt;
	private final ByteBuffer haltFlag;
	private List<NDArray> saved = List.of();
	private boolean closed;

	private FitState(final Hourglass network, final Precision precision, final float[] target, final int width, final int height,
		final Start start, final NDManager there, final NDManager here)
	{
		this.there = there;
		this.here = here;
		program = Program.of(Hourglass.class, "Hourglass", there.getDevice());
		final Shape shape = new Shape(1, network.outputs(), height, width);
		this.target = there.create(target, shape);
		final int multiple = network.multiple();
		code = start.code(program, there, network, up(width, multiple), up(height, multiple));
		theta = there.create(start.theta(network.parameters()));
		moments = there.zeros(new Shape(2, theta.size()));
		average = there.zeros(shape);
		output = there.zeros(shape);
		net = here.create(encode(network, precision));
		halt = here.create(new long[1]);
		haltFlag = halt.toByteBuffer(true); // the tensor's own memory: another thread may write while the program runs
	}

	/**
	 * @param network what is fitted
	 * @param precision of the convolutions
	 * @param target the observed picture, channels × height × width
	 * @param start initial code and parameters
	 */
	static FitState create(final Hourglass network, final Precision precision, final float[] target, final int width, final int height,
		final Start start, final Device device)
	{
		return Torch.compute(() -> {
			final NDManager there = Torch.manager(device), here = Torch.manager(Device.cpu());
			try {
				return new FitState(network, precision, target, width, height, start, there, here);
			}
			catch (final RuntimeException failed) {
				there.close();
				here.close();
				throw failed;
			}
		});
	}

	/**
	 * Runs optimisation steps.
	 *
	 * @param first number of the first, from 1
	 * @param count how many
	 * @param noise seed of the input noise
	 * @param limit a loss above it, or none at all, ends the call before its step is taken
	 * @return the loss before each step taken: fewer than asked for after {@link #halt()} or at the limit
	 */
	double[] run(final FitSettings settings, final int first, final int count, final long noise, final double limit) {
		return Torch.compute(() -> {
			try (NDManager call = here.newSubManager()) {
				final NDArray steps = call.create(new long[] { first, count, noise });
				final NDArray numbers = call.create(new double[] { settings.learningRate(), settings.inputNoise(), settings.averaging(),
					limit });
				try (NDArray losses = program.call("fit", code, target, theta, moments, average, output, net, steps, numbers, halt)
					.singletonOrThrow())
				{
					return losses.toDoubleArray();
				}
			}
		});
	}

	/** Ends a running {@link #run} after its step, and every later one after its first. May be called from any thread. */
	synchronized void halt() {
		if (!closed) haltFlag.putLong(0, 1);
	}

	/** Remembers parameters, the optimiser's state, the average and the output. */
	void save() {
		Torch.compute(() -> {
			saved.forEach(NDArray::close);
			saved = changing().map(NDArray::duplicate).toList();
			return null;
		});
	}

	/** Goes back to what was last saved. */
	void restore() {
		Torch.compute(() -> program.call("restore", Stream.concat(saved.stream(), changing()).toArray(NDArray[]::new)));
	}

	private Stream<NDArray> changing() {
		return Stream.of(theta, moments, average, output);
	}

	/** @return the average of the outputs so far, channels × height × width */
	float[] average() {
		return Torch.compute(average::toFloatArray);
	}

	/** @return the output of the last step */
	float[] output() {
		return Torch.compute(output::toFloatArray);
	}

	/** @return where the tensors really are */
	Device device() {
		return theta.getDevice();
	}

	/** @return all that changes from step to step: parameters; first and second moments; average; output */
	List<float[]> values() {
		return Torch.compute(() -> changing().map(NDArray::toFloatArray).toList());
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

	/** The architecture in numbers; {@code hourglass.py} says in which order. */
	private static long[] encode(final Hourglass network, final Precision precision) {
		final var numbers = LongStream.builder();
		numbers.add(network.scales());
		numbers.add(network.padding() == Hourglass.Padding.REFLECTION ? 1 : 0);
		numbers.add(network.upsampling() == Hourglass.Upsampling.NEAREST ? 1 : 0);
		numbers.add(network.downsampling() == Hourglass.Downsampling.AVERAGE ? 1 : 0);
		numbers.add(network.pointwise() ? 1 : 0);
		numbers.add(precision == Precision.BFLOAT16 ? 1 : 0);
		for (final int maps : network.skip()) numbers.add(maps > 0 ? 1 : 0);
		for (final Parameter parameter : network.parameters()) {
			numbers.add(parameter.shape().length);
			for (final int size : parameter.shape()) numbers.add(size);
		}
		return numbers.build().toArray();
	}
}
