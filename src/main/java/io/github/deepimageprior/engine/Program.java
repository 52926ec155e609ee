package io.github.deepimageprior.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TorchScript module that runs inside libtorch, the same on every device: one of ours, which is kept as text, or a
 * file of someone else's. Its operators run as written: TorchScript's own optimiser, which replaces native backward
 * kernels by slower ones, is off.
 * <p>
 * To be made, called and closed within {@link Torch#compute}.
 */
public final class Program implements AutoCloseable {

	private final PtSymbolBlock module;

	private Program(final PtSymbolBlock module) {
		this.module = module;
	}

	/** A room's program on a device. */
	private record Key(Class<?> room, Device device) {}

	private static final Map<Key, Program> ROOMS = new ConcurrentHashMap<>();

	/**
	 * @return the program of a room as the constructor loads it, one for each device; it stays for the life of the
	 *         process
	 */
	public static Program of(final Class<?> room, final String name, final Device device) {
		return ROOMS.computeIfAbsent(new Key(room, device), key -> new Program(room, name, device));
	}

	/**
	 * Loads the program of a room.
	 *
	 * @param room a class beside whose class file the text lies
	 * @param name the name of its module: class {@code Name} in the resource {@code name.py}
	 * @param device where the program will find its arguments
	 */
	public Program(final Class<?> room, final String name, final Device device) {
		try {
			final byte[] archive = TorchScriptArchive.of(name, text(room, name), text(Program.class, "noise"));
			module = JniUtils.loadModule((PtNDManager) Torch.manager(device), new ByteArrayInputStream(archive), false,
				false);
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	private static byte[] text(final Class<?> room, final String name) throws IOException {
		try (InputStream text = room.getResourceAsStream(name.toLowerCase(Locale.ROOT) + ".py")) {
			return text.readAllBytes();
		}
	}

	/**
	 * Reads a module that was saved by {@code torch.jit.save}, and puts it into evaluation mode, in which it stays.
	 *
	 * @param file what was saved
	 * @param device where it will find its arguments
	 * @throws EngineException if it is no TorchScript module
	 */
	public static Program read(final InputStream file, final Device device) throws IOException {
		final Program program = new Program(
			JniUtils.loadModule((PtNDManager) Torch.manager(device), file, true, false));
		JniUtils.enableInferenceMode(program.module);
		return program;
	}

	/**
	 * @return the arrays, which from now on go to a program as one list, whatever its name; an array belongs to one
	 *         list only
	 */
	public static List<NDArray> list(final String name, final List<NDArray> arrays) {
		arrays.forEach(array -> array.setName(name + "[]"));
		return arrays;
	}

	/** @return arrays, and the arrays of lists, in the order in which a program takes them */
	public static NDArray[] arguments(final Object... arraysAndLists) {
		final List<NDArray> all = new ArrayList<>();
		for (final Object argument : arraysAndLists) {
			if (argument instanceof NDArray array) all.add(array);
			else for (final Object array : (List<?>) argument) all.add((NDArray) array);
		}
		return all.toArray(NDArray[]::new);
	}

	/**
	 * Calls a method of the module, with autograd at its command.
	 *
	 * @param method its name
	 * @param arguments its arguments, all of them tensors
	 * @return what it gives: a tensor, or a list of tensors; they belong to the first argument's manager
	 */
	public NDList call(final String method, final NDArray... arguments) {
		return call(true, method, arguments);
	}

	/** Calls a method of the module without keeping what gradients would need. */
	public NDList infer(final String method, final NDArray... arguments) {
		return call(false, method, arguments);
	}

	private NDList call(final boolean autograd, final String method, final NDArray... arguments) {
		final NDList inputs = new NDList(arguments);
		final boolean before = JniUtils.isGradMode();
		try (NDArray name = arguments[0].getManager().create(0)) {
			name.setName("module_method:" + method); // how DJL is told which method to call; the array itself is not
													 // passed on
			inputs.add(name);
			JniUtils.setGraphExecutorOptimize(false); // these two belong to the thread
			JniUtils.setGradMode(autograd);
			return IValueUtils.forward(module, inputs, true);
		}
		finally {
			JniUtils.setGradMode(before);
		}
	}

	/** Frees the module. */
	@Override
	public void close() {
		module.close();
	}
}
