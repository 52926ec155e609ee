package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;

import io.github.deepimageprior.DipException;

import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * libtorch, started once for the process, never downloaded.
 * <p>
 * All its work is done on one thread. Every thread that calls libtorch gets a team of workers of its own, and several
 * teams on one machine's cores slow each other down many times over; so fits that run at once take turns, call by call.
 * What is many and small is better done {@linkplain ParallelRuns side by side}, each on one core without a team.
 */
public final class Torch {

	private static final Pattern GPU = Pattern.compile("(?:gpu|cuda)[ :]?(\\d{0,9})");

	private static final ExecutorService WORK = Executors.newSingleThreadExecutor(Worker::new);

	private static Engine engine;

	private Torch() {}

	/** libtorch's thread. */
	private static final class Worker extends Thread {

		Worker(final Runnable work) {
			super(work, "libtorch");
			setDaemon(true);
		}
	}

	/**
	 * Lets the running call end before the process does: libtorch's destructors would pull the memory from under it.
	 */
	private static void endWithTheProcess() {
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			WORK.shutdown();
			try {
				ParallelRuns.end();
				WORK.awaitTermination(30, TimeUnit.SECONDS);
			}
			catch (final InterruptedException now) {
				// the process ends anyway
			}
		}, "end of libtorch"));
	}

	/**
	 * Starts libtorch if it is not running yet.
	 *
	 * @return DJL's PyTorch engine
	 * @throws DipException if the native library is missing, made for another platform, or cannot be loaded
	 */
	public static synchronized Engine start() {
		if (engine == null) {
			// DJL looks for its engines and native libraries through the thread's class loader, once, in a static
			// initialiser;
			// ImageJ 1.x loads plugins with a loader that no thread knows of.
			final Thread thread = Thread.currentThread();
			final ClassLoader loader = thread.getContextClassLoader();
			thread.setContextClassLoader(Torch.class.getClassLoader());
			try (SystemProperty offline = new SystemProperty("ai.djl.offline", "true");
				SystemProperty quiet = new SystemProperty("OPT_OUT_TRACKING", "true"))
			{
				// How long libgomp's workers spin before they sleep. By default so long that other programs beside them
				// halve the speed;
				// workers that never spin halve it when they are alone.
				Libc.call("setenv", "GOMP_SPINCOUNT", "10000", 0);
				// Blocks of 2 MB and more in huge pages: glibc keeps none of more than 32 MB, and to get them page by
				// page, step by step,
				// takes a fifth of the time of large pictures.
				Libc.call("setenv", "THP_MEM_ALLOC_ENABLE", "1", 0);
				engine = Engine.getEngine("PyTorch");
				endWithTheProcess();
			}
			catch (final RuntimeException | LinkageError problem) {
				throw notLoaded(problem);
			}
			finally {
				thread.setContextClassLoader(loader);
			}
		}
		return engine;
	}

	/**
	 * Finds a device by name: {@code auto} (the first GPU if there is one, else the CPU), {@code CPU}, {@code GPU},
	 * {@code GPU n}.
	 *
	 * @throws DipException if the name is none of these or this machine has no such GPU
	 */
	public static Device device(final String name) {
		final String wanted = name.trim().toLowerCase(Locale.ROOT);
		final Matcher gpu = GPU.matcher(wanted);
		if (!wanted.equals("auto") && !wanted.equals("cpu") && !gpu.matches())
			throw new DipException("There is no device '" + name + "': write auto, CPU or GPU 0.");
		if (wanted.equals("cpu")) return Device.cpu();
		// libtorch's own word: DJL's count of GPUs needs a CUDA library beside libtorch's.
		final boolean any = start().hasCapability(StandardCapabilities.CUDA);
		if (wanted.equals("auto")) return any ? Device.gpu() : Device.cpu();
		final int index = gpu.group(1).isEmpty() ? 0 : Integer.parseInt(gpu.group(1));
		if (any && works(Device.gpu(index))) return Device.gpu(index);
		throw new DipException("GPU " + index + " was asked for, but libtorch sees no " + (any ? "such GPU" : "GPU")
			+ " here: choose the device auto or CPU.");
	}

	private static boolean works(final Device device) {
		return compute(() -> {
			try (NDManager manager = manager(device)) {
				return manager.zeros(new Shape(1)).getDevice().equals(device);
			}
			catch (final EngineException none) {
				return false;
			}
		});
	}

	/** @return a manager for arrays on the device; closing it frees them */
	public static NDManager manager(final Device device) {
		return start().newBaseManager(device);
	}

	/**
	 * Does some work on libtorch's thread, and waits for it; an interruption does not shorten the wait, but is there
	 * afterwards. What such work does through this method is done at once.
	 *
	 * @return what the work gives
	 * @throws DipException if libtorch ran out of memory, or what the work throws
	 * @throws CancellationException if the process is about to end
	 */
	public static <T> T compute(final Callable<T> work) {
		start();
		if (ParallelRuns.isLane() || Thread.currentThread() instanceof Worker) return here(work);
		final Future<T> running = submit(work);
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return running.get();
				}
				catch (final InterruptedException later) {
					interrupted = true;
				}
			}
		}
		catch (final ExecutionException failed) {
			throw unchecked(failed.getCause());
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	/** Does work on the calling thread, with the errors of {@link #compute}. */
	static <T> T here(final Callable<T> work) {
		try {
			return work.call();
		}
		catch (final Exception problem) {
			throw unchecked(problem);
		}
	}

	/** @return what to throw; what says that libtorch ran out of memory becomes advice */
	static RuntimeException unchecked(final Throwable problem) {
		if (String.valueOf(problem.getMessage())
			.matches("(?s).*(can't allocate memory|not enough memory|out of memory).*"))
			return new DipException(
				"libtorch ran out of memory: select a smaller region, scale the image down, or close other programs; to start ImageJ again frees the rest.",
				problem);
		if (problem instanceof RuntimeException exception) return exception;
		if (problem instanceof Error error) throw error;
		return new IllegalStateException(problem);
	}

	private static <T> Future<T> submit(final Callable<T> work) {
		try {
			return WORK.submit(work);
		}
		catch (final RejectedExecutionException ending) {
			throw new CancellationException("The process is about to end");
		}
	}

	/** @return the number of threads that libtorch's operators use on the CPU */
	public static int threads() {
		return compute(JniUtils::getNumThreads);
	}

	/**
	 * Sets the number of threads that libtorch's operators use on the CPU; results repeat bit by bit only with the same
	 * number.
	 */
	public static void setThreads(final int threads) {
		compute(() -> {
			JniUtils.setNumThreads(threads);
			return null;
		});
	}

	private static DipException notLoaded(final Throwable problem) {
		Throwable root = problem;
		while (root.getCause() != null) root = root.getCause();
		final String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage().strip();
		if (root instanceof FileSystemException || reason.contains("No space left"))
			return new DipException("libtorch cannot be unpacked into " + Utils.getEngineCacheDir("pytorch") + " ("
				+ reason
				+ "): make room there and see that you may write there, or name another folder in the environment variable DJL_CACHE_DIR.",
				problem);
		return new DipException("libtorch cannot be loaded on " + System.getProperty("os.name") + " "
			+ System.getProperty("os.arch")
			+ ": put the jar pytorch-native-cpu made for this platform into ImageJ's jars folder, as the README says under Install ("
			+ reason + ").", problem);
	}
}
