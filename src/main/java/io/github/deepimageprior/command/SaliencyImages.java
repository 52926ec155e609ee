package io.github.deepimageprior.command;

import ij.ImagePlus;
import ij.ImageStack;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.image.ImageSource;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.Map;

/** Collects the saliency maps of an image's pictures, and makes images of them. */
final class SaliencyImages {

	private final ImageSource image;
	private final Saliency saliency;
	private final SaliencyView view;
	private final ImageStack maps = new ImageStack(), masks, overlays; // the last two null if not requested

	SaliencyImages(final ImageSource image, final Saliency saliency, final SaliencyView view, final boolean mask,
		final boolean overlay)
	{
		this.image = image;
		this.saliency = saliency;
		this.view = view;
		masks = mask ? new ImageStack() : null;
		overlays = overlay ? new ImageStack() : null;
	}

	/**
	 * @param found the map of every channel
	 * @param label of the class that is explained
	 * @param done fraction of the gradients that were computed before a stop, 0..1
	 */
	void add(final int index, final Picture picture, final Picture found, final String label, final double done,
		final Report report)
	{
		final Picture sum = found.channelSum(), clipped = view.clipped(sum);
		maps.addSlice(label, Rendering.floats(sum));
		if (masks != null) masks.addSlice(label, Rendering.bytes(SaliencyView.mask(picture, clipped)));
		if (overlays != null) overlays.addSlice(label, Rendering.bytes(SaliencyView.overlay(picture, clipped)));
		report.tell(SaliencyView.doubt(image.row(index), Map.of("", sum), SaliencyView.REMEDY));
		report.add(Map.of("Class", label));
		report.add(Map.of("Gradients", Math.round(done * saliency.gradients()) + " of " + saliency.gradients()));
	}

	ImagePlus map(final Report report) {
		return image.results().derived(saliency.method().toString(), maps, report.text());
	}

	ImagePlus masked(final Report report) {
		return masks == null ? null : image.results().derived(saliency.method() + " mask", masks, report.text());
	}

	ImagePlus overlaid(final Report report) {
		return overlays == null ? null
			: image.results().derived(saliency.method() + " overlay", overlays, report.text());
	}
}
