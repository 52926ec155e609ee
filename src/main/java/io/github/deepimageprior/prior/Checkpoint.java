package io.github.deepimageprior.prior;

import io.github.deepimageprior.CheckpointFile;
import io.github.deepimageprior.DipException;

import java.nio.file.Path;
import java.util.Map;

/**
 * A file from which an interrupted fit continues as if it had not been interrupted: bit by bit on the same machine with
 * the same number of threads; but for rounding, if its steps are taken as one with those of other fits. There is a
 * complete file at every moment.
 *
 * @param file its path; missing folders are created
 * @param seconds the shortest time between two writes
 */
public record Checkpoint(Path file, double seconds) {

	private static final int VERSION = 6;

	private CheckpointFile kept() {
		return new CheckpointFile(file, "fit", VERSION);
	}

	/**
	 * @param identity properties that identify the fit, see {@link FitIdentity}
	 * @param settings of the fit
	 * @param sizes bytes of its tensors
	 * @return the state of the fit; null if there is no file
	 * @throws DipException if the file cannot be read or belongs to another fit
	 */
	FitContent read(final Map<String, String> identity, final FitSettings settings, final int[] sizes) {
		return kept().read(identity, in -> FitContent.read(in, settings, sizes));
	}

	/** @throws DipException if the file cannot be written; an older file remains */
	void write(final Map<String, String> identity, final FitContent content) {
		kept().write(identity, content::write);
	}
}
