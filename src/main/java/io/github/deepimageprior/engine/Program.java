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
 * A TorchScript module that runs inside libtorch, the same on every device: either a program of this plugin, which is
 * stored as text, or a file that a user provides. Its operators run as written: TorchScript's own optimiser, which
 * replaces native backward kernels by slower ones, is off.
 * <p>
 * To be created, called and closed within {@link Torch#compute}.
 */
public final class Program implements AutoCloseable {

	private final PtSymbolBlock module;

	private Program(final PtSymbolBlock module) {
		this.module = module;
	}

	/** The program of a package on a device. */
	private record Key(Class<?> owner, Device device) {}

	private static final Map<Key, Program> LOADED = new ConcurrentHashMap<>();

	/**
	 * @param owner a class in the package of the program
	 * @param name of its module
	 * @param device where the program will find its arguments
	 * @return the program as the constructor loads it, one for each class and device; it is never closed
	 */
	public static Program of(final Class<?> owner, final String name, final Device device) {
		return LOADED.computeIfAbsent(new Key(owner, device), key -> new Program(owner, name, device));
	}

	/**
	 * Loads the program of a package.
	 *
	 * @param owner a class in the package: the text is a resource next to it
	 * @param name of its module: class {@code Name} in the resource {@code name.py}
	 * @param device where the program will find its arguments
	 */
	public Program(final Class<?> owner, final String name, final Device device) {
		try {
			final byte[] archive = TorchScriptArchive.of(name, text(owner, name), text(Program.class, "noise"));
			module = JniUtils.loadModule((PtNDManager) Torch.manager(device), new ByteArrayInputStream(archive), false,
				false);
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	private static byte[] text(final Class<?> owner, final String name) throws IOException {
		try (InputStream text = owner.getResourceAsStream(name.toLowerCase(Locale.ROOT) + ".py")) {
			return text.readAllBytes();
		}
	}

	/**
	 * Reads a module that was saved by {@code torch.jit.save}, and puts it into evaluation mode.
	 *
	 * @param file the saved module
	 * @param device where it will find its arguments
	 * @return the module, to be closed
	 * @throws EngineException if the file is not a TorchScript module
	 * @throws IOException if the file cannot be read
	 */
	public static Program read(final InputStream file, final Device device) throws IOException {
		final Program program = new Program(
			JniUtils.loadModule((PtNDManager) Torch.manager(device), file, true, false));
		JniUtils.enableInferenceMode(program.module);
		return program;
	}

	/**
	 * Marks arrays as a list.
	 *
	 * @param name of the list; it need not be that of the argument
	 * @param arrays its elements; an array belongs to one list only
	 * @return the arrays, which a program receives as one argument
	 */
	public static List<NDArray> list(final String name, final List<NDArray> arrays) {
		arrays.forEach(array -> array.setName(name + "[]"));
		return arrays;
	}

	/**
	 * @param arraysAndLists the arguments of a program in their order, each an array or a {@link #list}
	 * @return the same as {@link #call} takes it
	 */
	public static NDArray[] arguments(final Object... arraysAndLists) {
		final List<NDArray> all = new ArrayList<>();
		for (final Object argument : arraysAndLists) {
			if (argument instanceof NDArray array) all.add(array);
			else for (final Object array : (List<?>) argument) all.add((NDArray) array);
		}
		return all.toArray(NDArray[]::new);
	}

	/**
	 * Calls a method of the module, which can compute gradients.
	 *
	 * @param method its name
	 * @param arguments its arguments, see {@link #arguments}
	 * @return its result: a tensor or a list of tensors, which belong to the manager of the first argument
	 */
	public NDList call(final String method, final NDArray... arguments) {
		return call(true, method, arguments);
	}

	/**
	 * Calls a method of the module without keeping what gradients would need.
	 *
	 * @param method its name
	 * @param arguments its arguments, see {@link #arguments}
	 * @return its result, as of {@link #call}
	 */
	public NDList infer(final String method, final NDArray... arguments) {
		return call(false, method, arguments);
	}

	private NDList call(final boolean autograd, final String method, final NDArray... arguments) {
		final NDList inputs = new NDList(arguments);
		final boolean before = JniUtils.isGradMode();
		try (NDArray name = arguments[0].getManager().create(0)) {
			// This is how DJL is told which method to call; the array itself is not passed on.
			name.setName("module_method:" + method);
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
