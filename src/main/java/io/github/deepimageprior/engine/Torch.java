package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * libtorch, loaded once for the process.
 * <p>
 * All its work is done on one thread. Every thread that calls libtorch gets a team of worker threads of its own, and
 * several teams on the cores of one machine slow each other down many times over. So computations that run at once take
 * turns, call by call. Many small ones are better done by {@link ParallelRuns}, each on one core without a team.
 */
public final class Torch {

	/** The longest wait for running computations when the process ends. */
	private static final int SECONDS_TO_END = 30;

	private static final ExecutorService WORK = Executors.newSingleThreadExecutor(Worker::new);

	private static volatile Engine engine;

	private Torch() {}

	/** libtorch's thread. */
	private static final class Worker extends Thread {

		Worker(final Runnable work) {
			super(work, "libtorch");
			setDaemon(true);
		}
	}

	/**
	 * Loads libtorch if it is not loaded yet.
	 *
	 * @return DJL's PyTorch engine
	 * @throws DipException if the native library is missing, made for another platform, or cannot be loaded
	 */
	public static synchronized Engine start() {
		if (engine == null) {
			RequiredJars.check();
			engine = LibtorchLoader.load();
			// The worker must have its number of threads before a lane changes the one for new threads.
			CompletableFuture.runAsync(OperatorThreads::begin, WORK).join();
			Runtime.getRuntime().addShutdownHook(new Thread(Torch::end, "end of libtorch"));
		}
		ExitGuard.renew();
		return engine;
	}

	/**
	 * Lets running calls finish before the process ends: libtorch's destructors would free the memory that they use.
	 */
	private static void end() {
		WORK.shutdown();
		try {
			Lane.endAll(SECONDS_TO_END);
			if (!ModuleCall.isBusy()) WORK.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
		}
		catch (final InterruptedException now) {
			// the process ends anyway
		}
	}

	/**
	 * Finds a device by name.
	 *
	 * @param name {@code auto} (the first GPU if there is one, otherwise the CPU), {@code CPU}, {@code GPU} or
	 *        {@code GPU n}, in upper or lower case
	 * @return the device
	 * @throws DipException if the name is none of these or this machine has no such GPU
	 */
	public static Device device(final String name) {
		return Devices.named(name);
	}

	/**
	 * @param name as of {@link #device}
	 * @return the device that is meant: {@code CPU} or {@code GPU n}
	 */
	public static String deviceName(final String name) {
		final Device device = device(name);
		return device.isGpu() ? "GPU " + device.getDeviceId() : "CPU";
	}

	/**
	 * @param name as of {@link #device}
	 * @return whether a GPU is meant
	 */
	public static boolean isGpu(final String name) {
		return device(name).isGpu();
	}

	/** @return the versions of libtorch and of DJL */
	public static String version() {
		return "libtorch " + start().getVersion() + ", DJL " + Engine.getDjlVersion();
	}

	/** @return a manager for arrays on the device; closing it frees them */
	public static NDManager manager(final Device device) {
		return start().newBaseManager(device);
	}

	/** @return whether libtorch is loaded; it stays the same one until the process ends */
	public static boolean isRunning() {
		return engine != null;
	}

	/** @return whether libtorch is busy with a module that has not returned since it was cancelled */
	public static boolean isBusy() {
		return ModuleCall.isBusy();
	}

	/**
	 * Does work on libtorch's thread and waits for it; within {@link ParallelRuns}, and within such work, on the
	 * calling thread. An interruption does not end the wait, but the thread is interrupted afterwards.
	 *
	 * @param work what to do; all calls of libtorch belong into such work
	 * @return the result of the work
	 * @throws DipException if libtorch cannot be loaded, runs out of memory, or is busy with a module that does not
	 *         return
	 * @throws CancellationException if the process is about to end
	 * @throws RuntimeException as the work throws it; a checked exception as the cause of an
	 *         {@link IllegalStateException}
	 */
	public static <T> T compute(final Callable<T> work) {
		start();
		if (Thread.currentThread() instanceof Worker) return here(work);
		if (Lane.isHere()) return here(() -> Lane.compute(work));
		return await(new ModuleCall<>(null, null, work));
	}

	/**
	 * As {@link #compute(Callable)}, for work that calls a user's module, which may never return. The wait then ends
	 * some seconds after a cancel, but libtorch stays busy. The work is done on libtorch's thread even within
	 * {@link ParallelRuns}.
	 *
	 * @param module name of the module, for messages
	 * @param cancellation of the computation that needs the result; an interruption of the calling thread cancels it
	 * @throws CancellationException also if the work did not return after a cancel
	 * @throws DipException also if libtorch is still busy with such work
	 */
	public static <T> T compute(final String module, final Cancellation cancellation, final Callable<T> work) {
		start();
		if (Thread.currentThread() instanceof Worker) return here(work);
		return await(new ModuleCall<>(module, cancellation, work));
	}

	/**
	 * Closes something that belongs to libtorch; if libtorch is busy with a module that does not return, when it does.
	 */
	public static void close(final AutoCloseable resource) {
		final Callable<Void> close = () -> {
			resource.close();
			return null;
		};
		if (ModuleCall.isBusy()) WORK.submit(close);
		else compute(close);
	}

	private static <T> T await(final ModuleCall<T> call) {
		ModuleCall.requireFree();
		try {
			return call.await(WORK.submit(call));
		}
		catch (final RejectedExecutionException rejected) {
			throw ending();
		}
		catch (final ExecutionException failed) {
			throw unchecked(failed.getCause());
		}
	}

	/** Does work on the calling thread, with the exceptions of {@link #compute}. */
	static <T> T here(final Callable<T> work) {
		try {
			return work.call();
		}
		catch (final Exception problem) {
			throw unchecked(problem);
		}
	}

	/** @return what to throw for a problem: advice if libtorch ran out of memory */
	static RuntimeException unchecked(final Throwable problem) {
		if (isOutOfMemory(problem))
			return new DipException(
				"libtorch ran out of memory: select a smaller region, scale the image down, or close "
					+ "other programs; restarting ImageJ frees the memory that it still holds.",
				problem);
		if (problem instanceof RuntimeException exception) return exception;
		if (problem instanceof Error error) throw error;
		return new IllegalStateException(problem);
	}

	/** @return whether libtorch says with a problem that it ran out of memory */
	public static boolean isOutOfMemory(final Throwable problem) {
		return String.valueOf(problem.getMessage())
			.matches("(?s).*(can't allocate memory|not enough memory|out of memory).*");
	}

	/** @return what to throw when the process is about to end */
	static CancellationException ending() {
		return new CancellationException("The process is about to end");
	}

	/** @return the number of threads that libtorch's operators use on the CPU; 1 within {@link ParallelRuns} */
	public static int threads() {
		return compute(OperatorThreads::get);
	}

	/**
	 * Sets the number of threads that libtorch's operators use on the CPU. Results are the same bit by bit only with
	 * the same number. Not to be called within {@link ParallelRuns}.
	 */
	public static void setThreads(final int threads) {
		compute(() -> {
			OperatorThreads.set(threads);
			return null;
		});
	}

	/**
	 * Chooses the number of threads of {@link #setThreads} for the whole process, without loading libtorch. A choice
	 * that is the same as the last one changes nothing.
	 *
	 * @param threads at least 1; 0 for libtorch's own choice, which depends on the machine
	 */
	public static void preferThreads(final int threads) {
		if (OperatorThreads.prefer(threads) && isRunning()) compute(() -> {
			OperatorThreads.setPreferred();
			return null;
		});
	}
}
