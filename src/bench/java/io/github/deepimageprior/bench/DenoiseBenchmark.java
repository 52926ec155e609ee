package io.github.deepimageprior.bench;

import com.google.gson.Gson;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.PoissonNoise;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.RestorationResult;
import io.github.deepimageprior.restore.SeriesRestorer;

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
 * Denoises all pictures of a folder with the defaults of a method, and prints a line of JSON for each. It is called by
 * denoisers.py, which makes the pictures and compares the results: NAME.json holds width, height, channels and, for
 * photon noise, photons (of the value 1); NAME.in the values as float32; NAME.out is written likewise.
 */
public final class DenoiseBenchmark {

	/** The first picture of a process also pays for the start of libtorch: it is done before, too. */
	private static final int WARM_UP = 1;

	private DenoiseBenchmark() {}

	/** What a JSON file says of a picture. */
	private record Shape(int width, int height, int channels, double photons) {}

	/** Arguments: folder; non-local or prior; number of threads. */
	public static void main(final String[] arguments) throws IOException {
		final Path folder = Path.of(arguments[0]);
		final DenoisingMethod method = arguments[1].equals("prior") ? DenoisingMethod.DEEP_IMAGE_PRIOR
			: DenoisingMethod.NON_LOCAL;
		Torch.setThreads(Integer.parseInt(arguments[2]));
		final List<Path> files;
		try (Stream<Path> all = Files.list(folder)) {
			files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
		}
		for (int i = 0; i < WARM_UP; i++) denoise(files.get(0), method);
		for (final Path file : files) System.out.println(new Gson().toJson(denoise(file, method)));
	}

	private static Map<String, Object> denoise(final Path file, final DenoisingMethod method) throws IOException {
		final Shape shape = new Gson().fromJson(Files.readString(file), Shape.class);
		final String name = file.getFileName().toString().replaceFirst("\\.json$", "");
		final float[] values = new float[shape.width * shape.height * shape.channels];
		ByteBuffer.wrap(Files.readAllBytes(file.resolveSibling(name + ".in"))).order(ByteOrder.LITTLE_ENDIAN)
			.asFloatBuffer().get(values);
		final Denoise task = new Denoise(method,
			shape.photons == 0 ? null : new PoissonNoise(Collections.nCopies(shape.channels, shape.photons),
				Collections.nCopies(shape.channels, 0.0)));
		final long cpu = cpuTime(), wall = System.nanoTime();
		final RestorationResult result = new SeriesRestorer(task, task.defaults())
			.run(new Picture(values, shape.width, shape.height, shape.channels));
		final Map<String, Object> figures = new LinkedHashMap<>();
		figures.put("name", name);
		figures.put("cpu_s", (cpuTime() - cpu) / 1e9);
		figures.put("wall_s", (System.nanoTime() - wall) / 1e9);
		figures.put("noise", result.noise());
		final ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(result.picture().values());
		Files.write(file.resolveSibling(name + ".out"), bytes.array());
		return figures;
	}

	private static long cpuTime() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime();
	}
}
