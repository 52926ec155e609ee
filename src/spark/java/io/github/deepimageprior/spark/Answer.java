package io.github.deepimageprior.spark;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.Serializable;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * What a task found, or why it could not.
 *
 * @param value null if it could not
 * @param error one sentence; null if all went well
 */
record Answer<V extends Serializable>(V value, String error) implements Serializable {

	/** Work on one file. */
	interface Work<V> {

		V run() throws IOException;
	}

	/** Whatever a damaged or hostile file does, the task ends with a sentence, and the others go on. */
	static <V extends Serializable> Answer<V> of(final Work<V> work) {
		try {
			return new Answer<>(work.run(), null);
		}
		catch (final DipException advice) {
			return new Answer<>(null, advice.getMessage());
		}
		catch (final OutOfMemoryError full) {
			return new Answer<>(null, "The image does not fit into the Java heap: set a larger "
				+ "spark.executor.memory and spark.driver.memory.");
		}
		catch (final IOException | RuntimeException | StackOverflowError problem) {
			if (TaskContext.get() != null && TaskContext.get().isInterrupted()) throw new TaskKilledException();
			return new Answer<>(null, DipException.oneLine("It failed: " + problem) + ".");
		}
	}
}
