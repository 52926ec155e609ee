package io.github.deepimageprior.engine;

import io.github.deepimageprior.HostJar;

import java.util.Optional;

/**
 * The library that asks the GPU for its memory and the C library for huge pages. Hosts bring their own, which may be
 * old: then DJL finds no GPU.
 */
final class Jna {

	private Jna() {}

	/** @return the one on the class path; empty for none */
	static Optional<HostJar> find() {
		return HostJar.with("com/sun/jna/Native.class");
	}

	/** @return whether DJL and the plugin can use it */
	static boolean isUsable(final String version) {
		return version.matches("(?:[5-9]|\\d\\d+)\\..*");
	}

	/** @return what to do about the one that is there; empty for nothing */
	static String problem() {
		return find().filter(jna -> !isUsable(jna.version()))
			.map(jna -> "JNA " + jna.version() + " is too old (" + jna.place()
				+ "): with it large images take longer, and the memory of a GPU is unknown. Replace that jar with "
				+ "jna-5.14.0.jar or newer.")
			.orElse(find().isPresent() ? ""
				: "JNA is missing: large images take longer, and the memory of a GPU is unknown. Put jna-5.14.0.jar or "
					+ "newer into the folder jars.");
	}
}
