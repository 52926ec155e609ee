/**
 * Labelled pictures in files, as studies use them: folders with a subfolder for each class, CSV lists, CIFAR-10's
 * binary batches, NumPy arrays, and lists of tensors that PyTorch has saved.
 * {@link io.github.deepimageprior.data.Samples} lists them, and a {@link io.github.deepimageprior.data.Sample} reads
 * its picture when it is needed.
 */
package io.github.deepimageprior.data;
