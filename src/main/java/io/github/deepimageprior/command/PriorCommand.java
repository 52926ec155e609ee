package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.host.Fiji;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.image.ImageFrames;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitListener;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.Halt;
import io.github.deepimageprior.prior.Preset;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

import net.imglib2.img.Img;
import net.imglib2.type.numeric.real.FloatType;

import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.task.TaskService;

/**
 * What the commands that fit the open image have in common. The names of the fields are the keys of macros: they are never renamed,
 * and none ends in another. SciJava remembers nothing from one run to the next, or a macro that leaves out a key would do today what
 * a dialog was told yesterday.
 */
abstract class PriorCommand extends ContextCommand {

	static final String AVERAGED = "averaged", RAW = "raw";

	@Parameter(label = "Image", initializer = "checkInput", description = "The image, or its area selection; stacks are worked slice by slice")
	private ImagePlus input;

	@Parameter(persist = false, label = "Iterations", min = "1", stepSize = "100",
		description = "Optimisation steps: fewer give a smoother picture, more let noise and perturbation back in")
	private int iterations = FitSettings.DEFAULTS.iterations();

	@Parameter(persist = false, label = "Network", choices = { "Fast", "Paper", "Arch-1", "Arch-2" },
		description = "Fast: 5 scales of 32 maps; Paper: 5 of 128; Arch-1: 3 of 128 and Arch-2: 3 of 16, for pictures of about 32x32")
	private String preset = Preset.FAST.toString();

	@Parameter(persist = false, label = "Result", choices = { AVERAGED, RAW },
		description = "The moving average of the network's outputs, or its last output alone")
	private String result = AVERAGED;

	@Parameter(persist = false, label = "Seed", description = "The same seed gives the same picture on the same machine")
	private long seed = FitSettings.DEFAULTS.seed();

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = "auto: the first GPU that libtorch sees, else the CPU")
	private String device = FitSettings.DEFAULTS.device();

	@Parameter(persist = false, label = "Precision", choices = { "float32", "bfloat16" },
		description = "bfloat16 is about twice as fast on recent processors and GPUs, and far slower on others")
	private String precision = FitSettings.DEFAULTS.precision().toString();

	@Parameter(persist = false, label = "Show picture while running", description = "Ignored without a display and in batch mode")
	private boolean preview = true;

	@Parameter(required = false)
	private TaskService tasks;

	private final Halt halt = new Halt();

	/**
	 * Does the work and sets the outputs.
	 *
	 * @param image what is worked on
	 * @param fit how each of its pictures is fitted
	 */
	abstract void work(ImageFrames image, Fit fit);

	@Override
	public final void run() {
		try {
			if (!result.equalsIgnoreCase(AVERAGED) && !result.equalsIgnoreCase(RAW)) throw new DipException("There is no result '" + result +
				"': write averaged or raw.");
			final FitSettings settings = FitSettings.DEFAULTS.withIterations(iterations).withSeed(seed).withDevice(device).withPrecision(
				Precision.named(precision));
			final Preset network = Preset.named(preset);
			final ImageFrames image = new ImageFrames(input);
			final Fit fit = new Fit(network.network(image.channels()), settings);
			fit.requireMemory(image.width(), image.height());
			work(image, fit);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
		catch (final OutOfMemoryError full) {
			Fiji.cancel(this, "ImageJ's own memory is full: close images, work on a selection or fewer slices, or raise Edit > Options > Memory & Threads.");
		}
		catch (final CancellationException cancelled) {
			Fiji.cancel(this, null);
		}
		catch (final RuntimeException | LinkageError bug) {
			Fiji.endMacro(this);
			throw bug;
		}
	}

	/** Called by SciJava before it shows a dialog. */
	@SuppressWarnings("unused")
	private void checkInput() {
		try {
			Fiji.check(this, input);
		}
		catch (final DipException advice) {
			Fiji.cancel(this, advice.getMessage());
		}
	}

	/** Ends the command early from another thread: {@link Halt#stop()} keeps what there is. */
	public final Halt halt() {
		return halt;
	}

	/**
	 * @param picture the next one
	 * @return whether it is to be fitted; after a stop the first still is, for one step, so that there is something to keep
	 * @throws CancellationException after a cancel
	 */
	final boolean goesOn(final int picture) {
		requireNotCancelled();
		return picture == 0 || !halt.isRequested();
	}

	/** @throws CancellationException after a cancel; a last look before there is a result */
	final void requireNotCancelled() {
		if (halt.isCancelled()) throw new CancellationException();
	}

	final boolean averaged() {
		return result.equalsIgnoreCase(AVERAGED);
	}

	/** @return a report that begins with how to repeat this run */
	final Report report() {
		final Report report = new Report();
		report.add(Map.of("Macro", MacroLine.of(this)));
		return report;
	}

	final RunMonitor monitor(final String title) {
		return new RunMonitor(title, preview, tasks, halt);
	}

	/** Passes the progress of one picture's fit on to the monitor of all. */
	class Progress implements FitListener {

		private final RunMonitor monitor;
		final ImageFrames image;
		final int picture;

		Progress(final RunMonitor monitor, final ImageFrames image, final int picture) {
			this.monitor = monitor;
			this.image = image;
			this.picture = picture;
		}

		@Override
		public void progress(final int step, final int of, final double loss, final Supplier<Img<FloatType>> averaged) {
			final String which = image.label(picture);
			monitor.progress((picture + (double) step / of) / image.count(), (which.isEmpty() ? "" : which + ", ") + "step " + step + " of " +
				of, () -> image.picture(picture, averaged.get()));
		}
	}
}
