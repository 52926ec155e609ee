package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Formats of files with pictures. */
public enum Format {

	/** One picture: PNG, JPEG, TIFF, or another format that Java reads. */
	IMAGE {

		@Override
		Picture open(final Path file, final int index) throws IOException {
			return ImageFile.read(file);
		}
	},

	/** CIFAR-10's binary batches. */
	CIFAR {

		@Override
		Picture open(final Path file, final int index) throws IOException {
			return CifarBatch.read(file, index);
		}
	},

	/** An array of NumPy in a file that ends in .npy or .npz. */
	NUMPY {

		@Override
		Picture open(final Path file, final int index) throws IOException {
			return NumpyFile.of(file).picture(index);
		}
	},

	/** A list of tensors that was written by {@code torch.save}. */
	TORCH {

		@Override
		Picture open(final Path file, final int index) throws IOException {
			return TorchPictures.read(file, index);
		}
	};

	abstract Picture open(Path file, int index) throws IOException;

	/** @throws DipException if the file cannot be read */
	Picture read(final Path file, final int index) {
		return reading(file, () -> open(file, index));
	}

	/**
	 * @param reader of the file: one that is damaged may lead it anywhere
	 * @return what it reads
	 * @throws DipException if it says so, or the file cannot be read
	 */
	static <T> T reading(final Path file, final Callable<T> reader) {
		try {
			return reader.call();
		}
		catch (final DipException said) {
			throw said;
		}
		catch (final Exception unreadable) {
			throw new DipException(
				"The file " + file
					+ " cannot be read: check that it exists, that you may read it and that it is not damaged.",
				unreadable);
		}
	}
}
