package io.github.deepimageprior.saliency;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.ClassScore;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled classifier's maps against values computed by PyTorch. */
class SaliencyGoldenTest {

	private static final Path SHARED = Path.of("../shared/golden/classifier");
	private static final int MOST_NOISE = 8;
	private static Classifier classifier;

	@BeforeAll
	static void open() {
		classifier = ClassifierSource.BUNDLED.open(Device.cpu());
	}

	@AfterAll
	static void close() {
		classifier.close();
	}

	@Test
	void integratedGradients() throws IOException {
		final SaliencySettings settings = new SaliencySettings(32, 1, 0, Quadrature.RIGHT, false, Baseline.BLACK, 1,
			ClassScore.LOGIT, 0, 0);
		final Picture map = new Saliency(SaliencyMethod.INTEGRATED_GRADIENTS, settings).run(classifier, Npy.coffee(),
			null, 967, Progress.NONE, new Cancellation());
		assertNear(map.values(), Npy.floats("/golden/classifier/coffee_ig.npy"));
	}

	@ParameterizedTest
	@CsvSource({ "coffee, 967, GRADIENT, grad", "zebra, 340, GRADIENT, grad", "coffee, 967, SMOOTHGRAD, smoothgrad",
		"zebra, 340, SMOOTHGRAD, smoothgrad", "zebra, 340, INTEGRATED_GRADIENTS, ig", "coffee, 967, MIG_SG, migsg",
		"zebra, 340, MIG_SG, migsg" })
	void sharedMaps(final String image, final int target, final SaliencyMethod method, final String file)
		throws IOException
	{
		assumeTrue(Files.isDirectory(SHARED), "needs ../shared");
		final Picture picture;
		try (InputStream png = Files.newInputStream(SHARED.resolve(image + "_input.png"))) {
			picture = Npy.picture(png);
		}
		final float[] noise = Npy.floats(SHARED.resolve("noise_8x3x224x224.npy"));
		final double range = range(picture);
		final boolean whole = method == SaliencyMethod.MIG_SG;
		final SaliencySettings settings = new SaliencySettings(whole ? 8 : 32, whole ? 2 : 8, 0.15 / range,
			whole ? Quadrature.EQUATION : Quadrature.RIGHT, whole, Baseline.BLACK, 1, ClassScore.LOGIT, 3, 0);
		final int points = whole ? 9 : 1;
		final Picture map = new Saliency(method, settings).run(classifier, picture, target,
			(program, manager, shape, first, count) -> {
				final float[] chosen = new float[count * shape.values().length];
				for (int i = 0; i < count; i++) {
					final int k = (int) ((first + i) % points), n = (int) ((first + i) / points);
					final int index = whole ? (k * 2 + n) % MOST_NOISE : n;
					System.arraycopy(noise, index * shape.values().length, chosen, i * shape.values().length,
						shape.values().length);
				}
				return manager.create(chosen, new Shape(count, 3, shape.height(), shape.width()));
			});
		assertNear(map.values(), Npy.floats(SHARED.resolve(image + "_" + file + ".npy")));
	}

	private static double range(final Picture picture) {
		float min = 1, max = 0;
		for (final float value : picture.values()) {
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		return max - min;
	}

	private static void assertNear(final float[] found, final float[] expected) {
		final double distance = Npy.relative(found, expected), signs = Npy.sameSigns(found, expected);
		assertTrue(distance <= 1e-2 && signs >= 0.999, () -> "relative distance " + distance + ", same signs " + signs);
	}
}
