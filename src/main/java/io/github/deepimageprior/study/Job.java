package io.github.deepimageprior.study;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;

/**
 * A work item with all that its computation needs.
 *
 * @param item which one
 * @param picture as the study uses it, of 8 bits
 * @param classifier is open
 * @param progress receives the share of the item that is done
 * @param cancellation ends the computation without a result
 */
public record Job(WorkItem item, Picture picture, Classifier classifier, Progress progress,
	Cancellation cancellation)
{}
