/**
 * Images of ImageJ as pictures in 0..1, and back.
 * <p>
 * {@link io.github.deepimageprior.image.ImageSource} reads an open image: one {@link io.github.deepimageprior.Picture}
 * for each slice of each time point, with all channels of the bounding box of the selection.
 * {@link io.github.deepimageprior.image.ValueMapping} holds the linear map between pixel values and 0..1,
 * {@link io.github.deepimageprior.image.PixelWriter} writes pictures back as pixels of the image's type, and
 * {@link io.github.deepimageprior.image.ResultImages} makes images of them that look and measure like the original.
 * {@link io.github.deepimageprior.image.MissingPixels} defines which pixels are to be inpainted, and
 * {@link io.github.deepimageprior.image.ReferenceImage} reads other images on the same scale for comparison.
 * <p>
 * The paper leaves open how images are stored, so nothing here comes from it. The package uses ImageJ's data classes
 * (images, stacks, processors, selections), but no windows, dialogs or commands.
 */
package io.github.deepimageprior.image;
