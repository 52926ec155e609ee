package io.github.deepimageprior.spark;

import com.google.gson.Gson;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Restores image files: each as one task, or each of their slices. Slices wait in files beside the result until all of
 * an image are there; a task then puts them together.
 *
 * @param method how
 * @param output folder of the results
 * @param division into which parts images are divided: slices, or tiles of a size
 */
record Pictures(Method method, String output, String division) implements Serializable {

	/** @return a whole file as it is now, to be restored with these options */
	Piece piece(final FileStatus file) {
		final org.apache.hadoop.fs.Path path = file.getPath();
		return new Piece(path.toString(), path.getName(), Digest.of(new Gson().toJson(method), division,
			path.toString(), String.valueOf(file.getLen()), String.valueOf(file.getModificationTime())), Piece.ALL);
	}

	/** @return the name of the result of a file */
	String result(final String name) {
		return name + ending();
	}

	/** @return how the names of results end, as in the macro Purify_Folder */
	String ending() {
		return method.kind == Method.Kind.purify ? ".purified.tif" : ".restored.tif";
	}

	/** @return the file of a result */
	org.apache.hadoop.fs.Path target(final String name) {
		return new org.apache.hadoop.fs.Path(output, result(name));
	}

	/** @return the folder where parts of a result wait for the others, in a folder for each version */
	org.apache.hadoop.fs.Path parts(final String name) {
		return new org.apache.hadoop.fs.Path(output, "." + result(name) + ".parts");
	}

	/** @return the file of a part: a slice or a tile */
	org.apache.hadoop.fs.Path part(final Piece piece) {
		return new org.apache.hadoop.fs.Path(parts(piece.name()), piece.version() + "/" + piece.index());
	}

	/** @return the number of slices of a file after a colon, or an error */
	String count(final Piece piece) {
		return attempt(() -> Sources.use(piece, method, true, (image, folder) -> ":" + image.count()));
	}

	/** Restores a whole file and writes its result; returns an error, or an empty text. */
	String restoreAll(final Piece piece) {
		return attempt(() -> Sources.use(piece, method, false, (image, folder) -> {
			save(image, image::restored, piece.name(), folder);
			return "";
		}));
	}

	/** Restores a slice, unless its part is there already. */
	String restoreSlice(final Piece piece) {
		return attempt(() -> {
			if (Storage.exists(part(piece))) return "";
			return Sources.use(piece, method, true, (image, folder) -> {
				PicturePart.write(part(piece), image.restored(piece.index()));
				return "";
			});
		});
	}

	/** Puts the slices of a file together and writes the result. */
	String assemble(final Piece piece) {
		return attempt(() -> Sources.use(piece, method, true, (image, folder) -> {
			save(image, index -> read(piece.part(index)), piece.name(), folder);
			Storage.delete(parts(piece.name()));
			return "";
		}));
	}

	private Picture read(final Piece piece) {
		try {
			return PicturePart.read(part(piece));
		}
		catch (final IOException lost) {
			throw new DipException(
				"The restored " + piece.what() + " cannot be read again: start the same command again.", lost);
		}
	}

	private void save(final ImageFile image, final IntFunction<Picture> pictures, final String name, final Path folder)
		throws IOException
	{
		final Path local = Files.createTempFile(folder, "result", ".tif");
		image.save(pictures, "--task " + method.kind, local);
		Storage.write(target(name), out -> Files.copy(local, out));
		Files.delete(local);
	}

	/** Work on one file. */
	interface Attempt {

		String run() throws IOException;
	}

	/** Whatever a damaged or hostile file does, the task ends with a sentence, and the others go on. */
	static String attempt(final Attempt work) {
		try {
			return work.run();
		}
		catch (final DipException advice) {
			return advice.getMessage();
		}
		catch (final OutOfMemoryError full) {
			return "The image does not fit into the Java heap: set a larger spark.executor.memory "
				+ "and spark.driver.memory.";
		}
		catch (final IOException | RuntimeException | StackOverflowError problem) {
			if (TaskContext.get() != null && TaskContext.get().isInterrupted()) throw new TaskKilledException();
			return DipException.oneLine("It failed: " + problem) + ".";
		}
	}
}
