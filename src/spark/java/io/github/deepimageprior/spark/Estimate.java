package io.github.deepimageprior.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.apache.hadoop.fs.FileStatus;

/**
 * What an image takes, from a trial on the driver with the largest one.
 *
 * @param name of that image; empty if none of the largest can be restored
 * @param pictures of it
 * @param seconds for each picture on one core
 * @param bytes outside the Java heap for each picture
 */
record Estimate(String name, int pictures, double seconds, long bytes) implements Serializable {

	private static final Estimate UNKNOWN = new Estimate("", 0, 0, 0);

	/** How many files are tried. */
	private static final int MOST = 3;

	private static final int MINUTE = 60, HOUR = 3600;

	static Estimate of(final List<FileStatus> files, final Pictures pictures) {
		return files.stream().sorted(Comparator.comparingLong(FileStatus::getLen).reversed()).limit(MOST)
			.map(file -> trial(file, pictures)).filter(Estimate::isKnown).findFirst().orElse(UNKNOWN);
	}

	private static Estimate trial(final FileStatus file, final Pictures pictures) {
		final Method method = pictures.method();
		final Answer<Estimate> found = Answer.of(() -> Workers.compute(method.device, 1,
			() -> Sources.use(pictures.piece(file), method, true, (image,
				folder) -> new Estimate(file.getPath().getName(), image.count(), image.seconds(), image.memory()))));
		return found.error() == null ? found.value() : UNKNOWN;
	}

	boolean isKnown() {
		return !name.isEmpty();
	}

	/** @return what so many images take, so many tasks at once */
	String sentence(final int images, final int tasks) {
		if (!isKnown()) return "How long it takes is unknown, since the largest files cannot be restored.";
		return String.format(Locale.ROOT,
			"A picture of the largest image, %s with %d, takes about %s on one core and %.0f MB outside the Java heap; "
				+ "%d images take at most about %s, %d tasks at once.",
			name, pictures, time(seconds), bytes / 1e6, images, time(seconds * pictures * images / tasks), tasks);
	}

	/** @return what so many tiles take, of so many seconds and bytes each, so many tasks at once */
	static String tiles(final long count, final double seconds, final long bytes, final int tasks) {
		return String.format(Locale.ROOT,
			"%d tiles; each takes about %s on one core and %.0f MB outside the Java heap, all at most about %s, %d "
				+ "tasks at once.",
			count, time(seconds), bytes / 1e6, time(seconds * count / tasks), tasks);
	}

	static String time(final double seconds) {
		return seconds < 2 * MINUTE ? String.format(Locale.ROOT, "%.1f seconds", seconds)
			: seconds < 2 * HOUR ? Math.round(seconds / MINUTE) + " minutes" : Math.round(seconds / HOUR) + " hours";
	}
}
