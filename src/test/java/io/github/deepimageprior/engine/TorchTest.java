package io.github.deepimageprior.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Utils;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.ChildProcess;
import io.github.deepimageprior.DipException;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TorchTest {

	@Test
	void devicesAreFoundByName() {
		for (final String cpu : List.of("CPU", "cpu", " Cpu ")) assertEquals(Device.cpu(), Torch.device(cpu));
		final boolean gpu = Torch.start().hasCapability("CUDA");
		assertEquals(gpu ? Device.gpu() : Device.cpu(), Torch.device("auto"));
		for (final String missing : List.of("GPU 64", "gpu64", "cuda:64", "GPU 99999"))
			assertTrue(assertThrows(DipException.class, () -> Torch.device(missing)).getMessage().matches(
				"GPU (64|99999) was requested, but libtorch cannot find it: set the device to auto or CPU\\."));
		for (final String unknown : List.of("", "TPU", "GPU one", "GPU 99999999999"))
			assertThrows(DipException.class, () -> Torch.device(unknown));
	}

	@Test
	void startingLeavesTheSystemPropertiesAsTheyWere() throws Exception {
		final String said = sayDevice(Utils.getCacheDir(), "no such jar", null);
		assertTrue(said.endsWith("\nai.djl.offline null"), said);
	}

	@Test
	void aFolderThatCannotBeWrittenToIsSaidInASentence(@TempDir final Path folder) throws Exception {
		final String said = sayDevice(Files.createFile(folder.resolve("file")), "no such jar", null);
		assertTrue(said.startsWith("libtorch cannot be unpacked into ") && said.contains("DJL_CACHE_DIR"), said);
	}

	@Test
	void anAllocationThatFailsIsSaidInASentence() {
		assertTrue(assertThrows(DipException.class, () -> Torch.compute(() -> {
			try (NDManager manager = Torch.manager(Device.cpu())) {
				return manager.zeros(new Shape(1L << 46)); // 256 TiB
			}
		})).getMessage().startsWith("libtorch ran out of memory: select a smaller region"));
	}

	@Test
	void aMissingNativeLibraryIsSaidInASentence(@TempDir final Path cache) throws Exception {
		final String said = sayDevice(cache, "pytorch-native", null);
		assertTrue(said.startsWith("libtorch cannot be loaded on "), said);
		assertTrue(said.contains("install the zip file of the plugin for this platform, as described in the README"),
			said);
		assertFalse(said.contains("\n"), said);
	}

	@Test
	void aMissingJarIsNamed(@TempDir final Path cache) throws Exception {
		for (final String jar : List.of("pytorch-engine", "pytorch-jni", "gson")) {
			final String said = sayDevice(cache, jar, null);
			assertTrue(said.startsWith("Missing in the folder jars: " + jar + "; unpack the zip file"), said);
		}
	}

	/** As when another plugin brings a DJL of its own. */
	@Test
	void aJarThatIsThereTwiceIsNamed(@TempDir final Path cache, @TempDir final Path other) throws Exception {
		final Path jar = other.resolve("pytorch-engine-0.1.0.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new ZipEntry("ai/djl/pytorch/engine/PtEngine.class"));
			out.write(0);
		}
		final String said = sayDevice(cache, "no jar", jar);
		assertTrue(
			said.matches("DJL is there twice: " + jar + " and \\S*/pytorch-engine-0[.\\d]+jar; delete the .*\\."),
			said);
	}

	/** A jar of libtorch names its platform in a file of properties. */
	@Test
	void aNativeLibraryOfAnotherPlatformIsSaidInASentence(@TempDir final Path cache, @TempDir final Path other)
		throws Exception
	{
		final Path properties = Files.createDirectories(other.resolve("native/lib")).resolve("pytorch.properties");
		Files.writeString(properties, "version=2.7.1\nflavor=cpu\nclassifier=os2-ppc\nlibraries=torch.dll\n");
		final String said = sayDevice(cache, "pytorch-native", other);
		assertTrue(said.startsWith("libtorch cannot be loaded on "), said);
		assertTrue(said.contains("install the zip file of the plugin for this platform, as described in the README"),
			said);
		assertFalse(said.contains("\n"), said);
	}

	/** A library that is cut off would end the process. */
	@Test
	@Tag("slow")
	void damagedLibrariesInTheCacheAreUnpackedAgain(@TempDir final Path cache) throws Exception {
		final String whole = sayDevice(cache, "no such jar", null);
		for (final String damaged : List.of("torch_cpu", "c10", "djl_torch")) {
			final Path library;
			try (Stream<Path> files = Files.walk(cache)) {
				library = files.filter(file -> file.toString().endsWith(System.mapLibraryName(damaged))).findAny()
					.orElseThrow();
			}
			final long length = Files.size(library);
			for (final long left : new long[] { 0, length / 2 }) {
				try (FileChannel channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
					channel.truncate(left);
				}
				assertEquals(whole, sayDevice(cache, "no such jar", null), damaged + " of " + left + " bytes");
				assertEquals(length, Files.size(library));
			}
		}
	}

	/** Asks for the device in a process of its own, whose class path lacks some jars and may have another. */
	private static String sayDevice(final Path cache, final String without, final Path with)
		throws IOException, InterruptedException
	{
		final String path = (with == null ? "" : with + File.pathSeparator)
			+ Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
				.filter(jar -> !jar.contains(without)).collect(Collectors.joining(File.pathSeparator));
		return ChildProcess
			.run(ChildProcess.java(List.of("-DDJL_CACHE_DIR=" + cache, "-cp", path, SayDevice.class.getName())))
			.strip();
	}

	/** Prints the device, or why there is none. */
	static final class SayDevice {

		public static void main(final String[] arguments) {
			try {
				System.out.println(Torch.device("auto"));
				System.out.println("ai.djl.offline " + System.getProperty("ai.djl.offline"));
			}
			catch (final DipException advice) {
				System.out.println(advice.getMessage());
			}
		}
	}

	@Test
	void theFasterPrecisionIsFoundOnceAndRemembered() {
		final Device processor = Device.of("one that no machine has", 0); // a second trial would fail on it
		final AtomicInteger trials = new AtomicInteger();
		for (int i = 0; i < 3; i++) assertEquals(Precision.BFLOAT16, Precision.fastest(processor, device -> {
			trials.incrementAndGet();
			return Precision.BFLOAT16;
		}));
		assertEquals(1, trials.get());
		assertEquals(Precision.BFLOAT16, Precision.fastest(processor));
	}

	@Test
	void aGpuIsNotTried() {
		assertEquals(Precision.FLOAT32, Precision.fastest(Device.gpu(), device -> fail("tried " + device)));
	}

	@Test
	void precisionsAreFoundByName() {
		assertEquals(Precision.fastest(Device.cpu()), Precision.named(" Auto ", "CPU"));
		assertEquals(Precision.FLOAT32, Precision.named("float32", "CPU"));
		assertEquals(Precision.BFLOAT16, Precision.named("bfloat16", "CPU"));
		assertThrows(DipException.class, () -> Precision.named("float16", "CPU"));
	}

	@Test
	void theTrialLeavesTheThreadsAsTheyWere() {
		final int threads = Torch.threads();
		Torch.setThreads(3);
		try {
			Precision.measured(Device.cpu());
			assertEquals(3, Torch.threads());
		}
		finally {
			Torch.setThreads(threads);
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void theMemoryOrderFollowsFromTheProcessor() throws IOException {
		final boolean wide = Files.readString(Path.of("/proc/cpuinfo")).contains("avx512bw");
		assertEquals(wide ? MemoryOrder.CHANNELS_LAST : MemoryOrder.CONTIGUOUS,
			MemoryOrder.of(Device.cpu(), Precision.FLOAT32));
		assertEquals(MemoryOrder.CHANNELS_LAST, MemoryOrder.of(Device.cpu(), Precision.BFLOAT16));
	}

	@Test
	void workWithinWorkIsDoneAtOnce() {
		assertTimeoutPreemptively(Duration.ofMinutes(1),
			() -> assertEquals(5, Torch.compute(() -> Torch.compute(() -> 5))));
	}

	@Test
	void aModelThatIsSlowAfterACancelIsWaitedFor() throws Exception {
		final Cancellation cancellation = new Cancellation();
		final CountDownLatch begun = new CountDownLatch(1), slow = new CountDownLatch(1);
		final CompletableFuture<Object> cancelled = CompletableFuture
			.supplyAsync(() -> Torch.compute("slow.pt", cancellation, () -> {
				begun.countDown();
				slow.await();
				return null;
			}));
		begun.await();
		cancellation.cancel();
		assertInstanceOf(CancellationException.class,
			assertThrows(ExecutionException.class, cancelled::get).getCause());
		assertTrue(Torch.isBusy());
		assertTrue(assertThrows(DipException.class, () -> Torch.compute(() -> 1)).getMessage()
			.startsWith("libtorch is still busy with the model slow.pt, which did not return after a cancel"));
		final Cancellation impatient = new Cancellation();
		assertThrows(CancellationException.class,
			() -> EngineStart.await((fraction, what) -> impatient.stop(), impatient));
		final List<String> said = new ArrayList<>();
		EngineStart.await((fraction, what) -> {
			said.add(what);
			slow.countDown();
		}, new Cancellation());
		assertEquals("waiting for the end of a model that was cancelled", said.get(0));
		assertEquals(1, Torch.compute(() -> 1));
	}

	@Test
	void workSideBySideComesBackInOrderAndAFailureIsThrown() {
		final List<Callable<Integer>> work = List.of(() -> Torch.compute(Torch::threads), () -> 2, () -> 3);
		final int threads = Torch.threads();
		assertEquals(List.of(1, 2, 3), ParallelRuns.run(work, 2, new Cancellation()));
		assertEquals(threads, Torch.threads());
		final Cancellation cancellation = new Cancellation();
		final List<Callable<Integer>> failing = List.of(() -> 1, () -> {
			throw new DipException("no");
		});
		assertEquals("no",
			assertThrows(DipException.class, () -> ParallelRuns.run(failing, 2, cancellation)).getMessage());
	}

	@Test
	void theFactsNameWhatComputes() {
		final Map<String, String> facts = EngineFacts.find();
		assertTrue(facts.get("libtorch").matches("2\\.7\\.1 for \\w+, through DJL 0\\.36\\.0"), facts.get("libtorch"));
		assertTrue(Files.exists(Path.of(facts.get("Folder of libtorch"), System.mapLibraryName("torch"))));
		assertTrue(facts.get("CPU").matches("\\d+ cores?, .* GB of memory free"), facts.get("CPU"));
		assertEquals(Torch.threads() + " (automatic)", facts.get("Threads on the CPU"));
		assertTrue(facts.get("JNA").startsWith("5."), facts.get("JNA"));
		assertEquals("none", facts.get("Problems"));
		assertEquals("CPU", EngineFacts.deviceNames().get(EngineFacts.deviceNames().size() - 1));
	}

	@Test
	void threadsAreChosenForTheWholeProcess() {
		final int automatic = Torch.threads();
		Torch.preferThreads(automatic + 3);
		try {
			assertEquals(automatic + 3, Torch.threads());
			Torch.setThreads(2);
			Torch.preferThreads(automatic + 3); // not a new choice
			assertEquals(2, Torch.threads());
		}
		finally {
			Torch.preferThreads(0);
		}
		assertEquals(automatic, Torch.threads());
	}

	@Test
	void anOldLibraryForNativeCallsIsNamed() {
		assertFalse(Jna.isUsable("3.2.7"));
		assertTrue(Jna.isUsable("5.14.0"));
		assertTrue(Jna.isUsable("10.0"));
		assertEquals("", Jna.problem());
	}
}
