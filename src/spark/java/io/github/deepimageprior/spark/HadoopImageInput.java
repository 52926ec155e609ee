package io.github.deepimageprior.spark;

import java.io.IOException;

import javax.imageio.stream.ImageInputStreamImpl;

import org.apache.hadoop.fs.FSDataInputStream;

/** Lets ImageIO read a file of Hadoop at any place, without a copy of the whole file. */
final class HadoopImageInput extends ImageInputStreamImpl {

	private final FSDataInputStream in;

	HadoopImageInput(final FSDataInputStream in) {
		this.in = in;
	}

	@Override
	public int read() throws IOException {
		final byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(final byte[] bytes, final int offset, final int length) throws IOException {
		checkClosed();
		bitOffset = 0;
		final int count = in.read(streamPos, bytes, offset, length);
		if (count > 0) streamPos += count;
		return count;
	}

	@Override
	public void close() throws IOException {
		super.close();
		in.close();
	}
}
