package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.deepimageprior.ChildProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLockTest {

	@TempDir
	private Path folder;

	@Test
	void anotherProcessWaits() throws Exception {
		final Process other = ChildProcess.start(ChildProcess.java(Holder.class, folder.toString()));
		assertEquals('h', other.getInputStream().read());
		final CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> MachineLock.in(folder).close());
		Thread.sleep(200);
		assertFalse(waiting.isDone());
		other.getOutputStream().close();
		waiting.get(1, TimeUnit.MINUTES);
		assertEquals(0, other.waitFor());
	}

	/** What runs there: holds the lock until its input ends. */
	static final class Holder {

		private Holder() {}

		public static void main(final String[] arguments) throws IOException {
			try (MachineLock lock = MachineLock.in(Path.of(arguments[0]))) {
				System.out.write('h');
				System.out.flush();
				System.in.read();
			}
		}
	}

	@Test
	void whereNothingCanBeWrittenNobodyWaits() throws IOException {
		final Path file = Files.writeString(folder.resolve("file"), "");
		MachineLock.in(file.resolve("below")).close();
	}
}
