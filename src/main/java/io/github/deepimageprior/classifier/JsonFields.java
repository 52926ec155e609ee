package io.github.deepimageprior.classifier;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

import io.github.deepimageprior.DipException;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The fields of a JSON file. A missing or malformed field is reported by its name and what it must be.
 *
 * @param values each a text, a number, a list of numbers, or {@link Other}
 * @param name of the file, for messages
 */
record JsonFields(Map<String, Object> values, String name) {

	/** More digits than any number of a card needs; numbers with millions of them would take very long to read. */
	private static final int LONGEST_NUMBER = 50;

	/** A value that no field can have, as messages show it. */
	private record Other(String shown) {

		@Override
		public String toString() {
			return shown;
		}
	}

	/**
	 * @param text the content of the file
	 * @param name of the file, for messages
	 * @throws DipException if the text is not a JSON object, or has a field twice
	 */
	JsonFields(final String text, final String name) {
		this(read(text, name), name);
	}

	private static Map<String, Object> read(final String text, final String name) {
		final Map<String, Object> values = new LinkedHashMap<>();
		try (JsonReader json = new JsonReader(new StringReader(text))) {
			json.beginObject();
			while (json.hasNext()) {
				final String key = json.nextName();
				if (values.put(key, value(json)) != null)
					throw new DipException("The file " + name + " has the field \"" + DipException.shown(key)
						+ "\" twice: remove one of them.");
			}
			json.endObject();
			if (json.peek() == JsonToken.END_DOCUMENT) return values;
			throw new MalformedJsonException("more than one object");
		}
		catch (final MalformedJsonException | EOFException | IllegalStateException malformed) {
			throw new DipException("The file " + name
				+ " is not a JSON object: the page \"Fool, explain, repair\" of the documentation has "
				+ "the fields that it needs.", malformed);
		}
		catch (final IOException impossible) {
			throw new UncheckedIOException(impossible);
		}
	}

	private static Object value(final JsonReader json) throws IOException {
		final JsonToken token = json.peek();
		switch (token) {
			case STRING :
				return json.nextString();
			case NUMBER :
				return number(json.nextString());
			case BEGIN_ARRAY :
				return list(json);
			default :
				json.skipValue();
				return new Other(
					token == JsonToken.BEGIN_OBJECT ? "an object" : token == JsonToken.NULL ? "null" : "true or false");
		}
	}

	private static Object number(final String written) {
		try {
			if (written.length() <= LONGEST_NUMBER) return new BigDecimal(written);
		}
		catch (final NumberFormatException tooLarge) {
			// its exponent has too many digits
		}
		return new Other(written);
	}

	private static Object list(final JsonReader json) throws IOException {
		final List<BigDecimal> numbers = new ArrayList<>();
		boolean others = false;
		json.beginArray();
		while (json.hasNext()) {
			final Object element = json.peek() == JsonToken.NUMBER ? number(json.nextString()) : null;
			if (element instanceof BigDecimal number) numbers.add(number);
			else others = true;
			if (element == null) json.skipValue();
		}
		json.endArray();
		return others ? new Other("a list of other things than numbers") : numbers;
	}

	/**
	 * @param type what the field must be
	 * @param valid whether a value is allowed
	 * @param what describes allowed values, for messages
	 * @throws DipException if the field is missing or not allowed
	 */
	private <T> T get(final String key, final Class<T> type, final Predicate<T> valid, final String what) {
		final Object value = values.get(key);
		if (value == null)
			throw new DipException("The file " + name + " has no field \"" + key + "\": add it, with " + what + ".");
		if (type.isInstance(value) && valid.test(type.cast(value))) return type.cast(value);
		throw new DipException("The field \"" + key + "\" of the file " + name + " is " + DipException.shown(value)
			+ ": it must be " + what + ".");
	}

	/** @return a text that matches a regular expression */
	String text(final String key, final String pattern, final String what) {
		return get(key, String.class, value -> value.matches(pattern), what);
	}

	/** @return one of two words */
	String choice(final String key, final String one, final String other) {
		return get(key, String.class, value -> value.equals(one) || value.equals(other),
			"\"" + one + "\" or \"" + other + "\"");
	}

	/** @return a whole number of pixels, 1..most */
	int size(final String key, final int most) {
		return get(key, BigDecimal.class,
			size -> size.compareTo(BigDecimal.ONE) >= 0 && size.compareTo(BigDecimal.valueOf(most)) <= 0
				&& size.remainder(BigDecimal.ONE).signum() == 0,
			"a whole number of pixels from 1 to " + most).intValue();
	}

	/** @return a number */
	double number(final String key, final Predicate<Double> valid, final String what) {
		return get(key, BigDecimal.class, value -> valid.test(value.doubleValue()), what).doubleValue();
	}

	/** @return numbers for red, green and blue */
	float[] rgb(final String key, final Predicate<Float> valid, final String what) {
		final List<?> numbers = get(key, List.class, list -> list.size() == 3
			&& ((List<?>) list).stream().allMatch(number -> valid.test(((BigDecimal) number).floatValue())), what);
		final float[] values = new float[3];
		for (int c = 0; c < 3; c++) values[c] = ((BigDecimal) numbers.get(c)).floatValue();
		return values;
	}
}
