package io.github.deepimageprior.classifier;

import ai.djl.util.Utils;

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
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/**
 * A classifier of DJL's model zoo (which has no Inception for PyTorch), trained on ImageNet. It is downloaded once, and
 * only if the user agrees.
 */
public enum ZooModel {

	/** A residual network of 18 layers, 43 MB to download, the classifier of most of the paper. */
	RESNET_18(ClassifierSource.RESNET_18, "traced_resnet18.pt", "5f2090128b4dd2aac5bc7394ba4d46fe4a608a89", 43_482_267),

	/** A residual network of 50 layers, 95 MB to download. */
	RESNET_50(ClassifierSource.RESNET_50, "traced_resnet50.pt", "dabcf25f827f4fa163a91899ea11f45e82c9fb60", 95_229_629);

	private static final String REPOSITORY = "https://mlrepo.djl.ai/model/cv/image_classification/ai/djl/pytorch/resnet/0.0.1/";
	private static final int PATIENCE_MS = 20_000;

	private final String title, file, sha1;
	private final long bytes;

	ZooModel(final String title, final String file, final String sha1, final long bytes) {
		this.title = title;
		this.file = file;
		this.sha1 = sha1;
		this.bytes = bytes;
	}

	/** @return where it lies once it has been downloaded, or put by hand */
	Path path() {
		return Utils.getCacheDir().resolve("deep-image-prior").resolve(file);
	}

	private String address() {
		return REPOSITORY + file + ".gz";
	}

	/**
	 * Sees to it that the model is here.
	 *
	 * @param download whether the user agrees to a download
	 * @throws DipException if it is not here and was not agreed to, or cannot be downloaded
	 */
	void require(final boolean download, final Progress progress) {
		if (Files.isRegularFile(path())) return;
		if (!download)
			throw new DipException("The model " + title + " is not on this computer: agree to its download ("
				+ bytes / 1_000_000 + " MB), or unpack " + address() + " to " + path() + " by hand.");
		try {
			if (!Files.isDirectory(path().getParent())) Files.createDirectories(path().getParent()); // which refuses a
																									 // link to a folder
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
			throw new DipException("The model " + title + " cannot be stored as " + path()
				+ ": make room there and see that you may write there, or name another folder in the environment variable DJL_CACHE_DIR.",
				full);
		}
		catch (final IOException unreachable) {
			throw new DipException(
				"The model " + title + " cannot be downloaded from " + REPOSITORY + " (" + unreachable.getMessage()
					+ "): see to the network, or unpack " + address() + " to " + path() + " by hand.",
				unreachable);
		}
	}

	private void fetch(final Path target, final Progress progress) throws IOException {
		final URLConnection connection = URI.create(address()).toURL().openConnection();
		connection.setConnectTimeout(PATIENCE_MS);
		connection.setReadTimeout(PATIENCE_MS);
		unpack(connection.getInputStream(), target, progress);
	}

	/** Unpacks what is downloaded, and holds it against its check sum. */
	void unpack(final InputStream compressed, final Path target, final Progress progress) throws IOException {
		final MessageDigest sum = sha1();
		try (DigestInputStream checked = new DigestInputStream(compressed, sum);
			CountingStream counted = new CountingStream(checked,
				read -> progress.reached(Math.min(1, (double) read / bytes)));
			InputStream module = new GZIPInputStream(counted); OutputStream out = Files.newOutputStream(target))
		{
			module.transferTo(out);
			counted.transferTo(OutputStream.nullOutputStream());
		}
		final String found = HexFormat.of().formatHex(sum.digest());
		if (!found.equals(sha1)) throw new IOException("its check sum is " + found + " and not " + sha1);
	}

	private static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		}
		catch (final NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing); // every Java has it
		}
	}

	@Override
	public String toString() {
		return title;
	}
}
