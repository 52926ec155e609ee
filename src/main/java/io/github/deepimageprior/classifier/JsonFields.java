package io.github.deepimageprior.classifier;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.github.deepimageprior.DipException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The fields of a JSON file. A missing or malformed field is reported by its name and what it must be. */
record JsonFields(JsonObject json, String name) {

	/**
	 * @param text the content of the file
	 * @param name of the file, for messages
	 * @throws DipException if the text is not a JSON object
	 */
	JsonFields(final String text, final String name) {
		this(object(text, name), name);
	}

	private static JsonObject object(final String text, final String name) {
		try {
			return JsonParser.parseString(text).getAsJsonObject();
		}
		catch (final JsonParseException | IllegalStateException malformed) {
			throw new DipException(
				"The file " + name + " is not a JSON object: see the README for the fields that it needs.", malformed);
		}
	}

	/**
	 * @param as converts the field
	 * @param valid whether a converted value is allowed
	 * @param what describes allowed values, for messages
	 * @throws DipException if the field is missing or not allowed
	 */
	<T> T get(final String key, final Function<JsonElement, T> as, final Predicate<T> valid, final String what) {
		if (!json.has(key))
			throw new DipException("The file " + name + " has no field \"" + key + "\": add it, with " + what + ".");
		try {
			final T value = as.apply(json.get(key));
			if (valid.test(value)) return value;
		}
		catch (final UnsupportedOperationException | IllegalStateException | NumberFormatException malformed) {
			// reported below
		}
		throw new DipException(
			"The field \"" + key + "\" of the file " + name + " is " + json.get(key) + ": it must be " + what + ".");
	}

	/** @return a whole number of pixels, 1..most */
	int size(final String key, final int most) {
		return get(key, JsonElement::getAsInt, size -> size >= 1 && size <= most,
			"a whole number of pixels from 1 to " + most);
	}

	/** @return one of two words */
	String choice(final String key, final String one, final String other) {
		return get(key, JsonElement::getAsString, value -> value.equals(one) || value.equals(other),
			"\"" + one + "\" or \"" + other + "\"");
	}

	/** @return finite numbers for red, green and blue */
	float[] rgb(final String key, final Predicate<Float> valid, final String what) {
		final List<Float> values = get(key, array -> {
			final List<Float> list = new ArrayList<>();
			array.getAsJsonArray().forEach(value -> list.add(value.getAsFloat()));
			return list;
		}, list -> list.size() == 3 && list.stream().allMatch(value -> Float.isFinite(value) && valid.test(value)),
			what + ", for red, green and blue");
		return new float[] { values.get(0), values.get(1), values.get(2) };
	}
}
