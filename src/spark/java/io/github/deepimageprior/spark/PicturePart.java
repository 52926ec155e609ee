package io.github.deepimageprior.spark;

import io.github.deepimageprior.Picture;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import org.apache.hadoop.fs.Path;

/** A restored slice or tile that waits in a file for the others of its image: width, height, channels, floats. */
final class PicturePart {

	private PicturePart() {}

	static void write(final Path path, final Picture picture) throws IOException {
		final float[] values = picture.values();
		final ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length));
		bytes.asFloatBuffer().put(values);
		Storage.write(path, out -> {
			out.writeInt(picture.width());
			out.writeInt(picture.height());
			out.writeInt(picture.channels());
			out.write(bytes.array());
		});
	}

	static Picture read(final Path path) throws IOException {
		try (DataInputStream in = new DataInputStream(Storage.open(path))) {
			final int width = in.readInt(), height = in.readInt(), channels = in.readInt();
			final float[] values = new float[Math.multiplyExact(width * height, channels)];
			final byte[] bytes = new byte[Math.multiplyExact(Float.BYTES, values.length)];
			in.readFully(bytes);
			ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
			return new Picture(values, width, height, channels);
		}
	}
}
