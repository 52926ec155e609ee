package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;

import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.Enlarge;
import io.github.deepimageprior.restore.RestorationResult;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class RestoredImagesTest {

	private static RestorationResult result(final ImageSource image, final boolean deviation) {
		return new RestorationResult(image.read(0), deviation ? image.read(0) : null, List.of(), List.of(), List.of(),
			1, 1, List.of(), null, null);
	}

	/** Pictures and images of them, of four bytes a value; results of the same size are stored at once. */
	@Test
	void onlyEnlargedPicturesAndDeviationsAreKept() {
		final ImageSource image = new ImageSource(new ImagePlus("ramp", new FloatProcessor(8, 8)));
		assertEquals(0, new RestoredImages(image, new Denoise(), "denoised").floatBytes(false));
		assertEquals(8, new RestoredImages(image, new Denoise(), "denoised").floatBytes(true));
		assertEquals(72,
			new RestoredImages(image, new Enlarge(3, Downsampler.LANCZOS2, false), "enlarged").floatBytes(false));
	}

	/** Slices: restored, stopped before its deviation was known, without anything to do, not reached. */
	@Test
	void onlyWhatIsCertainHasADeviationOfZero() {
		final ImageStack stack = new ImageStack(8, 8);
		for (int slice = 0; slice < 4; slice++) {
			final float[] ramp = new float[64];
			for (int i = 0; i < 64; i++) ramp[i] = i;
			stack.addSlice(new FloatProcessor(8, 8, ramp));
		}
		final ImageSource image = new ImageSource(new ImagePlus("ramps", stack));
		final RestoredImages images = new RestoredImages(image, new Denoise(), "denoised");
		images.add(0, result(image, true));
		images.add(1, result(image, false));
		images.notReached(3);
		images.finish(Map.of());
		final float[] none = new float[64];
		final ImageStack found = images.deviation().getStack();
		assertArrayEquals((float[]) stack.getPixels(1), (float[]) found.getPixels(1), 1e-4f);
		assertArrayEquals(none, (float[]) found.getPixels(3));
		Arrays.fill(none, Float.NaN);
		assertArrayEquals(none, (float[]) found.getPixels(2));
		assertArrayEquals(none, (float[]) found.getPixels(4));
	}
}
