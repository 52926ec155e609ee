package io.github.deepimageprior.host;

import java.util.List;

/** A command that a user fills in: what it tells its dialog beyond its parameters. */
public interface Asked {

	/**
	 * @param key name of a parameter
	 * @param all its choices
	 * @return those that there are on this machine
	 */
	List<String> choices(String key, List<String> all);
}
