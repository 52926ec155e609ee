package io.github.deepimageprior.classifier;

import ai.djl.util.Utils;

import io.github.deepimageprior.Digest;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Progress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * The classifiers of DJL's model zoo, residual networks (He et al., 2016) trained on ImageNet. A model is downloaded
 * once, and only with the user's consent. The zoo has no PyTorch version of Inception, which the paper mentions too.
 */
public enum ZooModel {

	/** A residual network of 18 layers, the paper's classifier; a download of 43 MB. */
	RESNET_18(ClassifierSource.RESNET_18, "traced_resnet18.pt", "5f2090128b4dd2aac5bc7394ba4d46fe4a608a89", 43_482_267),

	/** A residual network of 50 layers; a download of 95 MB. */
	RESNET_50(ClassifierSource.RESNET_50, "traced_resnet50.pt", "dabcf25f827f4fa163a91899ea11f45e82c9fb60", 95_229_629);

	private static final String REPOSITORY = "https://mlrepo.djl.ai/model/cv/image_classification/ai/djl/pytorch/"
		+ "resnet/0.0.1/";
	private static final int TIMEOUT_MS = 20_000;

	private final String title, file, sha1;
	private final long bytes;

	/**
	 * @param file the name of the module
	 * @param sha1 the checksum of the compressed module
	 * @param bytes the size of the compressed module
	 */
	ZooModel(final String title, final String file, final String sha1, final long bytes) {
		this.title = title;
		this.file = file;
		this.sha1 = sha1;
		this.bytes = bytes;
	}

	/** @return where the module is stored, by a download or by hand */
	Path path() {
		return Utils.getCacheDir().resolve("deep-image-prior").resolve(file);
	}

	private String address() {
		return REPOSITORY + file + ".gz";
	}

	/**
	 * Downloads the model unless it is stored on this computer already.
	 *
	 * @param download whether the user allows the download
	 * @param progress receives the progress of the download
	 * @throws DipException if the download is necessary but not allowed, or fails
	 */
	void require(final boolean download, final Progress progress) {
		if (Files.isRegularFile(path())) return;
		if (!download)
			throw new DipException("The model " + title + " is not on this computer: allow its download ("
				+ bytes / 1_000_000 + " MB), or unpack " + address() + " to " + path() + " by hand.");
		try {
			// createDirectories refuses a link to a folder
			if (!Files.isDirectory(path().getParent())) Files.createDirectories(path().getParent());
			final Path part = Files.createTempFile(path().getParent(), file, ".part");
			try {
				fetch(part, progress);
				Files.move(part, path(), StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				Files.deleteIfExists(part);
			}
		}
		catch (final FileSystemException full) {
			throw new DipException("The model " + title + " cannot be saved as " + path()
				+ ": check that the disk has room and that you may write there, or set the environment variable"
				+ " DJL_CACHE_DIR to another folder.", full);
		}
		catch (final IOException unreachable) {
			throw new DipException(
				"The model " + title + " cannot be downloaded from " + REPOSITORY + " (" + unreachable.getMessage()
					+ "): check the network connection, or unpack " + address() + " to " + path() + " by hand.",
				unreachable);
		}
	}

	private void fetch(final Path target, final Progress progress) throws IOException {
		final URLConnection connection = URI.create(address()).toURL().openConnection();
		connection.setConnectTimeout(TIMEOUT_MS);
		connection.setReadTimeout(TIMEOUT_MS);
		unpack(connection.getInputStream(), target, progress);
	}

	/**
	 * Unpacks the downloaded module and verifies its checksum.
	 *
	 * @throws IOException if the download is incomplete or damaged
	 */
	void unpack(final InputStream compressed, final Path target, final Progress progress) throws IOException {
		final MessageDigest sum = Digest.algorithm("SHA-1");
		try (DigestInputStream checked = new DigestInputStream(compressed, sum);
			CountingStream counted = new CountingStream(checked,
				read -> progress.reached(Math.min(1, (double) read / bytes)));
			InputStream module = new GZIPInputStream(counted); OutputStream out = Files.newOutputStream(target))
		{
			module.transferTo(out);
			counted.transferTo(OutputStream.nullOutputStream());
		}
		final String found = HexFormat.of().formatHex(sum.digest());
		if (!found.equals(sha1)) throw new IOException("its checksum is " + found + " instead of " + sha1);
	}

	@Override
	public String toString() {
		return title;
	}
}
