package io.github.deepimageprior.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the user is told about the range of an image's values, and about its hot and dead pixels. */
final class ValueReport {

	private final ValueMapping mapping;
	private final DoubleFunction<String> shown;
	private final boolean marked;

	/**
	 * @param shown gives a pixel value as ImageJ shows it
	 * @param marked whether the user marks pixels as missing
	 */
	ValueReport(final ValueMapping mapping, final DoubleFunction<String> shown, final boolean marked) {
		this.mapping = mapping;
		this.shown = shown;
		this.marked = marked;
	}

	/**
	 * @param finder of the ranges; null if they were not looked for
	 * @param hot number of hot and dead pixels
	 * @param treatment what was done with them; null if they count as data
	 * @return text by key
	 */
	Map<String, String> of(final RangeFinder finder, final int hot, final String treatment) {
		final Map<String, String> text = new LinkedHashMap<>();
		text.put("Range of values",
			channels().mapToObj(c -> words(new ChannelRange(mapping.lows()[c], mapping.spans()[c]))).distinct()
				.collect(Collectors.joining(", ")) + " (0 to 1 in the computation)");
		if (treatment != null) text.put("Hot pixels", hot == 0 ? "none" : hot + ", " + treatment);
		if (treatment == null && hot > 0)
			text.put(ImageSource.WARNING, hot + (hot == 1 ? " hot pixel widens" : " hot pixels widen")
				+ " the range of values and may spoil the result: "
				+ (marked ? "mark them as missing too" : "replace them first, for example with DIP Inpaint"));
		else
			if (finder != null)
				channels().mapToObj(finder::squeezed).filter(most -> most != null).findFirst()
					.ifPresent(most -> text.put(ImageSource.WARNING,
						"99 % of the pixels have values from " + words(most)
							+ ", a small part of the range: if the others are defects, " + (marked
								? "mark them as missing too" : "select them and replace them first with DIP Inpaint")));
		return text;
	}

	private IntStream channels() {
		return IntStream.range(0, mapping.spans().length);
	}

	private String words(final ChannelRange range) {
		return shown.apply(range.low()) + " to " + shown.apply(range.low() + range.span());
	}
}
