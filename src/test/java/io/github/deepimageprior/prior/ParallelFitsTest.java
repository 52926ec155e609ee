package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fits side by side. */
class ParallelFitsTest {

	private static final int FITS = 4;

	private final ExecutorService pool = Executors.newFixedThreadPool(FITS);

	@AfterEach
	void shutDown() {
		pool.shutdown();
	}

	private static FitResult fit(final int seed) {
		return new Fit(Preset.ARCH_2.network(3),
			FitSettings.DEFAULTS.withIterations(20).withDevice("CPU").withSeed(seed)).run(FitTest.picture(24, 20, 3));
	}

	@Test
	void aForeignPoolGivesTheSameBitsAsParallelRuns() throws Exception {
		final int threads = Torch.threads();
		final List<Callable<FitResult>> fits = IntStream.range(0, FITS)
			.mapToObj(seed -> (Callable<FitResult>) () -> fit(seed)).toList();
		final List<FitResult> expected = ParallelRuns.run(fits, FITS, new Cancellation());
		final List<Future<FitResult>> actual = pool
			.invokeAll(fits.stream().map(fit -> (Callable<FitResult>) () -> ParallelRuns.here(fit)).toList());
		for (int i = 0; i < FITS; i++) {
			final FitResult mine = actual.get(i).get();
			assertArrayEquals(expected.get(i).losses(), mine.losses());
			assertArrayEquals(expected.get(i).parameters(), mine.parameters());
			assertArrayEquals(expected.get(i).picture(true).values(), mine.picture(true).values());
			assertEquals(1, mine.summary().threads());
		}
		assertEquals(threads, Torch.threads());
	}

	@Test
	void anInterruptionCancelsAFitOnAForeignThread() throws Exception {
		pool.submit(() -> {
			Thread.currentThread().interrupt();
			return assertThrows(CancellationException.class, () -> ParallelRuns.here(() -> fit(0)));
		}).get();
	}
}
