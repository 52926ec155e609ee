package io.github.deepimageprior.spark;

import java.util.HashMap;
import java.util.Map;

/** Runs a main class within this process, with properties as spark-submit sets them. */
final class Local {

	private Local() {}

	/** @return the exit status */
	static int run(final Application application, final String master, final String... arguments) {
		return run(application, Map.of("spark.master", master), arguments);
	}

	static int run(final Application application, final Map<String, String> others, final String... arguments) {
		final Map<String, String> properties = new HashMap<>(Map.of("spark.ui.enabled", "false", "spark.driver.host",
			"127.0.0.1", "spark.driver.bindAddress", "127.0.0.1"));
		properties.putAll(others);
		properties.forEach(System::setProperty);
		try {
			return Application.execute(application, arguments);
		}
		finally {
			properties.keySet().forEach(System::clearProperty);
		}
	}
}
