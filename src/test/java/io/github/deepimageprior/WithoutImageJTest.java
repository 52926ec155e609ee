package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.deepimageprior.classifier.Classifier;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.prior.Fit;
import io.github.deepimageprior.prior.Preset;
import io.github.deepimageprior.restore.Denoise;
import io.github.deepimageprior.restore.DenoisingMethod;
import io.github.deepimageprior.restore.SeriesRestorer;
import io.github.deepimageprior.restore.Task;
import io.github.deepimageprior.study.Fixture;
import io.github.deepimageprior.study.StudyRun;
import io.github.deepimageprior.track.ClassifiedFit;
import io.github.deepimageprior.track.Trajectory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The core runs on a class path that has neither ImageJ nor SciJava. */
class WithoutImageJTest {

	private static final String ABSENT = "(ij|scijava-common|imagej-.*|parsington)-[\\d.]+\\w*\\.jar";

	@Test
	void aDenoisingAndAClassifiedFitNeedNoImageJ() throws Exception {
		final String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter(entry -> !Path.of(entry).getFileName().toString().matches(ABSENT))
			.collect(Collectors.joining(File.pathSeparator));
		ChildProcess.run(ChildProcess.java(List.of("-cp", path, Core.class.getName())).redirectErrorStream(true));
	}

	/** What runs there. */
	public static final class Core {

		private Core() {}

		/** Fits, restores, classifies and studies; an exception ends it with another status than 0. */
		public static void main(final String[] none) throws IOException {
			for (final String absent : List.of("ij.IJ", "org.scijava.Context"))
				assertThrows(ClassNotFoundException.class, () -> Class.forName(absent));
			final Picture picture = Formula.picture(32, 24, 3);
			final Task task = new Denoise(DenoisingMethod.DEEP_IMAGE_PRIOR);
			final var settings = task.defaults().withFit(task.defaults().fit().withIterations(5).withDevice("CPU"));
			assertEquals(5, new SeriesRestorer(task, settings).run(picture).summaries().get(0).steps());
			assertEquals(3, new SeriesRestorer(new Denoise(), settings).run(picture).noise().size());
			final Fit fit = new Fit(Preset.ARCH_2.network(3),
				Preset.ARCH_2.settings().withIterations(5).withSnapshots(List.of(2)).withDevice("CPU"));
			try (Classifier classifier = ClassifierSource.BUNDLED.open(Torch.device("CPU"))) {
				final Trajectory track = ClassifiedFit.DEFAULTS.run(picture, fit, classifier,
					new double[] { 255, 255, 255 }, Progress.NONE, new Cancellation());
				assertEquals(3, track.points().size());
				assertEquals(1000, track.points().get(2).prediction().labels().size());
			}
			final Path folder = Files.createTempDirectory("study");
			final var study = Fixture.confidence(Fixture.pictures(folder.resolve("data"), 3), folder.resolve("output"));
			final var result = new StudyRun(study, "", StudyRun.Listener.NONE).run(new Cancellation());
			assertEquals(result.items(), result.complete());
		}
	}
}
