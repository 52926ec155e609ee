package io.github.deepimageprior.host;

import ij.IJ;
import ij.macro.Interpreter;

import java.util.stream.Stream;

import org.scijava.Context;
import org.scijava.thread.ThreadService;

/**
 * The thread that has called a command. {@code IJ.isMacro()} is true of a command that a user has called, too, while a
 * macro waits for that user.
 */
final class Caller {

	private Caller() {}

	/** @return the thread that waits for the command on this one, which is one of SciJava's; else this one */
	static Thread of(final Context context) {
		final Thread caller = context.service(ThreadService.class).getParent(Thread.currentThread());
		return caller == null ? Thread.currentThread() : caller;
	}

	/** @return whether it runs a macro, or a script with {@code IJ.run} */
	static boolean isMacro(final Thread caller) {
		return isInterpreter(caller) || calls(caller)
			.anyMatch(call -> call.getClassName().equals(IJ.class.getName()) && call.getMethodName().equals("run"));
	}

	/**
	 * @return the thread of the macro in ImageJ's own language that has called a command, or a script that has; null
	 *         for none
	 */
	static Thread macro(final Context context) {
		final ThreadService threads = context.service(ThreadService.class);
		Thread caller = of(context);
		while (caller != null && !isInterpreter(caller)) caller = threads.getParent(caller);
		return caller;
	}

	/** @return whether it runs a macro in ImageJ's own language */
	static boolean isInterpreter(final Thread caller) {
		return calls(caller).anyMatch(call -> call.getClassName().equals(Interpreter.class.getName()));
	}

	private static Stream<StackTraceElement> calls(final Thread caller) {
		return Stream.of(caller.getStackTrace());
	}
}
