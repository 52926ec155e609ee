package io.github.deepimageprior.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The threads that share a lane. They compute in turn, except for what they want {@linkplain Joint jointly}: as soon as
 * all of them wait, it is done as one. Who takes part depends on the steps alone and not on time, so that results
 * repeat.
 */
final class Crew {

	/** How far behind a thread may be so that the others wait for it, as after a return to a checkpoint. */
	private static final int BEHIND = 100;

	private static final ThreadLocal<Seat> CURRENT = new ThreadLocal<>();

	/** The place of a thread. */
	private static final class Seat {

		final Crew crew;
		int piece; // its number

		Seat(final Crew crew) {
			this.crew = crew;
		}
	}

	/** What a thread waits for. */
	private static final class Turn {

		final Joint wanted;
		final int piece;
		boolean done;
		Throwable problem;

		Turn(final Joint wanted, final int piece) {
			this.wanted = wanted;
			this.piece = piece;
		}
	}

	private record Group(Object kind, int first) {}

	private final ReentrantLock core = new ReentrantLock();
	private final List<Turn> waiting = new ArrayList<>();
	private final boolean filled;
	private int members;
	private boolean busy;
	private int room = Integer.MAX_VALUE; // how many at once do not exceed the memory, as far as is known

	/**
	 * @param members number of threads that will {@link #serve}
	 * @param filled see {@link AtOnce#filled}
	 */
	Crew(final int members, final boolean filled) {
		this.members = members;
		this.filled = filled;
	}

	/** @return the crew of the calling thread; null if it does not share its lane */
	static Crew here() {
		return CURRENT.get() == null ? null : CURRENT.get().crew;
	}

	/**
	 * Does pieces of work on the calling thread, which is a member of the crew meanwhile, until none is left.
	 *
	 * @param next number of the next piece that no thread has begun
	 */
	void serve(final List<? extends Runnable> pieces, final AtomicInteger next) {
		final Seat seat = new Seat(this);
		CURRENT.set(seat);
		try {
			for (seat.piece = next.getAndIncrement(); seat.piece < pieces.size(); seat.piece = next.getAndIncrement())
				pieces.get(seat.piece).run();
		}
		finally {
			CURRENT.remove();
			leave();
		}
	}

	private synchronized void leave() {
		members--;
		notifyAll();
	}

	/** Does work on the calling thread while no other member computes. */
	<T> T alone(final Callable<T> work) throws Exception {
		core.lock();
		try {
			return work.call();
		}
		finally {
			core.unlock();
		}
	}

	/** As {@link Joint#join}. */
	void join(final Joint wanted) {
		final Turn mine = new Turn(wanted, CURRENT.get().piece);
		boolean interrupted = false;
		add(mine);
		for (List<Turn> now = List.of(); now != null;) {
			try {
				now = await(mine);
				if (now != null) run(now);
			}
			catch (final InterruptedException later) {
				interrupted = true;
			}
		}
		if (interrupted) Thread.currentThread().interrupt();
		if (mine.problem instanceof Error) throw (Error) mine.problem;
		if (mine.problem != null) throw (RuntimeException) mine.problem;
	}

	private synchronized void add(final Turn turn) {
		waiting.add(turn);
		notifyAll();
	}

	/** @return what the calling thread is to do for several; null when its own is done */
	private synchronized List<Turn> await(final Turn mine) throws InterruptedException {
		while (!mine.done && (busy || waiting.size() < members)) wait();
		if (mine.done) return null;
		busy = true;
		return next();
	}

	/**
	 * @return the largest group of the same kind and step, or one that can soon catch up with it; part of it if memory
	 *         does not suffice for all
	 */
	private List<Turn> next() {
		final Map<Group, List<Turn>> groups = groups();
		Map.Entry<Group, List<Turn>> next = groups.entrySet().stream()
			.max(Comparator.comparingInt((final Map.Entry<Group, List<Turn>> group) -> group.getValue().size())
				.thenComparing(group -> -group.getKey().first))
			.get();
		for (final Map.Entry<Group, List<Turn>> other : groups.entrySet()) {
			final int behind = next.getKey().first - other.getKey().first;
			if (behind > 0 && behind <= BEHIND && other.getKey().kind.equals(next.getKey().kind)) next = other;
		}
		final List<Turn> all = next.getValue();
		return all.subList(0, Math.min(Math.min(room, all.get(0).wanted.most()), all.size()));
	}

	private Map<Group, List<Turn>> groups() {
		waiting.sort(Comparator.comparingInt(turn -> turn.piece));
		final Map<Group, List<Turn>> groups = new LinkedHashMap<>();
		for (final Turn turn : waiting)
			groups.computeIfAbsent(new Group(turn.wanted.kind(), turn.wanted.first()), none -> new ArrayList<>())
				.add(turn);
		return groups;
	}

	/** @return the first step of the nearest group ahead: where both become one */
	private synchronized int end(final Joint first) {
		return groups().keySet().stream().filter(group -> group.kind.equals(first.kind())).mapToInt(Group::first)
			.filter(step -> step > first.first()).min().orElse(Integer.MAX_VALUE);
	}

	private void run(final List<Turn> now) {
		Throwable problem = null;
		try {
			final Joint first = now.get(0).wanted;
			first.run(wanted(now, filled ? first.most() : now.size()), end(first));
		}
		catch (final RuntimeException | Error failed) {
			problem = failed;
		}
		if (!filled && now.size() > 1 && problem != null && Torch.isOutOfMemory(problem)) split(now.size());
		else finish(now, problem);
	}

	/** @return what so many want, with the last as often as it takes to be so many */
	private static List<Joint> wanted(final List<Turn> turns, final int count) {
		return IntStream.range(0, count).mapToObj(i -> turns.get(Math.min(i, turns.size() - 1)).wanted).toList();
	}

	/** From now on at most half as many at once; those that failed still wait. */
	private synchronized void split(final int tooMany) {
		room = tooMany / 2;
		busy = false;
		notifyAll();
	}

	private synchronized void finish(final List<Turn> now, final Throwable problem) {
		for (final Turn turn : now) {
			turn.done = true;
			turn.problem = problem;
		}
		waiting.removeAll(now);
		busy = false;
		notifyAll();
	}
}
