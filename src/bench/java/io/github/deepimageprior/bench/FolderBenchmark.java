package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.Enlarge;
import io.github.deepimageprior.restore.Inpaint;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.RestoreSettings;
import io.github.deepimageprior.restore.SeriesRestorer;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.restore.Uncertainty;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Restores all pictures of a folder with the defaults of a task, and prints a line of JSON for each. It is called by
 * denoisers.py and restorers.py, which make the {@linkplain NoisyPicture pictures} and compare the results, NAME.out
 * and, if the uncertainty is estimated, NAME.deviation. NAME.known, to inpaint, has 1 or 0 for each pixel.
 */
public final class FolderBenchmark {

	/** The first picture of a process also pays for the start of libtorch: it is done before, too. */
	private static final int WARM_UP = 1;

	private FolderBenchmark() {}

	/** Arguments: folder; to denoise, non-local or prior; number of threads; size of the ensemble, 0 for none. */
	public static void main(final String[] arguments) throws IOException {
		final DenoisingMethod method = arguments[1].equals("prior") ? DenoisingMethod.DEEP_IMAGE_PRIOR
			: DenoisingMethod.NON_LOCAL;
		Torch.setThreads(Integer.parseInt(arguments[2]));
		final List<Path> files = NoisyPicture.files(Path.of(arguments[0]));
		final int ensemble = Integer.parseInt(arguments[3]);
		for (int i = 0; i < WARM_UP; i++) restore(files.get(0), method, 0);
		for (final Path file : files) System.out.println(new Gson().toJson(restore(file, method, ensemble)));
	}

	private static Map<String, Object> restore(final Path file, final DenoisingMethod method, final int ensemble)
		throws IOException
	{
		final NoisyPicture given = NoisyPicture.read(file);
		final float[] known = Files.exists(NoisyPicture.sibling(file, ".known")) ? given.read(".known") : null;
		final Task task = task(given, known, method);
		final RestoreSettings settings = task.defaults()
			.withFit(task.defaults().fit().withPrecision(Precision.named("auto", "auto")))
			.withUncertainty(uncertainty(ensemble));
		final long cpu = cpuTime(), wall = System.nanoTime();
		final RestorationResult result = new SeriesRestorer(task, settings).run(given.picture(), known);
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("name", given.name());
		figures.put("digest", given.digest());
		figures.put("cpu_s", (cpuTime() - cpu) / 1e9);
		figures.put("wall_s", (System.nanoTime() - wall) / 1e9);
		figures.put("noise", result.noise());
		figures.put("steps", result.summaries().stream().mapToInt(FitSummary::steps).sum());
		given.write(".out", result.picture().values());
		if (result.deviation() != null) given.write(".deviation", result.deviation().values());
		return figures;
	}

	private static Task task(final NoisyPicture given, final float[] known, final DenoisingMethod method) {
		if (given.factor() > 1) return new Enlarge(given.factor(), Downsampler.LANCZOS2, true);
		if (known != null) return new Inpaint(true);
		return given.poisson() == null ? new Denoise(method) : new Denoise(method, given.poisson());
	}

	private static Uncertainty uncertainty(final int ensemble) {
		return ensemble == 0 ? Uncertainty.DEFAULTS : new Uncertainty(Uncertainty.Kind.ENSEMBLE, ensemble,
			Uncertainty.DEFAULTS.samples(), Uncertainty.DEFAULTS.langevin());
	}

	private static long cpuTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}
}
