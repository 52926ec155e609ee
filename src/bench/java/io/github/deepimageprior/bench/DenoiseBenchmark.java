package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.SeriesRestorer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Denoises all pictures of a folder with the defaults of a method, and prints a line of JSON for each. It is called by
 * denoisers.py, which makes the {@linkplain NoisyPicture pictures} and compares the results, NAME.out.
 */
public final class DenoiseBenchmark {

	/** The first picture of a process also pays for the start of libtorch: it is done before, too. */
	private static final int WARM_UP = 1;

	private DenoiseBenchmark() {}

	/** Arguments: folder; non-local or prior; number of threads. */
	public static void main(final String[] arguments) throws IOException {
		final DenoisingMethod method = arguments[1].equals("prior") ? DenoisingMethod.DEEP_IMAGE_PRIOR
			: DenoisingMethod.NON_LOCAL;
		Torch.setThreads(Integer.parseInt(arguments[2]));
		final List<Path> files = NoisyPicture.files(Path.of(arguments[0]));
		for (int i = 0; i < WARM_UP; i++) denoise(files.get(0), method);
		for (final Path file : files) System.out.println(new Gson().toJson(denoise(file, method)));
	}

	private static Map<String, Object> denoise(final Path file, final DenoisingMethod method) throws IOException {
		final NoisyPicture noisy = NoisyPicture.read(file);
		final Denoise task = new Denoise(method, noisy.poisson());
		final long cpu = cpuTime(), wall = System.nanoTime();
		final RestorationResult result = new SeriesRestorer(task, task.defaults()).run(noisy.picture());
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("name", noisy.name());
		figures.put("cpu_s", (cpuTime() - cpu) / 1e9);
		figures.put("wall_s", (System.nanoTime() - wall) / 1e9);
		figures.put("noise", result.noise());
		noisy.write(".out", result.picture().values());
		return figures;
	}

	private static long cpuTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}
}
