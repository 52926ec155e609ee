package io.github.deepimageprior.classifier;

import io.github.deepimageprior.Picture;

/**
 * A prediction and the gradient that explains it.
 *
 * @param prediction the scores of all classes
 * @param gradient the derivative of the score of one class with respect to every pixel, in the size of the picture
 */
public record Explanation(Prediction prediction, Picture gradient) {}
