package io.github.deepimageprior.host;

import ij.ImagePlus;

import java.util.List;

/** A command that a user fills in: what it tells its dialog beyond its parameters. */
public interface Asked {

	/**
	 * @param key name of a parameter
	 * @param all its choices
	 * @return those that there are on this machine
	 */
	List<String> choices(String key, List<String> all);

	/**
	 * @param image the image to process; null for a command that takes none
	 * @return what a run with the present values will take, in words; empty if that is not known
	 * @throws io.github.deepimageprior.DipException if there is something wrong with the values
	 */
	default String estimate(final ImagePlus image) {
		return "";
	}
}
