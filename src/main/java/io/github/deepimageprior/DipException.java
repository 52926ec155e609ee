package io.github.deepimageprior;

import java.util.Locale;

/**
 * A problem that the user can solve. The message is one sentence that says what is wrong and what to do; hosts show it
 * unchanged. Bugs are other exceptions.
 */
public class DipException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes an exception without a cause.
	 *
	 * @param advice one sentence for the user
	 */
	public DipException(final String advice) {
		super(advice);
	}

	/**
	 * Makes an exception with its cause.
	 *
	 * @param advice one sentence for the user
	 * @param cause the underlying problem
	 */
	public DipException(final String advice, final Throwable cause) {
		super(advice, cause);
	}

	/**
	 * Makes the exception for a computation that needs more memory than is free.
	 *
	 * @param what needs the memory, as the subject of a sentence
	 * @param needed bytes
	 * @param memory which memory
	 * @param available bytes
	 * @param remedy what to do, in the imperative
	 */
	public static DipException tooLittleMemory(final String what, final long needed, final String memory,
		final long available, final String remedy)
	{
		final String unit = needed < 1e9 ? "MB" : "GB";
		final double bytes = needed < 1e9 ? 1e6 : 1e9;
		return new DipException(
			String.format(Locale.ROOT, "%s needs about %.1f %s of %s, but only %.1f %s of it is free: %s.", what,
				needed / bytes, unit, memory, available / bytes, unit, remedy));
	}
}
