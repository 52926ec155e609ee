package io.github.deepimageprior;

import java.util.Locale;

/**
 * A problem that the user can solve. The message is one sentence that says what is wrong and what to do; hosts show it
 * unchanged. Bugs are other exceptions.
 */
public class DipException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** The advice when the Java heap is full. */
	public static final String HEAP_IS_FULL = "ImageJ's memory (the Java heap) is full: close images, process a "
		+ "selection or fewer slices, or increase the limit under Edit > Options > Memory & Threads.";

	/** The longest value in a message, in characters. */
	private static final int LONGEST = 60;

	/**
	 * Makes an exception without a cause.
	 *
	 * @param advice one sentence for the user
	 */
	public DipException(final String advice) {
		this(advice, null);
	}

	/**
	 * Makes an exception with its cause.
	 *
	 * @param advice one sentence for the user
	 * @param cause the underlying problem
	 */
	public DipException(final String advice, final Throwable cause) {
		super(sentence(advice), cause);
	}

	/** @return the advice in one line, with quoted values cut off after some hundred characters */
	private static String sentence(final String advice) {
		return oneLine(advice).replaceAll("'([^']{200})[^']+'", "'$1...'");
	}

	/** @return the text with a space in place of line breaks and other control characters */
	public static String oneLine(final String text) {
		return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
	}

	/**
	 * @param value that a message is to show
	 * @return its text in one line, cut off after some sixty characters
	 */
	public static String shown(final Object value) {
		final String line = oneLine(String.valueOf(value));
		return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
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
