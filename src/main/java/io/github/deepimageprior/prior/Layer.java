package io.github.deepimageprior.prior;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One layer of a network: a convolution with the normalisation and the activation after it, or the normalisation after
 * a join.
 *
 * @param name its place in the network, as in the names of its {@linkplain Hourglass#parameters() parameters}
 * @param kernel side of the convolution's kernel; 0 for a normalisation
 * @param channels of its output
 * @param width of its output, in pixels
 * @param height of its output, in pixels
 * @param parameters how many it has
 * @param multiplyAdds of its convolution, in one forward pass
 */
public record Layer(String name, int kernel, int channels, int width, int height, int parameters, long multiplyAdds) {

	/**
	 * Describes a network, as the paper does in its tables 3 and 4.
	 *
	 * @param network that is fitted; fewer scales than it has if the picture is too small for them
	 * @param width of the picture, in pixels
	 * @param height of the picture, in pixels
	 * @return its layers, in the order in which they are computed
	 */
	public static List<Layer> of(final Hourglass network, final int width, final int height) {
		final Hourglass fitted = network.fitting(width, height);
		final int multiple = fitted.multiple(), scales = fitted.scales();
		final int[][] sizes = new int[scales + 1][]; // of the encoder's feature maps; in the end of the decoder's
		sizes[0] = new int[] { rounded(width, multiple), rounded(height, multiple) };
		final boolean averages = fitted.downsampling() == Hourglass.Downsampling.AVERAGE;
		final List<Layer> layers = new ArrayList<>();
		for (int i = 0; i < scales; i++) {
			final int[] size = sizes[i];
			sizes[i + 1] = Arrays.stream(size).map(side -> averages ? side / 2 : (side + 1) / 2).toArray();
			if (fitted.skip().get(i) > 0) layers.add(of(fitted, "scale" + i + ".skip", size));
			layers.add(of(fitted, "scale" + i + ".down1", averages ? size : sizes[i + 1]));
			layers.add(of(fitted, "scale" + i + ".down2", sizes[i + 1]));
		}
		for (int i = scales - 1; i >= 0; i--) {
			final int[] encoded = sizes[i], below = sizes[i + 1];
			for (int k = 0; k < 2; k++)
				encoded[k] = fitted.skip().get(i) > 0 ? Math.min(encoded[k], 2 * below[k]) : 2 * below[k];
			layers.add(of(fitted, "scale" + i + ".join", encoded));
			layers.add(of(fitted, "scale" + i + ".up1", encoded));
			if (fitted.pointwise()) layers.add(of(fitted, "scale" + i + ".up2", encoded));
		}
		layers.add(of(fitted, "out", sizes[0]));
		return layers;
	}

	private static int rounded(final int side, final int multiple) {
		return (side + multiple - 1) / multiple * multiple;
	}

	private static Layer of(final Hourglass network, final String name, final int[] size) {
		int parameters = 0, kernel = 0, channels = 0;
		long multiplyAdds = 0;
		for (final Parameter parameter : network.parameters()) {
			if (!parameter.name().substring(0, parameter.name().lastIndexOf('.')).equals(name)) continue;
			parameters += parameter.size();
			channels = parameter.shape()[0];
			if (parameter.shape().length < 4) continue;
			kernel = parameter.shape()[2];
			multiplyAdds = (long) parameter.size() * size[0] * size[1];
		}
		return new Layer(name, kernel, channels, size[0], size[1], parameters, multiplyAdds);
	}
}
