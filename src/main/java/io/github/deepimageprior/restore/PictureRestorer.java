package io.github.deepimageprior.restore;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.engine.AtOnce;
import io.github.deepimageprior.prior.Observation;

import java.util.List;

/** Restores a single picture of a series. */
interface PictureRestorer {

	/**
	 * Restores on the calling thread, or on several.
	 *
	 * @param observation what is observed of the picture
	 * @param name of the picture, for the file names of its checkpoints; null if there are none
	 * @param warm parameters of a similar picture with the same partition; empty to start untrained
	 * @param keepParameters whether the result holds the parameters, for the next picture
	 * @param listener receives progress updates
	 * @param cancellation stops or cancels the restoration
	 * @throws java.util.concurrent.CancellationException after a cancel
	 */
	RestorationResult run(Observation observation, String name, List<float[]> warm, boolean keepParameters,
		RestorationListener listener, Cancellation cancellation);

	/** @return how the picture is divided */
	Partition partition();

	/**
	 * How many pieces of work are done at once: parts of one picture, or several pictures of one part each.
	 *
	 * @param pictures number of pictures that are restored independently; one after the other if they have more parts
	 */
	AtOnce atOnce(Observation observation, int pictures);

	/** @return the number of parts that are computed */
	int parts(Observation observation, boolean keepParameters);

	/** @return estimated bytes outside the Java heap that one part needs */
	long memory(Observation observation);

	/** @return how much is computed for one part: pixels of the result, times steps or repetitions */
	double work(Observation observation);

	/** @return whether a stopping rule may end the work early */
	boolean mayStopEarly();
}
