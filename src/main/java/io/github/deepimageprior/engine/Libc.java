package io.github.deepimageprior.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/** Functions of the C library on Linux. */
final class Libc {

	private Libc() {}

	/** @return the result of the function; 0 where there is no function of that name */
	static int call(final String function, final Object... arguments) {
		try {
			return Platform.isLinux() ? NativeLibrary.getInstance("c").getFunction(function).invokeInt(arguments) : 0;
		}
		catch (final LinkageError missing) {
			// Slower, not wrong: musl lacks some functions, and a user's ImageJ may have an old JNA or none.
			return 0;
		}
	}

	/** @return a function as an argument of another one; null where there is none of that name */
	static Object function(final String name) {
		try {
			return Platform.isLinux() ? NativeLibrary.getInstance("c").getFunction(name) : null;
		}
		catch (final LinkageError missing) {
			return null;
		}
	}
}
