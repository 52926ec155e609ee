package io.github.deepimageprior.data;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A labelled picture in a file. It is read when it is needed, so that thousands of them take no memory.
 *
 * @param name tells it apart from the others of the same data, such as its path within a folder
 * @param label its class as the data give it: a number, a name, or a WordNet ID
 * @param file absolute path of the file
 * @param index number of the picture in the file, from 0
 * @param format of the file
 */
public record Sample(String name, String label, String file, int index, Format format) implements Serializable {

	/**
	 * @return the picture, grey or RGB, in 0..1
	 * @throws DipException if the file cannot be read; the message has its name
	 */
	public Picture read() {
		return format.read(Path.of(file), index);
	}
}
