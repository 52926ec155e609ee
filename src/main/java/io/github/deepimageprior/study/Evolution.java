package io.github.deepimageprior.study;

import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.attack.Adversary;
import io.github.deepimageprior.data.Encoding;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencyView;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Figure 2 of the paper: a fit to an attacked picture, its outputs at some steps, and their maps of MIG-SG for the
 * class that the classifier predicts for the picture before the attack.
 */
record Evolution(Settings settings) {

	static TreeSet<Integer> steps(final Settings settings) {
		return Defences.steps(settings, "evolution_steps");
	}

	PriorFit fit() {
		return PriorFit.of(settings, steps(settings));
	}

	private Saliency saliency(final Picture picture) {
		return SaliencyStudy.saliency(settings, SaliencyMethod.MIG_SG, picture.values().length);
	}

	/** @return a row for each step, and a picture: outputs, masks and overlays from top to bottom */
	Outcome compute(final Job job, final Row heading) {
		final WorkItem item = job.item();
		final WorkItem attacked = new WorkItem(item.set(), item.sample(), item.target(), item.label(),
			Attacks.spelled(settings.text("evolution"), settings), item.picture(), item.key());
		final Picture picture = attacked.condition().equals(Attacks.CLEAN) ? job.picture() : adversary(job, attacked);
		final int predicted = job.classifier().classify(job.picture()).best();
		final List<Row> rows = new ArrayList<>();
		final List<Picture> outputs = new ArrayList<>(), masks = new ArrayList<>(), overlays = new ArrayList<>();
		for (final Shown shown : fit().run(job, picture, job.picture(), Defences.PRIOR, null)) {
			rows.add(shown.row(heading, item.target()));
			final Picture map = saliency(picture).run(job.classifier(), shown.picture(), null, predicted,
				Progress.NONE, job.cancellation());
			job.cancellation().requireNotCancelled();
			final Picture clipped = SaliencyView.DEFAULTS.clipped(map.channelSum());
			outputs.add(shown.picture());
			masks.add(SaliencyView.mask(shown.picture(), clipped));
			overlays.add(SaliencyView.overlay(job.picture(), clipped));
		}
		return new Outcome(item, rows, Map.of(SaliencyStudy.MAP,
			Encoding.png(Strip.below(List.of(Strip.of(outputs), Strip.of(masks), Strip.of(overlays))))), null);
	}

	private Picture adversary(final Job job, final WorkItem attacked) {
		final Adversary adversary = Attacks
			.run(new Job(attacked, job.picture(), job.classifier(), job.progress(), job.cancellation()), settings);
		return adversary.picture();
	}

	/** @param gradient seconds of one */
	double seconds(final Picture picture, final double gradient) {
		return fit().seconds(picture) + gradient * saliency(picture).gradients() * (1 + steps(settings).size());
	}
}
