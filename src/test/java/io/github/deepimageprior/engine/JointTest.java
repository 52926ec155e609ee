package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;

/** Steps of several threads that are taken as one. */
class JointTest {

	/** Wants one step; several as one are too much for the memory. */
	private static class TooLarge implements Joint {

		private static final int MOST = 2;

		private final List<Integer> sizes;
		private boolean done;

		TooLarge(final List<Integer> sizes) {
			this.sizes = sizes;
		}

		@Override
		public Object kind() {
			return "";
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
			sizes.add(all.size());
			if (all.size() > MOST) throw new DipException("CUDA out of memory. Tried to allocate 20.00 MiB");
			all.forEach(one -> ((TooLarge) one).done = true);
		}
	}

	@Test
	void jointStepsThatRunOutOfMemoryAreSplit() {
		final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
		final Callable<Boolean> twice = () -> {
			for (int i = 0; i < 2; i++) {
				final TooLarge wanted = new TooLarge(sizes);
				Joint.join(wanted);
				if (!wanted.done) return false;
			}
			return true;
		};
		assertEquals(Collections.nCopies(8, true),
			ParallelRuns.run(Collections.nCopies(8, twice), new AtOnce(1, 8, true), new Cancellation()));
		assertEquals(List.of(8, 4, 2, 2, 2, 2, 2, 2, 2, 2), sizes);
	}

	/** Remembers with how many others it was done. */
	private record Seen(int most, int number, List<Integer> sizes) implements Joint {

		@Override
		public Object kind() {
			return most;
		}

		@Override
		public int first() {
			return 1;
		}

		@Override
		public void run(final List<? extends Joint> all, final int end) {
			sizes.add(all.size());
			sizes.add((int) all.stream().distinct().count());
		}
	}

	/** Three of which four pay as one, then two of which none pays: whoever is missing is made up by a copy. */
	@Test
	void filledStepsAreAlwaysThoseOfTheSameNumber() {
		final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
		final List<Callable<Void>> work = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			final Seen wanted = new Seen(i % 2 == 0 ? 4 : 1, i, sizes);
			work.add(() -> {
				Joint.join(wanted);
				return null;
			});
		}
		ParallelRuns.run(work, new AtOnce(1, 5, false, true), new Cancellation());
		assertEquals(List.of(4, 3, 1, 1, 1, 1), sizes);
	}

	@Test
	void oneThatRunsOutOfMemoryFails() {
		final Callable<Void> work = () -> {
			Joint.join(new TooLarge(new ArrayList<>()) {

				@Override
				public void run(final List<? extends Joint> all, final int end) {
					throw new DipException("libtorch ran out of memory");
				}
			});
			return null;
		};
		assertThrows(DipException.class,
			() -> ParallelRuns.run(Collections.nCopies(3, work), new AtOnce(1, 3, true), new Cancellation()));
	}
}
