package io.github.deepimageprior.command;

import ij.ImageStack;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.host.Figures;
import io.github.deepimageprior.image.Rendering;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The saliency maps of several methods of one picture, side by side. */
final class SaliencyComparison {

	private final List<Saliency> methods;
	private final List<Picture> maps = new ArrayList<>();
	private Picture picture;

	SaliencyComparison(final List<SaliencyMethod> methods, final SaliencySettings settings) {
		this.methods = methods.stream().map(method -> new Saliency(method, settings)).toList();
	}

	/**
	 * Computes all maps.
	 *
	 * @param progress receives the fraction that is done, and the method that is computed
	 */
	void run(final Classifier model, final Picture explained, final Picture start, final int target,
		final BiConsumer<Double, String> progress, final Cancellation cancellation)
	{
		picture = explained;
		final int all = methods.stream().mapToInt(Saliency::gradients).sum();
		int done = 0;
		for (final Saliency saliency : methods) {
			final double before = done;
			maps.add(saliency.run(
				model, picture, start, target, fraction -> progress
					.accept((before + fraction * saliency.gradients()) / all, saliency.method().toString()),
				cancellation).channelSum());
			done += saliency.gradients();
		}
		cancellation.requireNotCancelled();
	}

	/** @return which maps show nothing, and why; empty if all of them show something */
	String doubt(final String name) {
		final Map<String, Picture> named = new LinkedHashMap<>();
		for (int i = 0; i < maps.size(); i++) named.put(methods.get(i).method().toString(), maps.get(i));
		return SaliencyView.doubt(name + " by ", named, SaliencyView.REMEDY);
	}

	/**
	 * @param common whether all maps are displayed on one scale
	 * @param label of the class that is explained
	 * @return one row of maps and, below, one of the picture masked by them
	 */
	ImageStack montage(final SaliencyView view, final boolean common, final String label) {
		final List<Picture> clipped = common ? view.clippedAlike(maps) : maps.stream().map(view::clipped).toList();
		final ImageStack panels = new ImageStack(picture.width(), picture.height());
		panels.addSlice(label, Rendering.bytes(picture).convertToRGB());
		for (int i = 0; i < maps.size(); i++)
			panels.addSlice(methods.get(i).method().toString(), Rendering.bytes(SaliencyView.heat(clipped.get(i))));
		panels.addSlice(" ", Rendering.bytes(picture).convertToRGB());
		for (final Picture map : clipped)
			panels.addSlice(" ", Rendering.bytes(SaliencyView.mask(picture, map)).convertToRGB());
		return Figures.montage(panels, methods.size() + 1);
	}
}
