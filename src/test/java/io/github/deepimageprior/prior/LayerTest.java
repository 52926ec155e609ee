package io.github.deepimageprior.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of parameters and of multiply-adds were counted by hand from the published architecture. */
class LayerTest {

	@ParameterizedTest
	@CsvSource({ "Paper, 224, 2217831, 14.83", "Paper, 256, 2217831, 19.4", "Arch-1, 32, 1286463, 0.296",
		"Arch-1, 224, 1286463, 14.5", "Arch-2, 224, 26575, 0.32", "Arch-2, 32, 26575, 0.0066" })
	void parametersAndMultiplyAdds(final String preset, final int side, final int parameters, final double billions) {
		final List<Layer> layers = Layer.of(Preset.named(preset).network(3), side, side);
		assertEquals(parameters, layers.stream().mapToInt(Layer::parameters).sum());
		assertEquals(billions, layers.stream().mapToLong(Layer::multiplyAdds).sum() / 1e9, 0.02 * billions);
	}

	@Test
	void theLayersOfASmallNetwork() {
		final List<Layer> layers = Layer.of(Hourglass.uniform(2, 16, 4, 3), 37, 51);
		assertEquals(
			List.of("scale0.skip", "scale0.down1", "scale0.down2", "scale1.skip", "scale1.down1", "scale1.down2",
				"scale1.join", "scale1.up1", "scale1.up2", "scale0.join", "scale0.up1", "scale0.up2", "out"),
			layers.stream().map(Layer::name).toList());
		assertEquals(new Layer("scale0.skip", 1, 4, 37, 51, 32 * 4 + 4 + 8, 32L * 4 * 37 * 51), layers.get(0));
		assertEquals(new Layer("scale0.down1", 3, 16, 19, 26, 9 * 32 * 16 + 16 + 32, 9L * 32 * 16 * 19 * 26),
			layers.get(1));
		assertEquals(new Layer("scale1.join", 0, 20, 19, 26, 40, 0), layers.get(6));
		assertEquals(new Layer("out", 1, 3, 37, 51, 51, 16L * 3 * 37 * 51), layers.get(12));
	}

	/** Without skip connections nothing crops the pixel that doubling adds: the latent is larger than the picture. */
	@Test
	void withoutSkipConnectionsSidesAreMultiples() {
		final List<Layer> layers = Layer.of(Hourglass.uniform(3, 8, 0, 1), 37, 51);
		assertEquals(List.of(40, 56),
			List.of(layers.get(layers.size() - 1).width(), layers.get(layers.size() - 1).height()));
		assertEquals(Hourglass.uniform(3, 8, 0, 1).parameterCount(), layers.stream().mapToInt(Layer::parameters).sum());
	}

	@Test
	void aSmallPictureHasFewerScales() {
		assertEquals(2,
			Layer.of(Preset.PAPER.network(3), 8, 8).stream().filter(layer -> layer.name().endsWith("down1")).count());
	}
}
