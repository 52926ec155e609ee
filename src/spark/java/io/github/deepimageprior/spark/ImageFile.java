package io.github.deepimageprior.spark;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.process.ImageProcessor;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.CalibratedValues;
import io.github.deepimageprior.image.HeapMemory;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.MissingPixels;
import io.github.deepimageprior.image.StoredImage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** An image file that ImageJ reads, and the result that is made of it: this class and its like alone know ImageJ. */
final class ImageFile {

	private final ImageSource source;
	private final Method method;
	private final Restorer restorer;

	/**
	 * @param local the file
	 * @param virtual whether the planes of a TIFF stack are read when they are needed
	 * @throws DipException if it cannot be read, or not be restored
	 */
	ImageFile(final Path local, final Method method, final boolean virtual) {
		this.method = method;
		restorer = new Restorer(method);
		final ImagePlus image = open(local, virtual);
		source = switch (method.kind) {
			case purify -> new ImageSource(image);
			case inpaint -> ImageSource.toRestore(image,
				method.missing == Method.Missing.NaN ? MissingPixels.NAN
					: MissingPixels.value(CalibratedValues.toStored(image, method.missingValue)),
				false, method.hot == Method.Hot.keep);
			default -> ImageSource.toRestore(image, MissingPixels.NONE, false, method.hot == Method.Hot.keep);
		};
		if (method.kind == Method.Kind.inpaint) MissingPixels.requireSome(source);
		if (method.kind == Method.Kind.enlarge && method.task().gain() != 1) CalibratedValues.requirePlain(image);
		if (method.noise > 0) CalibratedValues.requireUnscaled(image);
		if (!virtual) HeapMemory.require(source, 1);
	}

	private static ImagePlus open(final Path local, final boolean virtual) {
		final String name = local.getFileName().toString();
		final StoredImage stored = new StoredImage(local, name);
		stored.requireWhole(true);
		final ImagePlus image = read(local.toString(), virtual && name.matches("(?i).*\\.tiff?"));
		if (image == null || image.getProcessor() == null)
			throw new DipException(
				"The file '" + name + "' is not an image that ImageJ can open: convert it to TIFF or PNG first.");
		stored.requireAll(image);
		return image;
	}

	/** One task at a time, since ImageJ has one error message for all threads. */
	private static synchronized ImagePlus read(final String file, final boolean virtual) {
		try {
			IJ.redirectErrorMessages(true); // instead of dialogs
			final ImagePlus planes = virtual ? IJ.openVirtual(file) : null;
			if (planes != null && IJ.getErrorMessage() == null) return planes;
			IJ.redirectErrorMessages(true); // forgets the message of the planes, which may be compressed
			final ImagePlus image = new Opener().openImage(file);
			return IJ.getErrorMessage() == null ? image : null;
		}
		catch (final RuntimeException damaged) {
			return null; // ImageJ's readers throw all kinds of exceptions
		}
		finally {
			IJ.redirectErrorMessages(false);
		}
	}

	/** @return the number of pictures: slices × time points */
	int count() {
		return source.count();
	}

	/** @return a restored picture; the picture itself if there is nothing to do */
	Picture restored(final int index) {
		return restorer.restore(source.read(index), source.known(index), source.mapping().spans());
	}

	/** @return bytes outside the Java heap that a picture needs, an estimate */
	long memory() {
		return restorer.memory(source.width(), source.height(), source.channels(), 0);
	}

	/** @return seconds that a picture takes on the calling thread, from a trial */
	double seconds() {
		return restorer.seconds(source.read(0), source.mapping().spans());
	}

	/**
	 * Writes the result with the calibration and the look of the image.
	 *
	 * @param pictures the restored pictures, which are asked for one after the other
	 * @param arguments of the application, for the image's Info
	 */
	void save(final IntFunction<Picture> pictures, final String arguments, final Path local) throws IOException {
		final ImagePlus result = result(pictures, Map.of("Spark", arguments));
		if (!new FileSaver(result).saveAsTiff(local.toString()) || !Files.exists(local))
			throw new IOException("ImageJ could not write " + local);
	}

	private ImagePlus result(final IntFunction<Picture> pictures, final Map<String, String> info) {
		if (method.kind == Method.Kind.enlarge) {
			final List<Picture> all = new ArrayList<>();
			for (int i = 0; i < count(); i++) all.add(pictures.apply(i));
			return source.results().enlarged(method.done(), all, method.factor, method.task().gain(),
				Collections.nCopies(count(), null), info);
		}
		return source.results().image(method.done(), index -> planes(index, pictures.apply(index)), index -> null,
			info);
	}

	private ImageProcessor[] planes(final int index, final Picture restored) {
		return method.kind == Method.Kind.inpaint ? source.writer().fill(index, restored)
			: source.writer().write(index, restored);
	}
}
