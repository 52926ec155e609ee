package io.github.deepimageprior;

import java.util.Locale;

/**
 * Something that the user can mend. The message is one sentence in plain words that says what is wrong and what to do;
 * hosts show it as it stands. Bugs are other exceptions.
 */
public class DipException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** @param advice one sentence for the user */
	public DipException(final String advice) {
		super(advice);
	}

	/**
	 * @param advice one sentence for the user
	 * @param cause what went wrong underneath
	 */
	public DipException(final String advice, final Throwable cause) {
		super(advice, cause);
	}

	/**
	 * Says before a start that there is too little memory for it.
	 *
	 * @param what needs it, as the subject of a sentence
	 * @param needed bytes
	 * @param memory which memory
	 * @param available bytes
	 * @param remedy what to do, as a command
	 */
	public static DipException tooLittleMemory(final String what, final long needed, final String memory,
		final long available, final String remedy)
	{
		final String unit = needed < 1e9 ? "MB" : "GB";
		final double bytes = needed < 1e9 ? 1e6 : 1e9;
		return new DipException(String.format(Locale.ROOT, "%s needs about %.1f %s of %s and %.1f %s are free: %s.",
			what, needed / bytes, unit, memory, available / bytes, unit, remedy));
	}
}
