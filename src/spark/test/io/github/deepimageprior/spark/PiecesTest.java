package io.github.deepimageprior.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pieces of work on Spark within this process, where a task may fail twice. */
@Tag("spark")
class PiecesTest implements Pieces.Results<Integer, Integer> {

	private static final Set<Integer> TRIED = ConcurrentHashMap.newKeySet();
	private static JavaSparkContext spark;

	private final List<Integer> done = new ArrayList<>();
	private final Map<Integer, String> lost = new TreeMap<>();

	@BeforeAll
	static void start() {
		spark = new JavaSparkContext(
			new SparkConf().setMaster("local[2, 2]").setAppName("test").set("spark.ui.enabled", "false")
				.set("spark.driver.host", "127.0.0.1").set("spark.driver.bindAddress", "127.0.0.1"));
	}

	@AfterAll
	static void stop() {
		spark.stop();
	}

	@Override
	public void done(final Integer piece, final Integer result) {
		assertEquals(piece * piece, result);
		done.add(piece);
	}

	@Override
	public void lost(final Integer piece, final String problem) {
		lost.put(piece, problem);
	}

	private void run(final int count, final Pieces.Work<Integer, Integer> work, final Cancellation cancellation) {
		new Pieces<>(spark, work, this).run(IntStream.range(0, count).iterator(), cancellation);
	}

	private List<Integer> sorted() {
		Collections.sort(done);
		return done;
	}

	@Test
	void eachPieceIsDoneOnce() {
		run(100, piece -> piece * piece, new Cancellation());
		assertEquals(IntStream.range(0, 100).boxed().toList(), sorted());
		assertTrue(lost.isEmpty());
	}

	@Test
	void aTaskThatFailsOnceIsTriedAgain() {
		TRIED.clear();
		run(20, piece -> {
			if (piece % 5 == 0 && TRIED.add(piece)) throw new IllegalStateException("once");
			return piece * piece;
		}, new Cancellation());
		assertEquals(IntStream.range(0, 20).boxed().toList(), sorted());
		assertTrue(lost.isEmpty());
	}

	@Test
	void aPieceThatAlwaysFailsIsGivenUpAndTheOthersGoOn() {
		run(20, piece -> {
			if (piece == 7 || piece == 8) throw new IllegalStateException("bad piece " + piece);
			return piece * piece;
		}, new Cancellation());
		assertEquals(IntStream.range(0, 20).filter(i -> i != 7 && i != 8).boxed().toList(), sorted());
		assertEquals(Set.of(7, 8), lost.keySet());
		assertTrue(lost.get(7).startsWith("Spark gave it up: "), lost.get(7));
	}

	@Test
	void adviceEndsTheWork() {
		final DipException advice = assertThrows(DipException.class, () -> run(20, piece -> {
			throw new DipException("libtorch cannot be loaded here.");
		}, new Cancellation()));
		assertEquals("On an executor: libtorch cannot be loaded here.", advice.getMessage());
		assertTrue(done.isEmpty() && lost.isEmpty());
	}

	@Test
	void aStopEndsTheWorkAndKeepsWhatIsDone() {
		final Cancellation cancellation = new Cancellation();
		final List<Integer> kept = new ArrayList<>();
		new Pieces<Integer, Integer>(spark, piece -> piece, new Pieces.Results<>() {

			@Override
			public void done(final Integer piece, final Integer result) {
				kept.add(piece);
				cancellation.stop();
			}

			@Override
			public void lost(final Integer piece, final String problem) {
				throw new AssertionError(problem);
			}
		}).run(IntStream.range(0, 1000).iterator(), cancellation);
		assertTrue(kept.size() >= 1 && kept.size() < 1000, "kept " + kept.size());
	}

	/** Such as a full disk. */
	@Test
	void anErrorOfTheReceiverEndsTheWork() {
		assertThrows(DipException.class,
			() -> new Pieces<Integer, Integer>(spark, piece -> piece, new Pieces.Results<>() {

				@Override
				public void done(final Integer piece, final Integer result) {
					throw new DipException("full");
				}

				@Override
				public void lost(final Integer piece, final String problem) {
					throw new AssertionError(problem);
				}
			}).run(IntStream.range(0, 50).iterator(), new Cancellation()));
	}
}
