package io.github.deepimageprior.prior;

import io.github.deepimageprior.DipException;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a list of steps at which a fit shows its picture, counted from 1. Items are separated by commas or spaces:
 * {@code 50} (a single step), {@code 100..1000 every 100} (a range), {@code every 100} (up to the last iteration).
 */
public final class Steps {

	private static final Pattern ITEM = Pattern
		.compile("(?:(\\d+)(?:\\s*\\.\\.\\s*(\\d+)(?:\\s+every\\s+(\\d+))?)?|every\\s+(\\d+))(?:[\\s,;]+|$)");

	/** More pictures than anyone looks at: a typing error should not fill the memory. */
	private static final int MOST = 100_000;

	private Steps() {}

	/**
	 * @param text the list
	 * @param iterations number of steps of the fit
	 * @return the steps, in ascending order
	 * @throws DipException if the list is empty, too long, cannot be read, or has a step beyond the last iteration
	 */
	public static NavigableSet<Integer> parse(final String text, final int iterations) {
		final NavigableSet<Integer> steps = new TreeSet<>();
		final String list = text.strip();
		final Matcher item = ITEM.matcher(list);
		int end = 0;
		while (end < list.length() && item.find(end) && item.start() == end) {
			end = item.end();
			try {
				if (item.group(4) != null) add(steps, number(item, 4), iterations, number(item, 4), text);
				else {
					final int first = number(item, 1), last = item.group(2) == null ? first : number(item, 2);
					if (last > iterations)
						throw new DipException("Step " + last + " lies beyond the " + iterations
							+ " iterations: increase the iterations or remove that step from '" + text + "'.");
					add(steps, first, last, item.group(3) == null ? 1 : number(item, 3), text);
				}
			}
			catch (final NumberFormatException tooLarge) {
				throw unreadable(text, tooLarge);
			}
		}
		if (end < list.length()) throw unreadable(text, null);
		if (steps.isEmpty())
			throw new DipException("The list of steps '" + text + "' has no step within " + iterations
				+ " iterations: use for example every 100, or 10, 50, 100..1000 every 100.");
		return Collections.unmodifiableNavigableSet(steps);
	}

	private static int number(final Matcher item, final int group) {
		return Integer.parseInt(item.group(group));
	}

	private static void add(final NavigableSet<Integer> steps, final int first, final int last, final int every,
		final String text)
	{
		if (first < 1 || every < 1) throw unreadable(text, null);
		if (steps.size() + ((long) last - first) / every >= MOST)
			throw new DipException("The list of steps '" + text + "' has more than " + MOST
				+ " steps: choose fewer, for example every " + Math.max(100, last / 100) + ".");
		for (long step = first; step <= last; step += every) steps.add((int) step);
	}

	private static DipException unreadable(final String text, final Throwable cause) {
		return new DipException("The list of steps '" + text
			+ "' cannot be read: use whole numbers of at least 1, for example every 100, or 10, 50, "
			+ "100..1000 every 100.", cause);
	}
}
