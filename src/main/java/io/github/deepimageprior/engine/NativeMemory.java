package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory outside the Java heap. While an instance is open, glibc keeps what libtorch frees instead of giving it back to the system
 * and asking for it again, page by page, at every step of a loop; the last one to close gives it back. Elsewhere than on glibc it
 * does nothing.
 */
public final class NativeMemory implements AutoCloseable {

	// Parameters of mallopt(3).
	private static final int M_TRIM_THRESHOLD = -1, M_MMAP_THRESHOLD = -3;
	private static final int KEEP = 1 << 30, GLIBC_DEFAULT = 128 << 10;

	private static int open;

	private NativeMemory() {}

	/** @return what must be closed when the loop has ended */
	public static synchronized NativeMemory keep() {
		if (open++ == 0) {
			libc("mallopt", M_MMAP_THRESHOLD, KEEP);
			libc("mallopt", M_TRIM_THRESHOLD, KEEP);
		}
		return new NativeMemory();
	}

	@Override
	public void close() {
		synchronized (NativeMemory.class) {
			if (--open > 0) return;
			libc("mallopt", M_MMAP_THRESHOLD, GLIBC_DEFAULT);
			libc("mallopt", M_TRIM_THRESHOLD, GLIBC_DEFAULT);
			libc("malloc_trim", 0);
		}
	}

	/** @return the bytes that a fit may take on the device now; an estimate */
	public static long available(final Device device) {
		if (device.isGpu()) {
			final var memory = CudaUtils.getGpuMemory(device);
			return memory.getMax() - memory.getCommitted();
		}
		final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final long free = system.getFreeMemorySize(); // honours the limit of a container, but does not count the file cache as free
		try {
			for (final String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
				if (line.startsWith("MemAvailable:")) return Math.max(free, Math.min(1024 * Long.parseLong(line.replaceAll("\\D", "")), system
					.getTotalMemorySize()));
			}
		}
		catch (final IOException notLinux) {
			// the figure of the Java machine serves
		}
		return free;
	}

	private static void libc(final String function, final Object... arguments) {
		if (!Platform.isLinux()) return;
		try {
			final Function found = NativeLibrary.getInstance("c").getFunction(function);
			found.invokeInt(arguments);
		}
		catch (final LinkageError notGlibc) {
			// slower, not wrong: musl has neither function, and an old JNA in a user's ImageJ may lack the call
		}
	}
}
