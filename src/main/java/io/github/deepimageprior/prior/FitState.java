package io.github.deepimageprior.prior;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.engine.Joint;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.FitProtocol.RuleState;
import io.github.deepimageprior.prior.FitProtocol.State;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One fit as it is in libtorch: its tensors, and the program {@code hourglass.py} that changes them step by step,
 * together with those of other fits where that is faster.
 */
final class FitState implements AutoCloseable {

	private final Program program;
	private final MemoryOrder order;
	private final ParameterLayout layout;
	private final FitSettings settings;
	private final NDManager there; // where the network runs
	private final NDManager here; // the CPU, whose numbers the program reads without waiting for a GPU
	private final NDArray latent, net, halt;
	private final List<NDArray> observed;
	private final StateTensors tensors;
	private final ByteBuffer haltFlag;
	private final Kind kind;
	private final int most;
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
		latent = start.latent(program, there, network, up(observation.width(), multiple),
			up(observation.height(), multiple), order);
		layout = new ParameterLayout(network.parameters(), order);
		observed = Program.list("observed",
			ObservedTensors.of(there, observation, settings.langevin().isOn() ? layout : null));
		tensors = new StateTensors(program, there, layout.toMemory(start.parameters(network.parameters())), observation,
			settings);
		final long[] architecture = FitProtocol.net(network, settings.precision(), order);
		net = here.create(architecture);
		kind = new Kind(Arrays.stream(architecture).boxed().toList(),
			Stream.concat(observed.stream(), tensors.all().stream())
				.map(tensor -> Arrays.stream(tensor.getShape().getShape()).boxed().toList()).toList(),
			settings.withIterations(1).withSnapshots(List.of()).withSeed(0).withRule(settings.rule().withoutLevels()),
			observation.downsampler());
		most = FitMemory.together(network, observation.width(), observation.height(), there.getDevice().isGpu());
		halt = here.create(new long[1]);
		haltFlag = halt.toByteBuffer(true); // the tensor's own memory: another thread may write while the program runs
	}

	/**
	 * @param network what is fitted
	 * @param settings how
	 * @param observation what is known of the picture
	 * @param start initial latent and parameters
	 * @param device where the network runs
	 * @param order how feature maps and weights lie in memory
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

	private static int up(final int size, final int multiple) {
		return -Math.floorDiv(-size, multiple) * multiple;
	}

	/**
	 * The steps of one call: for each of them the loss before it and what the stopping rule monitors, the variance of
	 * the outputs or else the loss.
	 *
	 * @param exceeded whether the loss has exceeded the limit after them
	 */
	record Done(double[] losses, double[] variances, boolean exceeded) {}

	/**
	 * Runs optimisation steps.
	 *
	 * @param first number of the first, from 1
	 * @param count how many
	 * @param noise seed of the input noise
	 * @param limit a loss that exceeds it, or is not a number, ends the call; its step does not count, but changes the
	 *        tensors
	 * @return the steps taken: fewer than asked for after {@link #halt()}, at the limit, when the {@linkplain #ended()
	 *         rule} stops the fit, or when another one in the same lane is halted, stopped, or to have its results read
	 */
	Done run(final int first, final int count, final long noise, final double limit) {
		final FitCall wanted = new FitCall(this, first, count, FitProtocol.own(settings, noise, limit));
		Joint.join(wanted);
		return wanted.done();
	}

	/** What must be the same for fits to be one call of the program: all but the target, seed and noise level. */
	private record Kind(List<Long> net, List<List<Long>> shapes, FitSettings settings, Downsampler downsampler) {}

	/** @return equal for fits that the program can take as one */
	Object kind() {
		return kind;
	}

	/** @return the most fits of its kind that are faster as one */
	int most() {
		return most;
	}

	/**
	 * Calls the program for several fits of a kind.
	 *
	 * @param own see {@link FitProtocol.Own}, of each fit
	 * @return for each fit the steps taken
	 */
	static List<Done> run(final List<FitState> fits, final int first, final int count, final double[][] own) {
		final FitState one = fits.get(0);
		return Torch.compute(() -> {
			try (NDManager call = one.here.newSubManager();
				NDList done = one.program.call("fit",
					Program.arguments(each("latents", fits, fit -> fit.latent), all(fits, fit -> fit.observed),
						all(fits, fit -> fit.tensors.all()), one.net,
						call.create(FitProtocol.plan(one.settings, first, count)),
						call.create(FitProtocol.coefficients(one.settings)), call.create(own),
						each("halts", fits, fit -> fit.halt))))
			{
				final double[] losses = done.get(0).toDoubleArray(), variances = done.get(1).toDoubleArray(),
					taken = done.get(2).toDoubleArray(), exceeded = done.get(3).toDoubleArray();
				return IntStream.range(0, fits.size())
					.mapToObj(
						fit -> new Done(column(losses, fit, taken), column(variances, fit, taken), exceeded[fit] > 0))
					.toList();
			}
		});
	}

	private static List<NDArray> each(final String name, final List<FitState> fits,
		final Function<FitState, NDArray> tensor)
	{
		return Program.list(name, fits.stream().map(tensor).toList());
	}

	private static List<NDArray> all(final List<FitState> fits, final Function<FitState, List<NDArray>> tensors) {
		return fits.stream().map(tensors).flatMap(List::stream).toList();
	}

	/** @return what belongs to a fit in rows with a number for each fit */
	private static double[] column(final double[] rows, final int fit, final double[] taken) {
		return IntStream.range(0, (int) taken[fit]).mapToDouble(step -> rows[step * taken.length + fit]).toArray();
	}

	/**
	 * Ends a running {@link #run} after its current step, and every later one after its first. May be called from any
	 * thread.
	 */
	synchronized void halt() {
		if (!closed) haltFlag.putLong(0, 1);
	}

	/** @return all that changes from step to step */
	StateTensors tensors() {
		return tensors;
	}

	/** @return whether the stopping rule has stopped the fit */
	boolean ended() {
		return settings.rule().ends() && found();
	}

	/** @return whether the stopping rule has found its step, if it ends the fit or not */
	boolean found() {
		return tensors.ruleState(RuleState.STOP) > 0;
	}

	/** @return whether the stopping rule has found its step because of the residual */
	boolean foundByResidual() {
		return tensors.ruleState(RuleState.STOP) == 2;
	}

	/** @return the step with the least variance, or that at which the residual ended the fit; 0 if there is none */
	int bestStep() {
		return (int) tensors.ruleState(RuleState.BEST_STEP);
	}

	/** @return the moving average of the outputs so far, channels × height × width */
	float[] average() {
		return tensors.floats(State.AVERAGE);
	}

	/** @return the output of the last step, channels × height × width */
	float[] output() {
		return tensors.floats(State.OUTPUT);
	}

	/**
	 * @return the parameters in the order of {@link Hourglass#parameters()}: those of the step with the least variance
	 *         if the rule remembers it, else the last ones
	 */
	float[] parameters() {
		return layout.fromMemory(tensors.floats(bestStep() > 0 ? State.BEST_PARAMETERS : State.PARAMETERS));
	}

	/** @return how the parameters lie in memory */
	ParameterLayout layout() {
		return layout;
	}

	/** @return the mean squared difference between what is observed of a picture and the target */
	double error(final float[] picture) {
		return Torch.compute(() -> {
			try (NDArray tensor = there.create(picture, tensors.shape());
				NDArray error = program.infer("error", Program.arguments(tensor, observed)).singletonOrThrow())
			{
				return (double) error.getFloat();
			}
		});
	}

	/** @return how the network's feature maps and weights lie in memory */
	MemoryOrder order() {
		return order;
	}

	/** @return the device that holds the tensors */
	Device device() {
		return latent.getDevice();
	}

	@Override
	public void close() {
		synchronized (this) {
			closed = true; // the memory of the flag is freed with the tensors
		}
		Torch.close(() -> {
			there.close();
			here.close();
		});
	}
}
