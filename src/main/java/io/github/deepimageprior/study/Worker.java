package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.data.Sample;
import io.github.deepimageprior.engine.Torch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Computes the items of a study with its classifier. It is made from settings alone, here or on another computer. */
public final class Worker implements AutoCloseable {

	/** The levels of 8 bits in each channel, to which all pictures of studies are rounded. */
	static final double[] EIGHT_BITS = { 255, 255, 255 };

	private final Study study;
	private final boolean whole;
	private final Classifier classifier;

	/**
	 * Opens the classifier.
	 *
	 * @param settings of the study; a model that must be downloaded has been downloaded
	 * @throws DipException if the settings or the classifier cannot be used
	 */
	public Worker(final Settings settings) {
		study = Studies.of(settings);
		whole = settings.choice("size", Studies.SEEN, Studies.WHOLE).equals(Studies.WHOLE);
		classifier = ClassifierSource.named(settings.text("classifier"), settings.text("model_file"),
			settings.flag("trust"), false, Progress.NONE).open(Torch.device(settings.text("device")));
	}

	/** @return the settings from which another worker like this one can be made */
	public Settings settings() {
		return study.settings();
	}

	/** @return the study */
	public Study study() {
		return study;
	}

	/** @return the classifier, which is closed with the worker */
	public Classifier classifier() {
		return classifier;
	}

	/** @return a picture as the study uses it: the part that the classifier sees or the whole, in RGB of 8 bits */
	public Picture prepared(final Sample sample) {
		return classifier.input(sample.read(), whole).rounded(EIGHT_BITS);
	}

	/**
	 * Computes an item. An error becomes part of the outcome, so that the other items go on.
	 *
	 * @throws CancellationException after a cancel
	 */
	public Outcome compute(final WorkItem item, final Progress progress, final Cancellation cancellation) {
		return compute(item, () -> prepared(item.sample()), progress, cancellation);
	}

	/**
	 * As {@link #compute(WorkItem, Progress, Cancellation)}, where the files of the pictures may not exist.
	 *
	 * @param prepared gives the picture as the study uses it, see {@link #prepared(Sample)}; in RGB of 8 bits
	 */
	public Outcome compute(final WorkItem item, final Supplier<Picture> prepared, final Progress progress,
		final Cancellation cancellation)
	{
		try {
			final Picture picture = prepared.get().rounded(EIGHT_BITS);
			if (!Digest.of(picture).equals(item.picture()))
				throw new DipException("The picture " + item.sample().name()
					+ " has changed since the study began: start the study again.");
			return study.compute(new Job(item, picture, classifier, progress, cancellation));
		}
		catch (final CancellationException ended) {
			throw ended;
		}
		catch (final RuntimeException | OutOfMemoryError failed) {
			return failed(item, failed instanceof DipException ? failed.getMessage()
				: failed.toString().lines().findFirst().orElse("") + " (an error of the program or of its engine)");
		}
	}

	/** @return the outcome of an item that cannot be computed */
	public Outcome failed(final WorkItem item, final String problem) {
		return new Outcome(item, List.of(study.heading(item)), Map.of(), problem);
	}

	@Override
	public void close() {
		classifier.close();
	}
}
