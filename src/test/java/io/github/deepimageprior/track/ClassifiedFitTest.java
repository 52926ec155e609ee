package io.github.deepimageprior.track;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.classifier.Models;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.prior.StoppingRule;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.real.FloatType;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassifiedFitTest {

	private static final Picture PICTURE = Formula.picture(14, 12, 3).rounded(new double[] { 255, 255, 255 });
	private static final double[] LEVELS = { 255, 255, 255 };
	private static final Fit FIT = new Fit(Preset.ARCH_2.network(3),
		FitSettings.DEFAULTS.withIterations(12).withSnapshots(List.of(3, 8)).withDevice("CPU"));

	private static Classifier classifier;

	@BeforeAll
	static void open() {
		classifier = ClassifierSource.file(Models.path("smooth.pt")).open(Device.cpu());
	}

	@AfterAll
	static void close() {
		classifier.close();
	}

	@Test
	void thePointsAreThePictureItsSnapshotsAndTheLastStep() {
		final Trajectory all = ClassifiedFit.DEFAULTS.run(PICTURE, FIT, classifier, LEVELS, Progress.NONE,
			new Cancellation());
		assertEquals(List.of(0, 3, 8, 12), all.points().stream().map(TrackPoint::step).toList());
		assertArrayEquals(PICTURE.values(), all.points().get(0).picture().values());
		assertTrue(Double.isNaN(all.points().get(0).loss()) && Double.isNaN(all.points().get(0).psnr()));
		for (final TrackPoint point : all.points().subList(1, 4)) {
			assertEquals(all.result().losses()[point.step() - 1], point.loss());
			assertEquals(classifier.classify(point.picture().rounded(LEVELS)), point.prediction());
			assertEquals(point.prediction().probability(all.trueClass()), all.trueProbability(point));
		}
		assertEquals(classifier.classify(PICTURE).best(), all.trueClass());
		assertArrayEquals(all.result().last().averaged().values(), all.points().get(3).picture().values());
	}

	/** With a rule that selects a step the result is that step's picture, which no snapshot shows. */
	@Test
	void theResultOfARuleIsAPoint() {
		final Fit ruled = new Fit(FIT.network(), FIT.settings().withIterations(160).withRule(StoppingRule.emv(20)));
		final Trajectory all = ClassifiedFit.DEFAULTS.run(PICTURE, ruled, classifier, LEVELS, Progress.NONE,
			new Cancellation());
		final int best = all.result().summary().bestStep();
		assertTrue(best > 100 && best <= all.result().summary().steps(), "step " + best);
		final TrackPoint point = all.points().get(all.points().size() - 1);
		assertEquals(best, point.step());
		assertArrayEquals(all.result().picture(true).values(), point.picture().values());
		assertEquals(classifier.classify(point.picture().rounded(LEVELS)), point.prediction());
	}

	/** After a return to a checkpoint and a stop, snapshots of later steps are not those of the fit that ended. */
	@Test
	void thereAreNoPointsBeyondTheLastStep() {
		final Tracker tracker = new Tracker(ClassifiedFit.DEFAULTS, classifier, picture -> picture,
			new TrackListener() {}, new Cancellation());
		FIT.run(PICTURE, tracker, new Cancellation());
		final Fit shorter = new Fit(FIT.network(), FIT.settings().withIterations(5));
		final Trajectory all = tracker.end(shorter.run(PICTURE, tracker, new Cancellation()));
		assertEquals(List.of(3, 5), all.points().stream().map(TrackPoint::step).toList());
	}

	@Test
	void aClassThatTheModelDoesNotHave() {
		final String said = assertThrows(DipException.class, () -> new ClassifiedFit(true, true, true, true, 4000, null)
			.run(PICTURE, FIT, classifier, LEVELS, Progress.NONE, new Cancellation())).getMessage();
		assertTrue(said.endsWith("has no class 4000: use a number from 0 to 2."), said);
	}

	@Test
	void levelsForOtherChannels() {
		for (final double[] wrong : new double[][] { { 255 }, { 255, 255, 255, 255 }, null })
			assertThrows(IllegalArgumentException.class,
				() -> ClassifiedFit.DEFAULTS.run(PICTURE, FIT, null, wrong, Progress.NONE, new Cancellation()));
	}

	/** What is classified is what would be stored: with two levels that is another picture. */
	@Test
	void outputsAreClassifiedAsTheyAreStored() {
		final Trajectory coarse = ClassifiedFit.DEFAULTS.run(PICTURE, FIT, classifier, new double[] { 1, 1, 1 },
			Progress.NONE, new Cancellation());
		final TrackPoint last = coarse.points().get(3);
		assertEquals(classifier.classify(last.picture().rounded(new double[] { 1, 1, 1 })), last.prediction());
		assertNotEquals(classifier.classify(last.picture()), last.prediction());
	}

	@Test
	void theStackHoldsThePicturesOfAllPoints() {
		final Trajectory all = ClassifiedFit.DEFAULTS.run(PICTURE, FIT, null, LEVELS, Progress.NONE,
			new Cancellation());
		final RandomAccessibleInterval<FloatType> stack = all.stack();
		assertArrayEquals(new long[] { 14, 12, 3, 4 }, stack.dimensionsAsLongArray());
		for (int point = 0; point < 4; point++)
			assertEquals(all.points().get(point).picture().values()[(2 * 12 + 5) * 14 + 7],
				stack.getAt(7, 5, 2, point).get());
		assertNull(all.points().get(1).prediction());
		assertEquals(-1, all.trueClass());
		assertTrue(Double.isNaN(all.trueProbability(all.points().get(1))));
	}

	@Test
	void picturesAreKeptOnlyIfThatIsAskedFor() {
		final List<Integer> seen = new ArrayList<>();
		final Trajectory lean = new ClassifiedFit(false, false, false, false, 1, null).run(PICTURE, FIT, classifier,
			picture -> picture, new TrackListener() {

				@Override
				public void point(final TrackPoint point) {
					assertEquals(14, point.picture().width());
					seen.add(point.step());
				}
			}, new Cancellation());
		assertEquals(List.of(0, 3, 8), seen);
		assertEquals(List.of(0, 3, 8), lean.points().stream().map(TrackPoint::step).toList());
		assertTrue(lean.points().stream().allMatch(point -> point.picture() == null));
		assertThrows(IllegalStateException.class, lean::stack);
		assertEquals(1, lean.trueClass());
	}

	@Test
	void saliencyOfEachPointHasItsOwnProgress() {
		final Saliency saliency = new Saliency(SaliencyMethod.GRADIENT, SaliencySettings.QUICK);
		final List<String> seen = new ArrayList<>();
		final Trajectory explained = new ClassifiedFit(true, true, false, true, 2, saliency).run(PICTURE, FIT,
			classifier, picture -> picture.rounded(LEVELS), new TrackListener() {

				@Override
				public void saliency(final int step, final double fraction) {
					seen.add(step + " " + fraction);
				}
			}, new Cancellation());
		assertEquals(List.of("0 1.0", "3 1.0", "8 1.0"), seen);
		final TrackPoint point = explained.points().get(2);
		assertArrayEquals(
			saliency.run(classifier, point.picture().rounded(LEVELS), null, 2, Progress.NONE, new Cancellation())
				.channelSum().values(),
			point.saliency().values());
	}

	/** Its map would be computed twice, which takes long. */
	@Test
	void aResultThatIsAPointAlreadyIsNoOther() {
		final Fit fit = new Fit(FIT.network(), FIT.settings().withSnapshots(List.of(3, 12)));
		final List<Integer> seen = new ArrayList<>();
		final Trajectory all = ClassifiedFit.DEFAULTS.run(PICTURE, fit, classifier, picture -> picture,
			new TrackListener() {

				@Override
				public void point(final TrackPoint point) {
					seen.add(point.step());
				}
			}, new Cancellation());
		assertEquals(List.of(0, 3, 12), seen);
		assertArrayEquals(all.result().picture(true).values(), all.points().get(2).picture().values());
	}

	@Test
	void aStopAddsTheStepWhereItWasStopped() {
		final Cancellation cancellation = new Cancellation();
		final Fit endless = new Fit(FIT.network(), FIT.settings().withIterations(10_000_000));
		final Trajectory stopped = new ClassifiedFit(true, false, false, false, -1, null).run(PICTURE, endless, null,
			null, new TrackListener() {

				@Override
				public void progress(final int step, final int iterations, final Supplier<Picture> averaged) {
					if (step > 8) cancellation.stop();
				}
			}, cancellation);
		assertEquals(3, stopped.points().size());
		assertEquals(stopped.result().last().step(), stopped.points().get(2).step());
	}
}
