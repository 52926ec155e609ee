package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.Downsampler;
import io.github.deepimageprior.prior.FitSummary;
import io.github.deepimageprior.prior.PoissonNoise;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Restores all pictures of a folder with the defaults of a task, and prints a line of JSON for each. It is called by
 * denoisers.py and restorers.py, which make the pictures and compare the results: NAME.json holds width, height,
 * channels and, if photon noise is told, photons (of the value 1), or, to enlarge, a factor; NAME.in the values as
 * float32; NAME.known, to inpaint, 1 or 0 for each pixel. NAME.out is written likewise, and NAME.deviation if the
 * uncertainty is estimated.
 */
public final class FolderBenchmark {

	/** The first picture of a process also pays for the start of libtorch: it is done before, too. */
	private static final int WARM_UP = 1;

	private FolderBenchmark() {}

	/** What a JSON file says of a picture. */
	private record Shape(int width, int height, int channels, double photons, int factor) {}

	/** Arguments: folder; to denoise, non-local or prior; number of threads; size of the ensemble, 0 for none. */
	public static void main(final String[] arguments) throws IOException {
		final Path folder = Path.of(arguments[0]);
		final DenoisingMethod method = arguments[1].equals("prior") ? DenoisingMethod.DEEP_IMAGE_PRIOR
			: DenoisingMethod.NON_LOCAL;
		Torch.setThreads(Integer.parseInt(arguments[2]));
		final List<Path> files;
		try (Stream<Path> all = Files.list(folder)) {
			files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
		}
		final int ensemble = Integer.parseInt(arguments[3]);
		for (int i = 0; i < WARM_UP; i++) restore(files.get(0), method, 0);
		for (final Path file : files) System.out.println(new Gson().toJson(restore(file, method, ensemble)));
	}

	private static Map<String, Object> restore(final Path file, final DenoisingMethod method, final int ensemble)
		throws IOException
	{
		final Shape shape = new Gson().fromJson(Files.readString(file), Shape.class);
		final String name = file.getFileName().toString().replaceFirst("\\.json$", "");
		final Path mask = file.resolveSibling(name + ".known");
		final float[] known = Files.exists(mask) ? read(mask, shape.width * shape.height) : null;
		final Picture picture = new Picture(
			read(file.resolveSibling(name + ".in"), shape.width * shape.height * shape.channels), shape.width,
			shape.height, shape.channels);
		final Task task = task(shape, known, method);
		final RestoreSettings settings = task.defaults()
			.withFit(task.defaults().fit().withPrecision(Precision.named("auto", "auto")))
			.withUncertainty(uncertainty(ensemble));
		final long cpu = cpuTime(), wall = System.nanoTime();
		final RestorationResult result = new SeriesRestorer(task, settings).run(picture, known);
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("name", name);
		figures.put("cpu_s", (cpuTime() - cpu) / 1e9);
		figures.put("wall_s", (System.nanoTime() - wall) / 1e9);
		figures.put("noise", result.noise());
		figures.put("steps", result.summaries().stream().mapToInt(FitSummary::steps).sum());
		write(file.resolveSibling(name + ".out"), result.picture());
		if (result.deviation() != null) write(file.resolveSibling(name + ".deviation"), result.deviation());
		return figures;
	}

	private static Task task(final Shape shape, final float[] known, final DenoisingMethod method) {
		if (shape.factor > 1) return new Enlarge(shape.factor, Downsampler.LANCZOS2, true);
		if (known != null) return new Inpaint(true);
		if (shape.photons == 0) return new Denoise(method);
		return new Denoise(method, new PoissonNoise(Collections.nCopies(shape.channels, shape.photons),
			Collections.nCopies(shape.channels, 0.0)));
	}

	private static Uncertainty uncertainty(final int ensemble) {
		return ensemble == 0 ? Uncertainty.DEFAULTS : new Uncertainty(Uncertainty.Kind.ENSEMBLE, ensemble,
			Uncertainty.DEFAULTS.samples(), Uncertainty.DEFAULTS.langevin());
	}

	private static float[] read(final Path file, final int count) throws IOException {
		final float[] values = new float[count];
		ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		return values;
	}

	private static void write(final Path file, final Picture picture) throws IOException {
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * picture.values().length)
			.order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(picture.values());
		Files.write(file, bytes.array());
	}

	private static long cpuTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}
}
