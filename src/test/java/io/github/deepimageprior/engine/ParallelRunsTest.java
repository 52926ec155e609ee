package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes on threads of a foreign pool. */
class ParallelRunsTest {

	private static final int THREADS = 3, POOL = 6;

	private final ExecutorService pool = Executors.newFixedThreadPool(POOL);
	private int before;

	@BeforeEach
	void manyThreads() {
		before = Torch.threads();
		Torch.setThreads(THREADS);
	}

	@AfterEach
	void threadsAsBefore() {
		Torch.setThreads(before);
		pool.shutdown();
	}

	/** Does the same on all threads of the pool at once. */
	private void everywhere(final Callable<Void> work) throws Exception {
		final CyclicBarrier together = new CyclicBarrier(POOL);
		final List<Future<Void>> running = pool.invokeAll(Collections.nCopies(POOL, () -> {
			together.await(1, TimeUnit.MINUTES);
			return work.call();
		}));
		for (final Future<Void> one : running) one.get();
	}

	private void assertAsBefore() throws Exception {
		everywhere(() -> {
			assertFalse(Lane.isHere());
			assertEquals(THREADS, OperatorThreads.get());
			return null;
		});
		assertEquals(THREADS, Torch.threads());
		final ExecutorService fresh = Executors.newSingleThreadExecutor();
		assertEquals(THREADS, fresh.submit(OperatorThreads::get).get(), "a thread that libtorch has not seen");
		fresh.shutdown();
	}

	@Test
	void eachThreadComputesByItselfWithOneThreadAndIsAsBeforeAfterwards() throws Exception {
		final CyclicBarrier all = new CyclicBarrier(POOL);
		for (int round = 0; round < 5; round++) everywhere(() -> ParallelRuns.here(() -> {
			all.await(1, TimeUnit.MINUTES);
			assertTrue(Lane.isHere());
			assertFalse(ParallelRuns.isMemoryChecked());
			final Thread thread = Thread.currentThread();
			assertSame(thread, Torch.compute(Thread::currentThread));
			assertEquals(1, Torch.threads());
			return null;
		}));
		assertAsBefore();
	}

	@Test
	void aThreadWithANumberOfItsOwnKeepsIt() throws Exception {
		pool.submit(() -> {
			OperatorThreads.set(2);
			ParallelRuns.here(() -> {
				assertEquals(1, Torch.threads());
				return null;
			});
			assertEquals(2, OperatorThreads.get());
			return null;
		}).get();
		assertEquals(THREADS, Torch.threads());
	}

	@Test
	void exceptionsPassThroughAndLeaveTheThreadAsItWas() throws Exception {
		final DipException advice = new DipException("no");
		final IOException checked = new IOException("no");
		everywhere(() -> {
			assertSame(advice, assertThrows(DipException.class, () -> ParallelRuns.here(() -> {
				throw advice;
			})));
			assertSame(checked, assertThrows(IllegalStateException.class, () -> ParallelRuns.here(() -> {
				throw checked;
			})).getCause());
			assertThrows(StackOverflowError.class, () -> ParallelRuns.here(() -> {
				throw new StackOverflowError();
			}));
			return null;
		});
		assertAsBefore();
	}

	/** The first piece would wait for ten seconds. */
	@Test
	void aFailureEndsTheOthersAtOnce() {
		final Cancellation cancellation = new Cancellation();
		final DipException problem = new DipException("no");
		final Callable<Void> waits = () -> {
			for (int i = 0; i < 1000 && !cancellation.isRequested(); i++) Thread.sleep(10);
			assertTrue(cancellation.isRequested(), "cancelled while it runs");
			cancellation.requireNotCancelled();
			return null;
		}, fails = () -> {
			throw problem;
		};
		assertSame(problem, assertThrows(DipException.class,
			() -> ParallelRuns.run(List.of(waits, fails), new AtOnce(2, 1, false), cancellation)));
	}

	@Test
	void nestedCallsStayOnTheThread() throws Exception {
		everywhere(() -> ParallelRuns.here(() -> {
			final Thread thread = Thread.currentThread();
			assertEquals(5, ParallelRuns.here(() -> Torch.compute(() -> ParallelRuns.here(() -> {
				assertSame(thread, Thread.currentThread());
				return 5;
			}))));
			assertTrue(Lane.isHere());
			assertEquals(1, Torch.threads());
			assertEquals(List.of(1, 1),
				ParallelRuns.run(List.of(Torch::threads, Torch::threads), 2, new Cancellation()));
			assertEquals(1, Torch.threads());
			return null;
		}));
		assertAsBefore();
	}

	@Test
	void libtorchsOwnThreadCanBeALaneToo() throws Exception {
		assertEquals(1, Torch.compute(() -> ParallelRuns.here(Torch::threads)));
		assertAsBefore();
	}

	@Test
	void piecesOfWorkHaveTheirMemoryChecked() throws Exception {
		final Callable<Boolean> checked = ParallelRuns::isMemoryChecked;
		assertEquals(List.of(true, true), ParallelRuns.run(List.of(checked, checked), 2, new Cancellation()));
		assertEquals(List.of(false, false), ParallelRuns.run(List.of(checked, checked), 1, new Cancellation()));
		assertAsBefore();
	}

	@Test
	void theEndOfTheProcessInterruptsAndWaits() throws Exception {
		assertEquals("interrupted\nrefused\nfinished", ChildProcess.run(ChildProcess.java(Ending.class)).strip());
	}

	/** Exits while a lane on a thread of its own is at work. */
	static final class Ending {

		public static void main(final String[] arguments) throws InterruptedException {
			final CountDownLatch working = new CountDownLatch(1);
			final Thread lane = new Thread(() -> ParallelRuns.here(() -> {
				working.countDown();
				try {
					Thread.sleep(600_000);
				}
				catch (final InterruptedException expected) {
					System.out.println("interrupted");
				}
				final Thread late = new Thread(() -> {
					try {
						ParallelRuns.here(() -> null);
					}
					catch (final CancellationException expected) {
						System.out.println("refused");
					}
				});
				late.start();
				late.join();
				Thread.sleep(1000); // long enough for a process that does not wait
				System.out.println("finished");
				return null;
			}));
			lane.setDaemon(true);
			lane.start();
			working.await();
			System.exit(0);
		}
	}

	/** As a task of a cluster that has several cores. */
	@Test
	void aCallersThreadMayHaveSeveralCores() {
		assertEquals(3, ParallelRuns.here(3, Torch::threads));
		assertEquals(1, ParallelRuns.here(Torch::threads));
		assertEquals(3, ParallelRuns.here(3, () -> ParallelRuns.here(Torch::threads)), "a nested call changes nothing");
	}

	/** The third of four threads is one too many. */
	@Test
	void withoutAThreadForEachMemberOfACrewNothingBeginsAndNoneWaits() throws Exception {
		final List<Thread> threads = new ArrayList<>();
		final Set<Integer> begun = ConcurrentHashMap.newKeySet();
		final List<Callable<Integer>> work = IntStream.range(0, 6).mapToObj(i -> (Callable<Integer>) () -> {
			begun.add(i);
			Joint.join(new Alone());
			return i;
		}).toList();
		final ThreadFactory two = task -> {
			if (threads.size() == 2) throw new OutOfMemoryError("unable to create native thread");
			threads.add(new Thread(task));
			return threads.get(threads.size() - 1);
		};
		final AtOnce fourTogether = new AtOnce(1, 4, false);
		final DipException advice = assertThrows(DipException.class,
			() -> ParallelRuns.run(work, fourTogether, new Cancellation(), two));
		assertTrue(advice.getMessage().startsWith("The system cannot start more threads"), advice.getMessage());
		for (final Thread thread : threads) {
			thread.join(TimeUnit.MINUTES.toMillis(1));
			assertFalse(thread.isAlive(), "it waits for those that are missing");
		}
		assertEquals(Set.of(), begun);
		assertEquals(List.of(0, 1, 2, 3, 4, 5), ParallelRuns.run(work, fourTogether, new Cancellation()));
		assertAsBefore();
	}

	/** Nothing to do, for which a thread still waits for the others of its lane. */
	private static final class Alone implements Joint {

		@Override
		public int most() {
			return 1;
		}

		@Override
		public Object kind() {
			return this;
		}

		@Override
		public int first() {
			return 0;
		}

		@Override
		public void run(final List<? extends Joint> all, final int end) {}
	}
}
