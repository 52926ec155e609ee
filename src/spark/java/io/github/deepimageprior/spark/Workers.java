package io.github.deepimageprior.spark;

import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.Worker;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The workers of this process: an executor opens a classifier once, when its first task needs it. */
final class Workers {

	private static final Map<Settings, Worker> OPEN = new ConcurrentHashMap<>();

	static {
		System.setProperty("java.awt.headless", "true"); // whatever the machine of an executor has
	}

	private Workers() {}

	/** @return the worker for settings whose model files have been {@linkplain ModelShipment shipped} */
	static Worker of(final Settings settings) {
		return OPEN.computeIfAbsent(settings, shipped -> new Worker(ModelShipment.here(shipped)));
	}

	/**
	 * Does work on the calling thread, which is one of Spark's: on a CPU with as many threads of libtorch as the task
	 * has cores, on a GPU one piece of work at a time.
	 */
	static <T> T compute(final String device, final int cores, final Callable<T> work) {
		if (!Torch.isGpu(device)) return ParallelRuns.here(cores, work);
		synchronized (Workers.class) {
			try {
				return work.call();
			}
			catch (final RuntimeException problem) {
				throw problem;
			}
			catch (final Exception checked) {
				throw new IllegalStateException(checked);
			}
		}
	}
}
