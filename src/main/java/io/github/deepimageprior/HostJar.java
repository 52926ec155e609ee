package io.github.deepimageprior;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A jar on the class path. Many hosts bring their own version of one that the plugin needs, which may be too old.
 *
 * @param version such as 5.14.0; "of unknown version" if the jar does not tell
 * @param place path of the jar
 */
public record HostJar(String version, String place) {

	/** A method with its class, and after that any name of a class, as Java's messages have them. */
	private static final Pattern METHOD = Pattern.compile("([\\w$]+(?:[./][\\w$]+)+)\\.[\\w$<>]+\\("),
		CLASS = Pattern.compile("([\\w$]+(?:[./][\\w$]+)+)");

	/**
	 * @param file a file that is in no other jar
	 * @return the jar that has it; empty for none
	 */
	public static Optional<HostJar> with(final String file) {
		return of(HostJar.class.getClassLoader().getResource(file));
	}

	/**
	 * @param file a file that should be in one jar only
	 * @return the jars that have it, first the one that Java takes it from
	 */
	public static List<HostJar> all(final String file) {
		return HostJar.class.getClassLoader().resources(file).map(HostJar::of).flatMap(Optional::stream).toList();
	}

	private static Optional<HostJar> of(final URL url) {
		if (url == null || !url.getProtocol().equals("jar")) return Optional.empty();
		try {
			final JarURLConnection connection = (JarURLConnection) url.openConnection();
			return Optional
				.of(new HostJar(version(connection.getManifest()), connection.getJarFileURL().toURI().getPath()));
		}
		catch (final IOException | java.net.URISyntaxException unreadable) {
			return Optional.of(new HostJar(version(null), url.getPath()));
		}
	}

	private static String version(final Manifest manifest) {
		final Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
		return Stream.of("Implementation-Version", "Bundle-Version").map(main::getValue).filter(v -> v != null)
			.findFirst().map(version -> version.split(" ")[0]).orElse("of unknown version");
	}

	/**
	 * Turns what Java says when a class, a method or a field is missing into advice.
	 *
	 * @param problem that it is, or has as a cause
	 * @return names the jar that is too old, if that can be told; empty if nothing is missing
	 */
	public static Optional<DipException> advice(final Throwable problem) {
		return Stream.iterate(problem, Objects::nonNull, Throwable::getCause).filter(HostJar::isMissing).findFirst()
			.map(missing -> new DipException(tooOld(missing)
				.map(jar -> "The jar " + jar.place + " (" + jar.version + ") is too old for the plugin: "
					+ "update ImageJ or Fiji (Help > Update), or replace that jar with a newer version")
				.orElse("A library is missing or too old: unpack the zip file of the plugin over ImageJ once more")
				+ " (" + missing.getMessage() + ").", problem));
	}

	/** Not what fails for another reason, such as a class whose static initialiser failed. */
	private static boolean isMissing(final Throwable problem) {
		return problem instanceof IncompatibleClassChangeError || problem instanceof NoClassDefFoundError
			&& !String.valueOf(problem.getMessage()).startsWith("Could not initialize");
	}

	/** The jar that lacks something, or else the one whose class calls what no jar has. */
	private static Optional<HostJar> tooOld(final Throwable missing) {
		final Stream<String> named = Stream.of(METHOD, CLASS)
			.flatMap(name -> name.matcher(String.valueOf(missing.getMessage())).results()).map(MatchResult::group);
		final Stream<String> calling = Stream.of(missing.getStackTrace()).map(StackTraceElement::getClassName)
			.dropWhile(name -> name.matches("(?:java|jdk|sun)\\..*")).limit(1)
			.filter(name -> !name.startsWith(HostJar.class.getPackageName()));
		return Stream.concat(named, calling).flatMap(HostJar::of).findFirst();
	}

	private static Stream<HostJar> of(final String name) {
		final String[] parts = name.split("[./(]");
		return Stream.iterate(parts.length, length -> length > 1, length -> length - 1)
			.map(length -> String.join("/", Stream.of(parts).limit(length).toList()) + ".class").map(HostJar::with)
			.flatMap(Optional::stream).limit(1);
	}
}
