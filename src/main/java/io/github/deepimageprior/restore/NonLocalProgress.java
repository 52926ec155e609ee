package io.github.deepimageprior.restore;

import io.github.deepimageprior.Picture;

import java.util.Arrays;

/** Adds up the progress of the parts of a picture, which may be processed side by side. */
final class NonLocalProgress {

	private final TileAssembler assembler;
	private final RestorationListener listener;
	private final double[] fractions;

	NonLocalProgress(final TileAssembler assembler, final RestorationListener listener) {
		this.assembler = assembler;
		this.listener = listener;
		fractions = new double[assembler.parts()];
	}

	/** @param picture the part as it is now */
	synchronized void reached(final int part, final double fraction, final Picture picture) {
		fractions[part] = fraction;
		listener.progress(new RestorationProgress(Arrays.stream(fractions).sum() / fractions.length, part + 1,
			fractions.length, 1, 1, 0, 0), () -> assembler.preview(part, picture));
	}
}
