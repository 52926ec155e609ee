package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory that a device has left. */
public final class AvailableMemory {

	private AvailableMemory() {}

	/**
	 * @return the bytes that a computation can use on the device now, from an estimate; {@link Long#MAX_VALUE} for a
	 *         GPU that does not report its memory
	 */
	public static long on(final Device device) {
		if (device.isGpu()) return Torch.compute(() -> {
			JniUtils.emptyCudaCache(); // memory that libtorch caches is available
			try {
				final MemoryUsage memory = CudaUtils.getGpuMemory(device);
				return memory.getMax() - memory.getCommitted();
			}
			catch (final IllegalStateException noCudaLibrary) {
				return Long.MAX_VALUE;
			}
		});
		// Java's value for free memory respects the limit of a container, as its total does, but counts memory that the
		// system can reclaim, such as the file cache, as used.
		final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		try {
			if (System.getProperty("os.name").startsWith("Mac")) return macOs();
			return Math.min(proc("meminfo", "MemAvailable"),
				system.getTotalMemorySize() - proc("self/status", "VmRSS"));
		}
		catch (final IOException unknown) {
			return system.getFreeMemorySize();
		}
	}

	private static long proc(final String file, final String figure) throws IOException {
		return 1024 * figure(Files.readString(Path.of("/proc", file)), figure + ":\\s+(\\d+)");
	}

	private static long macOs() throws IOException {
		try (InputStream text = new ProcessBuilder("vm_stat").start().getInputStream()) {
			return macOs(new String(text.readAllBytes(), StandardCharsets.UTF_8));
		}
	}

	/**
	 * @param text what {@code vm_stat} prints on macOS
	 * @return the bytes that are free or that the system can reclaim
	 */
	static long macOs(final String text) throws IOException {
		long pages = 0;
		for (final String kind : new String[] { "free", "inactive", "speculative" })
			pages += figure(text, "Pages " + kind + ":\\s+(\\d+)");
		return pages * figure(text, "page size of (\\d+) bytes");
	}

	private static long figure(final String text, final String pattern) throws IOException {
		final Matcher figure = Pattern.compile(pattern).matcher(text);
		if (!figure.find()) throw new IOException("no " + pattern);
		return Long.parseLong(figure.group(1));
	}
}
