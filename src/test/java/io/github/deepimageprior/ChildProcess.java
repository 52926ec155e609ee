package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that a test starts. One that takes too long is killed, after a JVM has printed what its threads are doing:
 * whoever waits for its output or its end goes on, and can tell why.
 */
public final class ChildProcess {

	private static final int MINUTES = 20;

	private ChildProcess() {}

	/** @return what starts this JVM's {@code java} with such arguments; errors go where those of this JVM go */
	public static ProcessBuilder java(final List<String> arguments) {
		final List<String> command = new ArrayList<>(arguments);
		command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
		return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
	}

	/** @return what runs a class with the jars of this JVM */
	public static ProcessBuilder java(final Class<?> main, final String... arguments) {
		final List<String> all = new ArrayList<>(
			List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		all.addAll(List.of(arguments));
		return java(all);
	}

	/** @return the process, which lives for some minutes at most, and not longer than this JVM */
	public static Process start(final ProcessBuilder builder) throws IOException {
		final Process process = builder.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES, task -> new Thread(task).start())
			.execute(() -> kill(process));
		return process;
	}

	/** @return what it prints until its end, which must be one without an error */
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
			process.waitFor(5, TimeUnit.SECONDS); // a JVM prints its stacks, and goes on
		}
		catch (final IOException | InterruptedException withoutStacks) {
			// Windows has no such signal
		}
		process.destroyForcibly();
	}
}
