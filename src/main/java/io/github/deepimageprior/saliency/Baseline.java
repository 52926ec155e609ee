package io.github.deepimageprior.saliency;

import io.github.deepimageprior.DipException;

import java.util.Locale;

/** The picture of nothing, from which the way to the picture begins. */
public enum Baseline {

	/** Values uniform in 0..1, several times. */
	RANDOM,

	/** 0 everywhere. */
	BLACK,

	/** 0.5 everywhere. */
	GREY,

	/** The picture itself, blurred by a Gaussian of an eighth of its shorter side. */
	BLURRED,

	/** A picture that is given. */
	IMAGE;

	/** @throws DipException if there is no such baseline */
	public static Baseline named(final String name) {
		for (final Baseline baseline : values())
			if (baseline.toString().equalsIgnoreCase(name.strip())) return baseline;
		throw new DipException("There is no baseline '" + name + "': write random, black, grey, blurred or image.");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
