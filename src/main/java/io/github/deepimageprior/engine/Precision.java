package io.github.deepimageprior.engine;

import io.github.deepimageprior.DipException;

import java.util.Locale;

/** The number format of the convolutions. Everything that is summed over many steps stays in float32. */
public enum Precision {

	/** 32-bit floating point. */
	FLOAT32,

	/** 16-bit brain floating point: about twice as fast on processors and GPUs that compute in it, several times slower elsewhere. */
	BFLOAT16;

	/** @throws DipException if there is no such precision */
	public static Precision named(final String name) {
		for (final Precision precision : values()) if (precision.toString().equalsIgnoreCase(name.trim())) return precision;
		throw new DipException("There is no precision '" + name + "': write float32 or bfloat16.");
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}
}
