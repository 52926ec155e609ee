package io.github.deepimageprior.nonlocal;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.ParallelRuns;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.measure.NoiseMap;

import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Removes white Gaussian noise of known strength from a single picture, without a network. The picture is compared with
 * itself: for every few pixels, the patches most similar to the patch there form a group, and the group is denoised by
 * a linear filter that has the least expected squared error. This is done in a chain of steps, each of which computes
 * its filters from the estimate of the step before, but applies them to the noisy picture. Two kinds of steps
 * alternate: NL-Ridge (Herbreteau and Kervrann, "Towards a unified view of unsupervised non-local methods for image
 * denoising: the NL-Ridge approach", 2022) replaces a patch by an affine combination of the patches of its group, and
 * NL-Bayes (Lebrun, Buades and Morel, "A nonlocal Bayesian image denoising algorithm", 2013) filters the pixels of each
 * patch by their covariance over the group. The result is the mean of the estimates after the first.
 * <p>
 * The chain runs at half the size first, where the noise is half as strong. That estimate shows the first step where
 * patches are similar, and corrects the low frequencies of the result.
 * <p>
 * The level of the noise may vary over the picture. Noise that grows with the signal is to be stabilised first, see
 * {@link Anscombe}; noise that is correlated between pixels is not covered.
 * <p>
 * On the CPU of one machine, the same picture gives the same result bit by bit, with the same number of threads.
 *
 * @param window side of the square, centred on a patch, in which similar patches are looked for, in pixels; 17..513.
 *        With several channels it reaches half as far
 * @param stride distance of the patches around which groups are formed, in pixels; 1..5. The time is proportional to
 *        the inverse of its square
 */
public record NonLocalDenoiser(int window, int stride) {

	/** The settings of the measurements. */
	public static final NonLocalDenoiser DEFAULTS = new NonLocalDenoiser(129, 4);

	/** @throws DipException if a number is out of its range */
	public NonLocalDenoiser {
		if (window < 17 || window > 513)
			throw new DipException("The search window is " + window + " pixels wide: choose 17 to 513.");
		if (stride < 1 || stride > 5)
			throw new DipException("The distance of reference patches is " + stride + " pixels: choose 1 to 5.");
	}

	/**
	 * Denoises a picture. Returns when that is done; progress is reported on the calling thread.
	 *
	 * @param picture with any number of channels; the values need not be in 0..1
	 * @param noise of the picture, in its units; channels with a level of 0, and constant channels, stay as they are
	 * @param device see {@link Torch#device}
	 * @param listener told after every part of a step
	 * @param cancellation a stop keeps what the completed steps give, the noisy picture if there are none
	 * @return the denoised picture
	 * @throws CancellationException after a cancel or an interruption of the thread
	 * @throws DipException if the device is unknown, memory is insufficient, or libtorch cannot be loaded
	 * @throws IllegalArgumentException if there is not one level for each channel, finite and at least 0
	 */
	public Picture run(final Picture picture, final NoiseMap noise, final String device,
		final NonLocalListener listener, final Cancellation cancellation)
	{
		if (noise.levels().size() != picture.channels()
			|| !noise.levels().stream().allMatch(level -> level >= 0 && Double.isFinite(level)))
			throw new IllegalArgumentException("Noise " + noise.levels() + " for " + picture.channels() + " channels");
		cancellation.requireNotCancelled();
		final Components components = new Components(picture, noise);
		if (components.count() == 0) return picture;
		final Device where = Torch.device(device);
		// Not for pieces of ParallelRuns.run: its caller has checked the memory of all of them together.
		if (!ParallelRuns.isMemoryChecked())
			NonLocalMemory.check(this, picture.width(), picture.height(), components.count(), where);
		final long bytes = memory(picture.width(), picture.height(), components.count());
		try (NativeMemory memory = NativeMemory.keep(where.isGpu() ? 0 : bytes);
			Chain chain = new Chain(this, picture, components, where))
		{
			return chain.run(listener, cancellation);
		}
	}

	/**
	 * @param width of a picture
	 * @param height of the picture
	 * @param channels of the picture
	 * @return estimated bytes outside the Java heap that denoising it needs; beyond some size of the picture they grow
	 *         by a few copies of the picture only
	 */
	public long memory(final int width, final int height, final int channels) {
		return NonLocalMemory.estimate(this, width, height, channels);
	}

	/** @return how far the window reaches from a patch, in pixels */
	int radius(final int components) {
		return components == 1 ? window / 2 : window / 4;
	}

	/** @return the steps for a picture of a size */
	List<ChainStep> steps(final int components, final int width, final int height) {
		return (components == 1 ? ChainStep.ONE_CHANNEL : ChainStep.SEVERAL_CHANNELS).stream()
			.map(step -> step.fitting(width, height, radius(components))).toList();
	}

	/** @return the tiles of a step for a picture, components × height × width */
	List<ReferenceTile> tiles(final Shape picture, final ChainStep step) {
		return ReferenceTile.all((int) picture.get(2), (int) picture.get(1), step.side(), stride, (int) picture.get(0));
	}
}
