package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own for a test. One that takes too long prints what its threads are doing and is killed, so that whoever
 * waits for its output or its end goes on, and can tell why.
 */
public final class Jvm {

	private static final int MINUTES = 8;

	private Jvm() {}

	/** @return a process that runs this JVM's {@code java} with such arguments, once it is started */
	public static ProcessBuilder java(final List<String> arguments) {
		final List<String> command = new ArrayList<>(arguments);
		command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
		return new ProcessBuilder(command);
	}

	/** @return a process that runs a class with the jars of this JVM, once it is started */
	public static ProcessBuilder java(final Class<?> main, final String... arguments) {
		final List<String> all = new ArrayList<>(
			List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		all.addAll(List.of(arguments));
		return java(all);
	}

	/** Starts it, for some minutes at most. */
	public static Process start(final ProcessBuilder builder) throws IOException {
		final Process process = builder.start();
		CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES).execute(() -> kill(process));
		return process;
	}

	/** Runs it to its end, which must be one without an error. */
	public static String run(final ProcessBuilder builder) throws IOException, InterruptedException {
		final Process process = start(builder);
		final String said = new String(process.getInputStream().readAllBytes());
		assertEquals(0, process.waitFor(), said);
		return said;
	}

	private static void kill(final Process process) {
		if (!process.isAlive()) return;
		try {
			new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
			process.waitFor(5, TimeUnit.SECONDS); // it prints its stacks, and goes on
		}
		catch (final IOException | InterruptedException withoutStacks) {
			// Windows has no such signal
		}
		process.destroyForcibly();
	}
}
