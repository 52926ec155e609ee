package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory outside the Java heap. While an instance is open, glibc keeps what libtorch frees instead of giving it back to the system
 * and asking for it again, page by page, at every step of a loop; the last one to close gives it back and leaves the thresholds that
 * glibc itself reaches in a process that uses large blocks. Elsewhere than on glibc it does nothing.
 */
public final class NativeMemory implements AutoCloseable {

	// Parameters of mallopt(3).
	private static final int M_TRIM_THRESHOLD = -1, M_MMAP_THRESHOLD = -3;
	private static final int KEEP = 1 << 30, LARGEST = 32 << 20; // the second is the most that older versions take

	private static int open;

	private NativeMemory() {}

	/** @return what must be closed when the loop has ended */
	public static synchronized NativeMemory keep() {
		if (open++ == 0) {
			if (Libc.call("mallopt", M_MMAP_THRESHOLD, KEEP) == 0) Libc.call("mallopt", M_MMAP_THRESHOLD, LARGEST);
			Libc.call("mallopt", M_TRIM_THRESHOLD, KEEP);
		}
		return new NativeMemory();
	}

	@Override
	public void close() {
		synchronized (NativeMemory.class) {
			if (--open > 0) return;
			Libc.call("mallopt", M_MMAP_THRESHOLD, LARGEST);
			Libc.call("mallopt", M_TRIM_THRESHOLD, 2 * LARGEST);
			Libc.call("malloc_trim", 0);
		}
	}

	/** @return the bytes that a fit may take on the device now; an estimate, without limit for a GPU that does not tell */
	public static long available(final Device device) {
		if (device.isGpu()) return Torch.compute(() -> {
			JniUtils.emptyCudaCache(); // what libtorch keeps for itself is free for a fit
			try {
				final MemoryUsage memory = CudaUtils.getGpuMemory(device);
				return memory.getMax() - memory.getCommitted();
			}
			catch (final IllegalStateException noCudaLibrary) {
				return Long.MAX_VALUE;
			}
		});
		final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		try {
			// Java's figure for free memory honours the limit of a container, as its total does, but counts the file cache as taken.
			return Math.min(proc("meminfo", "MemAvailable"), system.getTotalMemorySize() - proc("self/status", "VmRSS"));
		}
		catch (final IOException notLinux) {
			return system.getFreeMemorySize();
		}
	}

	private static long proc(final String file, final String figure) throws IOException {
		for (final String line : Files.readAllLines(Path.of("/proc", file))) {
			if (line.startsWith(figure + ":")) return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
		}
		throw new IOException("no " + figure + " in " + file);
	}
}
