package io.github.deepimageprior.classifier;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that reports how many bytes have been read from it. */
final class CountingStream extends FilterInputStream {

	private final LongConsumer listener;
	private long count;

	/** @param listener receives the number of bytes read so far, after every read */
	CountingStream(final InputStream stream, final LongConsumer listener) {
		super(stream);
		this.listener = listener;
	}

	@Override
	public int read() throws IOException {
		return counted(super.read(), 1);
	}

	@Override
	public int read(final byte[] bytes, final int offset, final int length) throws IOException {
		final int read = super.read(bytes, offset, length);
		return counted(read, read);
	}

	private int counted(final int result, final int bytes) {
		if (result >= 0) listener.accept(count += bytes);
		return result;
	}
}
