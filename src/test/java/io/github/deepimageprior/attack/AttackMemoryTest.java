package io.github.deepimageprior.attack;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Npy;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.Resident;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("slow")
@EnabledOnOs(OS.LINUX)
class AttackMemoryTest {

	@Test
	void nativeMemoryStaysFlat() throws Exception {
		final String[] growth = Resident.run(LongRun.class).split(" ");
		System.out.println("growth of native memory: " + growth[0] + " MB over 300 pictures, " + growth[1]
			+ " MB from the 5th to the 25th opening of the classifier");
		assertTrue(Integer.parseInt(growth[0]) < 25 && Integer.parseInt(growth[1]) < 25,
			() -> String.join(" ", growth));
	}

	/**
	 * Prints by how many MB the process grows from the second hundred of 500 attacks on pictures of varying size to the
	 * last, and while the classifier is opened 20 times.
	 */
	static final class LongRun {

		public static void main(final String[] arguments) throws IOException {
			final Picture coffee = Npy.coffee();
			final Attack attack = new Attack(AttackMethod.FGSM, 4, 1, StepCount.KURAKIN, 1, Space.PIXELS,
				Rounding.ROUND);
			final long[] least = new long[5]; // of each hundred: it varies by 10 MB
			Arrays.fill(least, Long.MAX_VALUE);
			long fifth = 0;
			try (Classifier classifier = ClassifierSource.BUNDLED.open(Device.cpu())) {
				for (int i = 0; i < 500; i++) {
					attack.run(classifier, cut(coffee, 200 + i % 25), -1, new double[] { 255, 255, 255 }, Progress.NONE,
						new Cancellation());
					if (i % 10 == 9) least[i / 100] = Math.min(least[i / 100], Resident.inUse());
				}
				System.out.print(least[4] - least[1] + " ");
			}
			for (int i = 1; i <= 25; i++) {
				try (Classifier classifier = ClassifierSource.BUNDLED.open(Device.cpu())) {
					classifier.classify(coffee);
				}
				if (i == 5) fifth = Resident.inUse();
			}
			System.out.println(Resident.inUse() - fifth);
		}

		private static Picture cut(final Picture picture, final int height) {
			final int area = picture.width() * height;
			final float[] values = new float[3 * area];
			for (int c = 0; c < 3; c++)
				System.arraycopy(picture.values(), c * picture.width() * picture.height(), values, c * area, area);
			return new Picture(values, picture.width(), height, 3);
		}
	}
}
