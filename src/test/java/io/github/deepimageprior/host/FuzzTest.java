package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;

import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.classifier.Models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gives every key of every command values that make no sense. Each call must work or say one sentence, and leave the
 * image as it was. It runs in a process and a folder of its own, since some values are names of new folders.
 */
@Tag("slow")
class FuzzTest {

	@Test
	void garbageGetsASentence(@TempDir final Path folder) throws Exception {
		final List<String> said = ChildProcess.run(ChildProcess
			.java(List.of("-Djava.awt.headless=true", "-Duser.home=" + folder, "-cp",
				absolute(System.getProperty("java.class.path")), Session.class.getName()))
			.directory(folder.toFile())).lines().toList();
		assertEquals(List.of(), said.stream().filter(line -> line.startsWith(Session.WRONG)).toList());
		final String last = said.get(said.size() - 1);
		System.out.println(last);
		assertTrue(last.matches("\\d{4,} calls, of which \\d{3,} worked"), last);
	}

	private static String absolute(final String classPath) {
		return String.join(java.io.File.pathSeparator, Arrays.stream(classPath.split(java.io.File.pathSeparator))
			.map(entry -> Path.of(entry).toAbsolutePath().toString()).toList());
	}

	/** What runs there. */
	static final class Session {

		static final String WRONG = "WRONG: ";
		private static final int VALUES = 50, SECONDS = 2;

		private static final List<String> COMMANDS = List.of("DIP Sample Image", "DIP Purify...",
			"DIP Iteration Stack...", "DIP Denoise...", "DIP Inpaint...", "DIP Super-Resolution...", "DIP Classify...",
			"Generate Adversary...", "MIG-SG Saliency...", "Compare Saliency Methods...");

		/** What makes a run short; every command takes those of its keys. */
		private static final Map<String, String> QUICK = Map.ofEntries(Map.entry("preset", "Arch-2"),
			Map.entry("device", "CPU"), Map.entry("precision", "float32"), Map.entry("iterations", "2"),
			Map.entry("steps", "1,2"), Map.entry("max_iterations", "2"), Map.entry("stop", "fixed"),
			Map.entry("missing", "value"), Map.entry("factor", "2"), Map.entry("intervals", "2"),
			Map.entry("noise_samples", "1"), Map.entry("random_baselines", "1"),
			Map.entry("classifier", Models.path("smooth.pt").toString()),
			Map.entry("classify_with", Models.path("smooth.pt").toString()));

		private static final List<String> GARBAGE = List.of("", " ", "-1", "0", "1", "-3", "2147483647", "2147483648",
			"-99999999999999999999", "1e999", "-0.0", "1e-320", "0.5", "NaN", "Infinity", "1f", "5d", "0x1p3", "1,5",
			"1 2", "٣", "true", "TRUE", "yes", "null", "none", "auto", "custom", "#0", "#99", "every 0", "1..",
			"5..1 every -1", "'", "\"", "[", "]", "a]b[c", "%s%n", "$1\\", "a=b", "../..", "/dev/null",
			"/no/such/file.pt", "CON", "\u0000", "a\nb", "\ud800");

		private int calls, worked;

		private Session() {}

		public static void main(final String[] none) throws Exception {
			final Session session = new Session();
			for (final String command : COMMANDS) session.fuzz(command);
			System.out.println(session.calls + " calls, of which " + session.worked + " worked");
			System.exit(0);
		}

		private void fuzz(final String command) throws Exception {
			final List<String> keys = new ArrayList<>(List.of("input", "no_such_key"));
			CommandHost.of(command).inputs().defaults().keySet().forEach(item -> keys.add(item.getName()));
			for (final String key : keys)
				for (final String value : values(new SplittableRandom((command + key).hashCode())))
				{
					final Map<String, String> options = new LinkedHashMap<>();
					for (final String each : keys) if (QUICK.containsKey(each)) options.put(each, QUICK.get(each));
					options.put(key, value);
					call(command, options);
				}
		}

		private static List<String> values(final SplittableRandom random) {
			final List<String> values = new ArrayList<>(GARBAGE);
			values.add("x".repeat(100_000));
			while (values.size() < VALUES) {
				final StringBuilder text = new StringBuilder();
				for (int length = 1 + random.nextInt(12); length > 0; length--)
					text.append((char) (random.nextInt(4) == 0 ? random.nextInt(1 << 16) : ' ' + random.nextInt(95)));
				values.add(text.toString());
			}
			return values;
		}

		private void call(final String command, final Map<String, String> options) throws Exception {
			final ByteProcessor pixels = new ByteProcessor(16, 12);
			for (int i = 0; i < 192; i++) pixels.set(i, i * 37 % 251);
			final byte[] before = ((byte[]) pixels.getPixels()).clone();
			final ImagePlus image = new ImagePlus("garbage.png", pixels);
			final StringBuilder text = new StringBuilder();
			options.forEach((key, value) -> text.append(key).append("=[").append(value).append("] "));
			final String said = said(command, text.toString(), image);
			calls++;
			if (said.isEmpty()) worked++;
			if (!isASentence(said) || !Arrays.equals(before, (byte[]) image.getProcessor().getPixels())
				|| !image.getTitle().equals("garbage.png")
				|| image.getOverlay() != null && !text.toString().contains("label_overlay"))
				System.out
					.println(WRONG + command + " " + text.substring(0, Math.min(300, text.length())).replace('\n', ' ')
						+ " -> " + said.replace('\n', '|'));
		}

		/** A value that is good but makes the run long is cancelled. */
		private static String said(final String command, final String options, final ImagePlus image) throws Exception {
			final CompletableFuture<String> answer = new CompletableFuture<>();
			final Thread thread = new Thread(() -> {
				try {
					WindowManager.setTempCurrentImage(image);
					answer.complete(Bridge.call(command, options));
				}
				catch (final Throwable escaped) {
					answer.complete("escaped: " + escaped);
				}
			});
			thread.start();
			try {
				return answer.get(SECONDS, TimeUnit.SECONDS);
			}
			catch (final TimeoutException goesOn) {
				thread.interrupt();
				return answer.get(60, TimeUnit.SECONDS);
			}
		}

		private static boolean isASentence(final String said) {
			return said.isEmpty() || said.matches("[\\p{Lu}'].{10,1500}\\.") && !said.matches(".*\\. \\p{Lu}.*")
				&& !said.contains("report this") && !said.contains("Exception");
		}
	}
}
