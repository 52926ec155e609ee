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

/**
 * What must be known of a model beside its weights, as its JSON file says it.
 *
 * @param width of the input, in pixels
 * @param height of the input, in pixels
 * @param crop which part of a picture of another size is shown: the largest centred rectangle of the input's shape,
 *        times this share; 0 for all of the picture, whatever its shape
 * @param bicubic whether the part is resized bicubically, else bilinearly; both with antialiasing
 * @param mean is subtracted from the pixels, which are in 0..1: red, green, blue
 * @param std then divides them
 * @param probabilities whether the output is probabilities, else logits
 * @param labels the name of the file with the names of the classes, one a line
 */
record ModelCard(int width, int height, double crop, boolean bicubic, float[] mean, float[] std, boolean probabilities,
	String labels)
{

	private static final int LARGEST = 4096;

	/**
	 * @param text JSON
	 * @param name what to call the file in an error
	 * @throws DipException if a field is missing or malformed
	 */
	static ModelCard parse(final String text, final String name) {
		final Fields fields = new Fields(text, name);
		final boolean squash = fields.choice("resize", "crop", "squash").equals("squash");
		return new ModelCard(fields.size("width"), fields.size("height"),
			squash ? 0
				: fields.get("crop", JsonElement::getAsDouble, share -> share > 0 && share <= 1,
					"a number above 0, up to 1"),
			fields.choice("interpolation", "bilinear", "bicubic").equals("bicubic"),
			fields.rgb("mean", value -> true, "three numbers"),
			fields.rgb("std", value -> value > 0, "three numbers above 0"),
			fields.choice("output", "logits", "probabilities").equals("probabilities"),
			fields.get("labels", JsonElement::getAsString, file -> !file.isBlank(),
				"the name of a text file beside it, with one label a line"));
	}

	/**
	 * The part of a picture that is shown: left, top, width, height; a picture of the input's own size is shown whole.
	 */
	int[] part(final int pictureWidth, final int pictureHeight) {
		if (crop == 0 || pictureWidth == width && pictureHeight == height)
			return new int[] { 0, 0, pictureWidth, pictureHeight };
		final double scale = crop * Math.min((double) pictureWidth / width, (double) pictureHeight / height);
		final int w = (int) Math.max(1, Math.round(scale * width)), h = (int) Math.max(1, Math.round(scale * height));
		return new int[] { (pictureWidth - w) / 2, (pictureHeight - h) / 2, w, h };
	}

	/** The fields of the JSON file, each with a sentence of its own when it is not as it should be. */
	private record Fields(JsonObject json, String name) {

		Fields(final String text, final String name) {
			this(object(text, name), name);
		}

		private static JsonObject object(final String text, final String name) {
			try {
				return JsonParser.parseString(text).getAsJsonObject();
			}
			catch (final JsonParseException | IllegalStateException malformed) {
				throw new DipException(
					"The file " + name + " is not a JSON object: see the README for what it must hold.", malformed);
			}
		}

		<T> T get(final String key, final Function<JsonElement, T> as, final Predicate<T> valid, final String what) {
			if (!json.has(key))
				throw new DipException(
					"The file " + name + " has no field \"" + key + "\": add it, with " + what + ".");
			try {
				final T value = as.apply(json.get(key));
				if (valid.test(value)) return value;
			}
			catch (final UnsupportedOperationException | IllegalStateException | NumberFormatException malformed) {
				// said below
			}
			throw new DipException("The field \"" + key + "\" of the file " + name + " is " + json.get(key)
				+ ": it must be " + what + ".");
		}

		int size(final String key) {
			return get(key, JsonElement::getAsInt, size -> size >= 1 && size <= LARGEST,
				"a whole number of pixels from 1 to " + LARGEST);
		}

		String choice(final String key, final String one, final String other) {
			return get(key, JsonElement::getAsString, value -> value.equals(one) || value.equals(other),
				"\"" + one + "\" or \"" + other + "\"");
		}

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
}
