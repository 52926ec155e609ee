package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The devices of this machine, by name. */
final class Devices {

	private static final Pattern GPU = Pattern.compile("(?:gpu|cuda)[ :]?(\\d{0,9})");

	private Devices() {}

	/** @return the device of {@link Torch#device} */
	static Device named(final String name) {
		final String wanted = name.trim().toLowerCase(Locale.ROOT);
		final Matcher gpu = GPU.matcher(wanted);
		if (!wanted.equals("auto") && !wanted.equals("cpu") && !gpu.matches())
			throw new DipException("There is no device '" + name + "': use auto, CPU or GPU 0.");
		if (wanted.equals("cpu")) return Device.cpu();
		// libtorch's own answer: DJL's count of GPUs needs a CUDA library in addition to libtorch's.
		final boolean any = Torch.start().hasCapability(StandardCapabilities.CUDA);
		if (wanted.equals("auto")) return any ? Device.gpu() : Device.cpu();
		final int index = gpu.group(1).isEmpty() ? 0 : Integer.parseInt(gpu.group(1));
		if (any && works(Device.gpu(index))) return Device.gpu(index);
		throw new DipException(
			"GPU " + index + " was requested, but libtorch cannot find it: set the device to auto or CPU.");
	}

	/** @return whether a computation can be done there */
	static boolean exists(final String name) {
		try {
			named(name);
			return true;
		}
		catch (final DipException none) {
			return false;
		}
	}

	private static boolean works(final Device device) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				return manager.zeros(new Shape(1)).getDevice().equals(device);
			}
			catch (final EngineException none) {
				return false;
			}
		});
	}
}
