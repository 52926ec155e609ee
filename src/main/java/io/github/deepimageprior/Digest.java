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

	private Digest() {}

	/** @return the checksum of several texts in their order */
	public static String of(final String... texts) {
		return hex(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
	}

	/** @return the checksum of a picture's size and values */
	public static String of(final Picture picture) {
		return of(picture.values(), picture.width(), picture.height(), picture.channels());
	}

	/** @return the checksum of values, and of whole numbers that say what they are */
	public static String of(final float[] values, final int... numbers) {
		final ByteBuffer bytes = ByteBuffer.allocate((numbers.length + values.length) * Float.BYTES);
		for (final int number : numbers) bytes.putInt(number);
		for (final float value : values) bytes.putFloat(value);
		return hex(bytes.array());
	}

	/** @return a number that differs for different texts, for seeds */
	public static long number(final String text) {
		return Long.parseUnsignedLong(of(text).substring(0, 16), 16);
	}

	private static String hex(final byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, DIGITS);
		}
		catch (final NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing); // every Java platform provides SHA-256
		}
	}
}
