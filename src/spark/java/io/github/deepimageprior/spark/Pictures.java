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

	/** @return the number of slices of a file */
	int count(final Piece piece) throws IOException {
		return Sources.use(piece, method, true, (image, folder) -> image.count());
	}

	/** Restores a whole file and writes its result. */
	void restoreAll(final Piece piece) throws IOException {
		Sources.use(piece, method, false, (image, folder) -> {
			save(image, image::restored, piece.name(), folder);
			return null;
		});
	}

	/** Restores a slice, unless its part is there already. */
	void restoreSlice(final Piece piece) throws IOException {
		if (Storage.exists(part(piece))) return;
		Sources.use(piece, method, true, (image, folder) -> {
			PicturePart.write(part(piece), image.restored(piece.index()));
			return null;
		});
	}

	/** Puts the slices of a file together and writes the result. */
	void assemble(final Piece piece) throws IOException {
		Sources.use(piece, method, true, (image, folder) -> {
			save(image, index -> read(piece.part(index)), piece.name(), folder);
			Storage.delete(parts(piece.name()));
			return null;
		});
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
}
