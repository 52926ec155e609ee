package io.github.deepimageprior;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums that tell settings and pictures apart, the same in every process. */
public final class Digest {

	/** Hexadecimal digits of a checksum: enough for billions of items. */
	private static final int DIGITS = 20;

	private static final String SHA_256 = "SHA-256";

	/** Values that are converted to bytes at once. */
	private static final int BLOCK = 1 << 14;

	private Digest() {}

	/** @return the checksum of several texts in their order */
	public static String of(final String... texts) {
		final MessageDigest sum = algorithm(SHA_256);
		sum.update(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
		return hex(sum);
	}

	/** @return the checksum of a picture's size and values */
	public static String of(final Picture picture) {
		return of(picture.values(), picture.width(), picture.height(), picture.channels());
	}

	/** @return the checksum of values, and of whole numbers that say what they are */
	public static String of(final float[] values, final int... numbers) {
		final MessageDigest sum = algorithm(SHA_256);
		final ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Float.BYTES);
		for (final int number : numbers) sum.update(bytes.clear().putInt(number).flip());
		for (int i = 0; i < values.length;) {
			bytes.clear();
			while (bytes.hasRemaining() && i < values.length) bytes.putFloat(values[i++]);
			sum.update(bytes.flip());
		}
		return hex(sum);
	}

	/** @return a number that differs for different texts, for seeds */
	public static long number(final String text) {
		return Long.parseUnsignedLong(of(text).substring(0, 16), 16);
	}

	/** @return an algorithm that every Java platform provides, such as SHA-256 */
	public static MessageDigest algorithm(final String name) {
		try {
			return MessageDigest.getInstance(name);
		}
		catch (final NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing);
		}
	}

	private static String hex(final MessageDigest sum) {
		return HexFormat.of().formatHex(sum.digest()).substring(0, DIGITS);
	}
}
