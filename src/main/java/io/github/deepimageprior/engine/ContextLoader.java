package io.github.deepimageprior.engine;

/**
 * While it is open, the calling thread's context class loader is that of the plugin. DJL looks for its engines and
 * native libraries through it, for the engines once, in a static initialiser; ImageJ 1.x loads plugins with a class
 * loader that no thread has as its context. Meanwhile SLF4J does not complain that the host has no logger for it.
 */
final class ContextLoader implements AutoCloseable {

	private final Thread thread = Thread.currentThread();
	private final ClassLoader before = thread.getContextClassLoader();

	private final SystemProperty quiet = new SystemProperty("slf4j.internal.verbosity", "ERROR");

	ContextLoader() {
		thread.setContextClassLoader(ContextLoader.class.getClassLoader());
	}

	@Override
	public void close() {
		quiet.close();
		thread.setContextClassLoader(before);
	}
}
