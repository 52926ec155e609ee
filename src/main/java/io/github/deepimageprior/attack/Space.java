package io.github.deepimageprior.attack;

import io.github.deepimageprior.DipException;

import java.util.Locale;

/**
 * The space in which ε and α are measured. The paper gives ε in grey levels but does not say where it is applied; the
 * research code of its first author applies it to the normalised input of the classifier, Kurakin, Goodfellow and
 * Bengio (2017) to the pixels. The same ε is about 4.4 times weaker in normalised space.
 */
public enum Space {

	/** Grey levels of the image. After every step the adversary is clipped to the range of the image, 0..1. */
	PIXELS {

		@Override
		double greyLevel(final int channels, final int channel) {
			return 1 / GREY_LEVELS;
		}

		@Override
		double clip(final double value) {
			return Math.min(1, Math.max(0, value));
		}
	},

	/**
	 * The image after subtraction of ImageNet's mean and division by its standard deviation. One unit of ε is then
	 * 0.229, 0.224 and 0.225 grey levels of red, green and blue, or their mean for a grey image. The adversary is
	 * clipped to 0..1 after the last step only.
	 */
	NORMALISED {

		@Override
		double greyLevel(final int channels, final int channel) {
			return (channels == 3 ? STD[channel] : (STD[0] + STD[1] + STD[2]) / 3) / GREY_LEVELS;
		}

		@Override
		double clip(final double value) {
			return value;
		}
	};

	/** The unit of ε and α: the range 0..1 of a picture is 255 grey levels. */
	static final double GREY_LEVELS = 255;

	/** ImageNet's standard deviations of red, green and blue. */
	private static final double[] STD = { 0.229, 0.224, 0.225 };

	/**
	 * @param name pixels or normalised, in any case
	 * @return the space of that name
	 * @throws DipException if there is no such space
	 */
	public static Space named(final String name) {
		for (final Space space : values()) if (space.name().equalsIgnoreCase(name.strip())) return space;
		throw new DipException("The value of space is '" + name.strip() + "': use pixels or normalised.");
	}

	/** @return its name as users know it */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * @param channels of the picture
	 * @param channel one of them, from 0
	 * @return how much one unit of ε changes a value of this channel
	 */
	abstract double greyLevel(int channels, int channel);

	/** @return the value as it is kept between steps */
	abstract double clip(double value);
}
