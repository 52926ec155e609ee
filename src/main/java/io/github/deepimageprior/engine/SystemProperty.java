package io.github.deepimageprior.engine;

/** Gives a system property another value until it is closed. */
final class SystemProperty implements AutoCloseable {

	private final String key;
	private final String before;

	/** @param value null to leave the property as it is */
	SystemProperty(final String key, final String value) {
		this.key = key;
		before = System.getProperty(key);
		if (value != null) System.setProperty(key, value);
	}

	@Override
	public void close() {
		if (before == null) System.clearProperty(key);
		else System.setProperty(key, before);
	}
}
