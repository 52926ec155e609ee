package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.Cancellation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many pieces are done at once, and which steps are taken as one. */
class AtOnceTest {

	@ParameterizedTest
	@CsvSource({
		// pieces, memory for, cores, GPU, together: lanes, together
		"100, 100, 2, false, 1, 2, 1", "100, 100, 2, false, 16, 2, 16", "100, 9, 2, false, 16, 2, 4",
		"100, 1, 2, false, 16, 1, 1", "5, 5, 2, false, 16, 2, 3", "3, 3, 4, false, 16, 3, 1",
		"100, 100, 1, true, 128, 1, 100", "100, 12, 1, true, 128, 1, 12", "100, 100, 1, true, 1, 1, 1" })
	void memoryCoresAndPiecesLimitThem(final int pieces, final int most, final int cores, final boolean gpu,
		final int together, final int lanes, final int shared)
	{
		assertEquals(new AtOnce(lanes, shared, gpu), AtOnce.of(pieces, most, cores, gpu, together));
	}

	@Test
	void filledLanesAreAsManyAsGroups() {
		assertEquals(new AtOnce(1, 16, false, true), AtOnce.ofFilled(1, 1000, 16));
		assertEquals(new AtOnce(Math.min(2, Torch.threads()), 16, false, true), AtOnce.ofFilled(17, 1000, 16));
		assertEquals(1, AtOnce.ofFilled(64, Long.MAX_VALUE, 16).lanes(), "memory for one group at best");
	}

	/** Counts the steps that are taken as one. */
	private record Steps(String kind, int first, int count, List<String> log, int[] done) implements Joint {

		@Override
		public int most() {
			return Integer.MAX_VALUE;
		}

		@Override
		public void run(final List<? extends Joint> all, final int end) {
			final int least = Math.min(end - first,
				all.stream().mapToInt(each -> ((Steps) each).count).min().getAsInt());
			log.add(kind + " " + first + "+" + least + " x" + all.size());
			for (final Joint each : all) ((Steps) each).done[0] = least;
		}
	}

	private static void go(final String kind, final int from, final int to, final List<String> log) {
		for (int step = from; step <= to;) {
			final int[] done = new int[1];
			Joint.join(new Steps(kind, step, to - step + 1, log, done));
			step += done[0];
		}
	}

	private static List<String> logOf(final List<Callable<Void>> work, final List<String> log) {
		ParallelRuns.run(work, new AtOnce(1, work.size(), false), new Cancellation());
		return log;
	}

	@Test
	void whoFallsBehindCatchesUp() {
		final List<String> log = Collections.synchronizedList(new ArrayList<>());
		final List<Callable<Void>> work = new ArrayList<>();
		for (int i = 0; i < 2; i++) work.add(() -> {
			go("a", 1, 50, log);
			go("a", 51, 60, log);
			return null;
		});
		work.add(() -> {
			go("a", 1, 50, log);
			go("a", 41, 60, log);
			return null;
		});
		assertEquals(List.of("a 1+50 x3", "a 41+10 x1", "a 51+10 x3"), logOf(work, log));
	}

	/** Each of them gets it, and none waits for ever. */
	@Test
	void anErrorOfJointStepsIsThatOfTheRun() {
		final Joint full = new Joint() {

			@Override
			public Object kind() {
				return "a";
			}

			@Override
			public int first() {
				return 1;
			}

			@Override
			public int most() {
				return Integer.MAX_VALUE;
			}

			@Override
			public void run(final List<? extends Joint> all, final int end) {
				throw new OutOfMemoryError("none left");
			}
		};
		final List<Throwable> caught = Collections.synchronizedList(new ArrayList<>());
		final List<Callable<Void>> work = Collections.nCopies(3, () -> {
			caught.add(assertThrows(OutOfMemoryError.class, () -> Joint.join(full)));
			return null;
		});
		ParallelRuns.run(work, new AtOnce(1, 3, false), new Cancellation());
		assertEquals(3, caught.size());
	}

	@Test
	void otherKindsAreDoneApartAndTheLargerGroupFirst() {
		final List<String> log = Collections.synchronizedList(new ArrayList<>());
		final List<Callable<Void>> work = IntStream.range(0, 3).mapToObj(i -> (Callable<Void>) () -> {
			go(i == 1 ? "b" : "a", 1, 5, log);
			return null;
		}).toList();
		assertEquals(List.of("a 1+5 x2", "b 1+5 x1"), logOf(work, log));
	}
}
