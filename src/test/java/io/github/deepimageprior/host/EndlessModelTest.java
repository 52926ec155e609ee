package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;

import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.torchscript.WrittenModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that never returns, in a process of its own, since nothing but the end of the process ends it. */
class EndlessModelTest {

	private static final String BUSY = "libtorch is still busy with the model endless.pt, which did not return after a "
		+ "cancel: try again in a minute; if it never returns, only a restart of ImageJ ends it.";

	/** Writes the module, which runs in an endless loop, with its card and labels. */
	static Path model(final Path folder) throws IOException {
		Files.copy(Models.path("three.txt"), folder.resolve("three.txt"));
		Files.copy(Models.path("linear.json"), folder.resolve("endless.json"));
		return WrittenModule.write(folder.resolve("endless.pt"),
			WrittenModule.code("y = torch.mean(x, [2, 3])", "while True:", "  y = torch.add(y, 1.)", "return y"));
	}

	@Test
	void afterACancelTheNextCommandSaysThatLibtorchIsBusy(@TempDir final Path folder) throws Exception {
		final ProcessBuilder java = ChildProcess.java(Session.class, model(folder).toString(),
			Models.path("smooth.pt").toString());
		java.command().add(1, "-Djava.awt.headless=true");
		final List<String> said = ChildProcess.run(java).lines()
			.filter(line -> !line.matches("DIP Purify: dot: about .*|.*: waiting for .*")).toList(); // told before
		assertEquals(List.of("The command was cancelled.", BUSY, BUSY, BUSY), said);
	}

	/** Prints what commands say: the first is cancelled while it opens the module, others follow. */
	static final class Session {

		public static void main(final String[] models) throws InterruptedException {
			final ByteProcessor pixels = new ByteProcessor(16, 16);
			pixels.noise(30);
			final ImagePlus image = new ImagePlus("dot", pixels);
			final Thread command = new Thread(() -> say(image, "DIP Classify...", "classifier=[" + models[0] + "]"));
			command.start();
			while (!isComputing()) Thread.sleep(50);
			command.interrupt(); // as the host does for a cancel
			command.join();
			// SciJava's own thread, which the cancel has interrupted, gives the module some time to return.
			while (Thread.getAllStackTraces().values().stream().flatMap(Stream::of)
				.anyMatch(call -> call.getMethodName().equals("work"))) Thread.sleep(50);
			say(image, "DIP Classify...", "classifier=[" + models[0] + "]");
			say(image, "Generate Adversary...", "classifier=[" + models[1] + "]");
			say(image, "DIP Purify...", "iterations=2 preset=Arch-2 device=CPU precision=float32");
			System.exit(0);
		}

		private static boolean isComputing() {
			return Thread.getAllStackTraces().entrySet().stream()
				.anyMatch(thread -> thread.getKey().getName().equals("libtorch")
					&& Stream.of(thread.getValue()).map(StackTraceElement::getMethodName)
						.collect(Collectors.joining(" ")).contains("moduleRunMethod"));
		}

		private static void say(final ImagePlus image, final String label, final String options) {
			WindowManager.setTempCurrentImage(image);
			System.out.println(Bridge.call(label, options));
		}
	}
}
