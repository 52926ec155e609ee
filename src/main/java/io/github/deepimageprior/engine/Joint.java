package io.github.deepimageprior.engine;

import java.util.List;

/**
 * Part of a sequence of steps that several threads want to be done, each for itself, and that is faster done for all of
 * them as one. {@link #join} waits until every thread of its lane wants something, or is done.
 */
public interface Joint {

	/** @return equal for those that can be done as one */
	Object kind();

	/** @return number of the first step; only those with the same first step can be done as one */
	int first();

	/** @return how many of its kind to do as one: the most for which this is faster than one after the other */
	int most();

	/**
	 * Does several of the same kind with the same first step as one, and keeps the result of each in itself.
	 *
	 * @param all these, in an order that does not depend on time; the first does it. To make up a number
	 *        ({@link AtOnce#filled}), the last may be there several times
	 * @param end number of the step before which to end at the latest
	 * @throws RuntimeException if that fails; if libtorch runs out of memory, nothing has changed, and fewer are tried,
	 *         unless {@linkplain AtOnce#filled filled}
	 */
	void run(List<? extends Joint> all, int end);

	/** @return whether the calling thread shares its lane with others */
	static boolean isShared() {
		return Crew.here() != null;
	}

	/**
	 * Does something together with what the other threads of the lane want, or alone where no others share the lane.
	 *
	 * @param wanted what to do; when the method returns, it has been done
	 * @throws RuntimeException as {@link #run}
	 */
	static void join(final Joint wanted) {
		final Crew crew = Crew.here();
		if (crew == null) wanted.run(List.of(wanted), Integer.MAX_VALUE);
		else crew.join(wanted);
	}
}
