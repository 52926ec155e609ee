package io.github.deepimageprior.engine;

/**
 * While it is open, the calling thread's context class loader is that of the plugin. DJL looks for its engines and
 * native libraries through it, for the engines once, in a static initialiser; ImageJ 1.x loads plugins with a class
 * loader that no thread has as its context.
 */
final class ContextLoader implements AutoCloseable {

	private final Thread thread = Thread.currentThread();
	private final ClassLoader before = thread.getContextClassLoader();

	ContextLoader() {
		thread.setContextClassLoader(ContextLoader.class.getClassLoader());
	}

	@Override
	public void close() {
		thread.setContextClassLoader(before);
	}
}
