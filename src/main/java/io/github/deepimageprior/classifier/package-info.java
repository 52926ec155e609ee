/**
 * Image classifiers: what they predict, and the gradient of a class score with respect to every pixel. The paper
 * (Kattamis, Adel and Weller, "Exploring Properties of the Deep Image Prior") uses a ResNet-18 throughout: to attack
 * images (section 2), to explain outputs of the Deep Image Prior (section 3) and to measure the defence (section 4).
 * <p>
 * {@link io.github.deepimageprior.classifier.ClassifierSource} opens a bundled or downloaded TorchScript module, or the
 * user's own module, which is examined once, {@link io.github.deepimageprior.classifier.Classifier} uses it, and a
 * {@link io.github.deepimageprior.classifier.Prediction} holds its scores. A JSON file beside each module describes its
 * input and output.
 */
package io.github.deepimageprior.classifier;
