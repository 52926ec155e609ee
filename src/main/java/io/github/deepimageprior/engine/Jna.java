package io.github.deepimageprior.engine;

import java.security.CodeSource;
import java.util.Optional;

/**
 * The library that asks the GPU for its memory and the C library for huge pages. Hosts bring their own, which may be
 * old.
 *
 * @param version such as 5.14.0
 * @param place the jar; empty if unknown
 */
record Jna(String version, String place) {

	/** @return the one on the class path; empty for none */
	static Optional<Jna> find() {
		try {
			final Class<?> jna = Class.forName("com.sun.jna.Native", false, Jna.class.getClassLoader());
			final CodeSource jar = jna.getProtectionDomain().getCodeSource();
			return Optional.of(new Jna(version(jna), jar == null ? "" : jar.getLocation().getPath()));
		}
		catch (final ClassNotFoundException none) {
			return Optional.empty();
		}
	}

	private static String version(final Class<?> jna) {
		// Not its constant VERSION, whose value the compiler would copy here.
		final String version = jna.getPackage().getImplementationVersion();
		return version == null ? "of unknown version" : version.split(" ")[0];
	}

	/** @return whether DJL and the plugin can use it */
	boolean isUsable() {
		return version.matches("(?:[5-9]|\\d\\d+)\\..*");
	}

	/** @return what to do about the one that is there; empty for nothing */
	static String problem() {
		return find().filter(jna -> !jna.isUsable())
			.map(jna -> "JNA " + jna.version + " is too old (" + jna.place
				+ "): with it large images take longer, and the memory of a GPU is unknown. Replace that jar with "
				+ "jna-5.14.0.jar or newer.")
			.orElse(find().isPresent() ? ""
				: "JNA is missing: large images take longer, and the memory of a GPU is unknown. Put jna-5.14.0.jar or "
					+ "newer into the folder jars.");
	}
}
