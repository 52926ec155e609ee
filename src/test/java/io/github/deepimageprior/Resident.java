package io.github.deepimageprior;

import com.sun.jna.NativeLibrary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The memory of this process, on Linux. */
public final class Resident {

	private Resident() {}

	/** @param figure VmRSS for now, VmHWM for the peak */
	public static long megabytes(final String figure) {
		try {
			for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith(figure + ":")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
			}
			throw new AssertionError(figure);
		}
		catch (final IOException unreadable) {
			throw new AssertionError(unreadable);
		}
	}

	/**
	 * @return VmRSS, without what glibc's heaps hold of freed blocks, which differs by tens of megabytes from run to
	 *         run
	 */
	public static long inUse() {
		NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] { 0 });
		return megabytes("VmRSS");
	}

	/**
	 * Runs a class in a process of its own, whose Java heap does not grow and whose threads share one of glibc's heaps,
	 * since several fragment differently from run to run. Gives what the class prints.
	 */
	public static String run(final Class<?> main, final String... arguments) throws IOException, InterruptedException {
		final ProcessBuilder java = ChildProcess.java(main, arguments);
		java.command().addAll(1, List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch"));
		java.environment().put("MALLOC_ARENA_MAX", "1");
		return ChildProcess.run(java).strip();
	}
}
