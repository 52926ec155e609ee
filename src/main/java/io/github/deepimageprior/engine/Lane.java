package io.github.deepimageprior.engine;

import ai.djl.pytorch.jni.JniUtils;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

/**
 * Temporarily turns a thread into a lane: {@link Torch#compute} then computes on this thread, and libtorch's operators
 * use no other, or as many as were asked for. Several lanes compute in parallel, usually each on one core.
 */
final class Lane {

	private static final ThreadLocal<Lane> CURRENT = new ThreadLocal<>();
	private static final Set<Thread> RUNNING = new HashSet<>();
	private static boolean ending;

	private final boolean memoryChecked;

	private Lane(final boolean memoryChecked) {
		this.memoryChecked = memoryChecked;
	}

	/** @return whether the calling thread is a lane now */
	static boolean isHere() {
		return CURRENT.get() != null;
	}

	/** @return whether the calling thread is a lane whose memory has been checked together with that of all others */
	static boolean isMemoryChecked() {
		return isHere() && CURRENT.get().memoryChecked;
	}

	/**
	 * Does work on the calling thread as a lane; if it is one already, nothing changes. Afterwards the thread has its
	 * former settings, except that TorchScript's optimiser is on, which is the default: libtorch has that setting for
	 * every thread, but it cannot be queried.
	 *
	 * @param memoryChecked whether the memory of all lanes has been checked
	 * @param threads how many libtorch's operators use
	 * @throws CancellationException if the process is about to end
	 */
	static <T> T call(final boolean memoryChecked, final int threads, final Callable<T> work) throws Exception {
		if (isHere()) return work.call();
		begin();
		try {
			CURRENT.set(new Lane(memoryChecked));
			return OperatorThreads.with(threads, work);
		}
		finally {
			JniUtils.setGraphExecutorOptimize(true);
			CURRENT.remove();
			end();
		}
	}

	/** Computes on the calling thread, which is a lane, while no other thread of its crew computes. */
	static <T> T compute(final Callable<T> work) throws Exception {
		final Crew crew = Crew.here();
		return crew == null ? work.call() : crew.alone(work);
	}

	private static synchronized void begin() {
		if (ending) throw Torch.ending();
		RUNNING.add(Thread.currentThread());
	}

	private static synchronized void end() {
		RUNNING.remove(Thread.currentThread());
		Lane.class.notifyAll();
	}

	/**
	 * Interrupts all lanes, which cancels a fit after its current step, and waits for them. From now on there are no
	 * new ones.
	 *
	 * @param seconds the longest wait
	 */
	static synchronized void endAll(final int seconds) throws InterruptedException {
		ending = true;
		RUNNING.forEach(Thread::interrupt);
		final long deadline = System.nanoTime() + seconds * 1_000_000_000L;
		for (long left = seconds * 1000L; left > 0
			&& !RUNNING.isEmpty(); left = (deadline - System.nanoTime()) / 1_000_000) Lane.class.wait(left);
	}
}
