package io.github.deepimageprior.study;

import io.github.deepimageprior.data.Sample;

import java.io.Serializable;

/**
 * A piece of a study that is computed as a whole, independently of all others: one picture under one condition.
 *
 * @param set name of the data that the picture belongs to
 * @param sample the picture
 * @param target index of its class
 * @param label its class as the classifier calls it
 * @param condition one of {@link Study#conditions()}
 * @param picture checksum of the picture as the study uses it
 * @param key checksum of all on which the rows depend: study, settings, classifier, picture, class, condition
 */
public record WorkItem(String set, Sample sample, int target, String label, String condition, String picture,
	String key) implements Serializable
{}
