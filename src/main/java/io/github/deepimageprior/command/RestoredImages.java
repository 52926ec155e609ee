package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.process.ImageProcessor;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.Task;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Collects the restored pictures of an image and makes the resulting images. */
final class RestoredImages {

	private final ImageSource image;
	private final Task task;
	private final String done;
	private final ImageProcessor[][] planes; // of each picture; null if it is unchanged
	private final Picture[] enlarged, deviations;
	private final String[] labels;
	private final boolean[] begun; // or should have been: not those that stay as they are
	private ImagePlus restored, deviation;

	RestoredImages(final ImageSource image, final Task task, final String done) {
		this.image = image;
		this.task = task;
		this.done = done;
		planes = new ImageProcessor[image.count()][];
		enlarged = new Picture[image.count()];
		deviations = new Picture[image.count()];
		labels = new String[image.count()];
		begun = new boolean[image.count()];
	}

	/** Same-size pictures are written at once, in the image's own type, so that no floats are kept. */
	void add(final int index, final RestorationResult result) {
		final Picture picture = result.picture();
		if (isLarger()) enlarged[index] = picture;
		else
			planes[index] = task.keepsKnown() ? image.writer().fill(index, picture)
				: image.writer().write(index, picture);
		deviations[index] = result.deviation();
		begun[index] = true;
	}

	/**
	 * @param uncertainty whether there will be deviations
	 * @return bytes of the floats that are kept until the end, beside the result, for each pixel of the input
	 */
	int floatBytes(final boolean uncertainty) {
		final int perPixel = Float.BYTES * task.factor() * task.factor() * image.channels();
		return (isLarger() ? 2 * perPixel : 0) + (uncertainty ? 2 * perPixel : 0); // pictures, and images of them
	}

	private boolean isLarger() {
		return task.factor() > 1;
	}

	void notReached(final int index) {
		begun[index] = true;
		labels[index] = isLarger() ? "not enlarged" : "not " + done;
	}

	ImagePlus preview(final int index, final Picture picture) {
		return isLarger() ? image.results().enlarged(index, picture, task.gain())
			: image.results().picture(index, picture);
	}

	void finish(final Map<String, String> report) {
		restored = isLarger() ? enlarged(report) : image.results().image(done,
			i -> planes[i] == null ? image.writer().write(i, null) : planes[i], i -> labels[i], report);
		final Picture some = Arrays.stream(deviations).filter(Objects::nonNull).findFirst().orElse(null);
		if (some == null) return;
		for (int i = 0; i < deviations.length; i++)
			if (deviations[i] == null) deviations[i] = constant(some, begun[i] ? Float.NaN : 0);
		deviation = image.results().deviations(Arrays.asList(deviations), task.factor(), task.gain(), report);
	}

	private static Picture constant(final Picture like, final float value) {
		final float[] values = new float[like.values().length];
		Arrays.fill(values, value);
		return like.with(values);
	}

	private ImagePlus enlarged(final Map<String, String> report) {
		for (int i = 0; i < enlarged.length; i++) if (enlarged[i] == null) enlarged[i] = unfitted(i);
		return image.results().enlarged(done, Arrays.asList(enlarged), task.factor(), task.gain(),
			Arrays.asList(labels), report);
	}

	/** A picture that a stop left out, as large as the others. */
	private Picture unfitted(final int index) {
		final var observation = task.observe(image.read(index), null);
		final int width = observation.width(), height = observation.height();
		final float[] nothing = new float[width * height * observation.channels()];
		Arrays.fill(nothing, Float.NaN);
		return task.finish(new Picture(nothing, width, height, observation.channels()), observation);
	}

	ImagePlus restored() {
		return restored;
	}

	ImagePlus deviation() {
		return deviation;
	}
}
