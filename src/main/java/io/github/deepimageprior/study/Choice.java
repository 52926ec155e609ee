package io.github.deepimageprior.study;

import io.github.deepimageprior.data.Sample;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pictures that were chosen for a study.
 *
 * @param pictures in the order in which they are studied
 * @param tried how many were classified to find them
 * @param right how many of those were classified right
 * @param onlyRight whether only those are studied
 */
public record Choice(List<Chosen> pictures, int tried, int right, boolean onlyRight) {

	/** Copies the list. */
	public Choice {
		pictures = List.copyOf(pictures);
	}

	/**
	 * A picture.
	 *
	 * @param set name of the data that it belongs to
	 * @param sample where it is
	 * @param target index of its class
	 * @param right whether the classifier predicts this class
	 * @param digest checksum of the picture as the study uses it
	 */
	public record Chosen(String set, Sample sample, int target, boolean right, String digest) {}

	/** @return those that the classifier predicts right, as {@link Row#picture} tells them apart */
	Set<String> predictedRight() {
		return pictures.stream().filter(Chosen::right)
			.map(one -> Row.of("set", one.set(), "picture", one.sample().name()).picture()).collect(Collectors.toSet());
	}

	/** @return a sentence about them */
	public String sentence() {
		return pictures.size() + (pictures.size() == 1 ? " picture" : " pictures") + ", "
			+ (onlyRight ? "all of which the classifier predicts right; to find them, " + tried + " were classified, "
				+ right + " of them right." : "of which the classifier predicts " + right + " right.");
	}
}
