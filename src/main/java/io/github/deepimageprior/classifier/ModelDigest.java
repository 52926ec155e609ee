package io.github.deepimageprior.classifier;

import io.github.deepimageprior.Digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The checksum of a model: models with the same one predict the same. */
final class ModelDigest {

	private final DigestInputStream module;

	/** @param module the content of the TorchScript file */
	ModelDigest(final InputStream module) {
		this.module = new DigestInputStream(module, Digest.algorithm("SHA-256"));
	}

	/** @return the content of the TorchScript file, which is counted as it is read */
	InputStream module() {
		return module;
	}

	/** @return the checksum of the whole module, its card and its labels */
	String of(final ModelCard card, final Labels labels) {
		try {
			module.transferTo(OutputStream.nullOutputStream()); // what the network has not read
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
		final MessageDigest sum = module.getMessageDigest();
		sum.update((card.text() + "\n" + String.join("\n", labels.names())).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(sum.digest());
	}
}
