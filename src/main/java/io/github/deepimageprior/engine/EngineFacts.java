package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;

import io.github.deepimageprior.DipException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What computes on this machine, and where: for a user who wants to know, or to tell somebody else. */
public final class EngineFacts {

	private EngineFacts() {}

	/**
	 * Loads libtorch if it is not loaded yet; if that fails, the facts say why.
	 *
	 * @return names and facts, in order
	 */
	public static Map<String, String> find() {
		final Map<String, String> facts = new LinkedHashMap<>();
		final List<String> problems = new ArrayList<>();
		try {
			facts.put("libtorch", Torch.start().getVersion() + " for " + LibtorchFolder.loadedFlavor()
				+ ", through DJL " + Engine.getDjlVersion());
			facts.put("Folder of libtorch", LibUtils.getLibtorchPath());
			facts.putAll(devices());
			facts.put("Threads on the CPU",
				Torch.threads() + (Torch.compute(OperatorThreads::isAutomatic) ? " (automatic)" : ""));
			facts.put("Precision on the CPU", Precision.fastest(Device.cpu()) + " (the faster one in a trial)");
		}
		catch (final DipException advice) {
			problems.add(advice.getMessage());
		}
		facts.put("Platform", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
			+ System.getProperty("java.version"));
		facts.put("Cache", cache(Utils.getCacheDir()));
		facts.put("JNA", Jna.find().map(jna -> jna.version() + ", " + jna.place()).orElse("none"));
		if (problems.isEmpty()) problems.add(RequiredJars.twice()); // or it is the reason already
		problems.add(LibtorchFolder.overridden());
		problems.add(Jna.problem());
		problems.removeIf(String::isEmpty);
		facts.put("Problems", problems.isEmpty() ? "none" : String.join(" ", problems));
		return facts;
	}

	/**
	 * @return the names of the devices that this libtorch can compute on, the fastest first, see {@link Torch#device}
	 */
	public static List<String> deviceNames() {
		final List<String> names = new ArrayList<>();
		for (int i = 0; Devices.exists("GPU " + i); i++) names.add("GPU " + i);
		names.add("CPU");
		return names;
	}

	/** @return what keeps libtorch from its full use although it runs; empty for nothing */
	public static String warning() {
		return Stream.of(RequiredJars.twice(), Jna.problem()).filter(problem -> !problem.isEmpty())
			.collect(Collectors.joining(" "));
	}

	/**
	 * @return the names of the devices that a user can choose, {@code auto} first; libtorch is loaded to find them only
	 *         if it is not for the CPU alone
	 */
	public static List<String> choices() {
		final List<String> choices = new ArrayList<>(List.of("auto"));
		try {
			RequiredJars.check();
			if (Torch.isRunning() || !LibtorchFolder.isForTheCpu()) choices.addAll(deviceNames());
			else choices.add("CPU");
		}
		catch (final DipException cannotBeLoaded) {
			choices.add("CPU"); // the command will say why
		}
		return choices;
	}

	private static Map<String, String> devices() {
		final Map<String, String> devices = new LinkedHashMap<>();
		for (final String name : deviceNames()) devices.put(name, name.equals("CPU") ? cpu() : gpu(name));
		if (devices.size() == 1) devices.put("GPU", noGpu());
		return devices;
	}

	private static String cpu() {
		final var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		final int cores = Runtime.getRuntime().availableProcessors();
		return cores + (cores == 1 ? " core, " : " cores, ")
			+ memory(AvailableMemory.on(Device.cpu()), system.getTotalMemorySize());
	}

	private static String gpu(final String name) {
		final Device device = Torch.device(name);
		final long free = AvailableMemory.on(device);
		if (free == Long.MAX_VALUE)
			return "its memory is unknown, since the CUDA runtime library (cudart) is not found";
		return memory(free, CudaUtils.getGpuMemory(device).getMax()) + ", compute capability "
			+ CudaUtils.getComputeCapability(device.getDeviceId());
	}

	private static String memory(final long free, final long total) {
		return String.format(Locale.ROOT, "%.1f of %.1f GB of memory free", free / 1e9, total / 1e9);
	}

	/** DJL knows Apple's MPS by name, but it has no 64-bit floating point, which the stopping rules compute with. */
	private static String noGpu() {
		if (System.getProperty("os.name").startsWith("Mac"))
			return "none that can be used: Apple's MPS lacks 64-bit floating point, which the stopping rules need";
		return LibtorchFolder.loadedFlavor().startsWith("cu")
			? "none that this libtorch finds: check the driver (nvidia-smi)"
			: "none, since this libtorch is for CPUs only";
	}

	private static String cache(final Path folder) {
		if (!Files.isDirectory(folder)) return folder + ", empty";
		try (Stream<Path> files = Files.walk(folder)) {
			return String.format(Locale.ROOT, "%s, %.1f GB", folder,
				files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / 1e9);
		}
		catch (final IOException | UncheckedIOException unreadable) {
			return folder + ", which cannot be read";
		}
	}
}
