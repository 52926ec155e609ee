package io.github.deepimageprior.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.Progress;
import io.github.deepimageprior.saliency.Saliency;
import io.github.deepimageprior.saliency.SaliencyMethod;
import io.github.deepimageprior.saliency.SaliencySettings;
import io.github.deepimageprior.torchscript.WrittenModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found out about a module when it is opened. */
class ExaminationTest {

	/** Three scores of a picture: the means of its colours, by which later lines go on. */
	private static final String MEANS = "y = torch.mul(torch.mean(x, [2, 3]), 5.)";

	@TempDir
	private Path folder;

	private Classifier open(final String code, final String output, final int labels) throws IOException {
		final Path module = WrittenModule.write(folder.resolve("written.pt"), code);
		Files.writeString(folder.resolve("written.json"),
			Files.readString(Models.path("linear.json")).replace("logits", output));
		Files.writeString(folder.resolve("three.txt"), "one\ntwo\nthree\n".substring(0, 4 * labels));
		return ClassifierSource.file(module).open(Device.cpu());
	}

	private Classifier open(final String... lines) throws IOException {
		return open(WrittenModule.code(lines), "logits", 3);
	}

	private static String said(final org.junit.jupiter.api.function.Executable code) {
		return assertThrows(DipException.class, code).getMessage();
	}

	private static void assertContains(final String part, final org.junit.jupiter.api.function.Executable code) {
		final String said = said(code);
		assertTrue(said.contains(part), said);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"return torch.add(y, torch.rand_like(y)) | gives the same picture other scores each time, as dropout",
		"return torch.mean(torch.dropout(x, 0.1, True), [2, 3]) | gives the same picture other scores each time",
		"return torch.sub(y, torch.mean(y, [0], True)) | gives a picture other scores when it is in a batch",
		"return torch.div(y, 0.) | returns scores that are infinite or not a number",
		"return torch.sqrt(torch.sub(y, 100.)) | returns scores that are infinite or not a number",
		"return y.to(4) | returns numbers of type int64: it must return the scores themselves",
		"return torch.gt(y, 1.) | returns numbers of type boolean: it must return the scores themselves",
		"return torch.argmax(y, 1) | returns numbers of type int64",
		"return torch.narrow(y, 1, 0, 1) | returns a single score, so there is nothing to tell apart: export it",
		"return torch.narrow(y, 1, 0, 2) | returns an output of shape (1, 2) and has 3 labels: it must return one row",
		"return torch.squeeze(y) | returns an output of shape (3) and has 3 labels",
		"return torch.mean(x) | returns an output of shape () and has 3 labels",
		"return torch.conv2d(x, torch.ones([3, 1, 1, 1])) | takes images of one channel: wrap it in a module",
		"return torch.conv2d(x, torch.ones([3, 3, 1, 1], dtype=7)) | weights of the model written.pt are of 64 bits",
		"return torch.conv2d(x, torch.ones([3, 3, 1, 1], dtype=15)) | weights of the model written.pt are of 16 bits",
		"return torch.view(y, [7, 7]) | cannot classify an RGB image of 8x8 pixels: check width and height" })
	void whatDoesNotFitIsNamed(final String line, final String cause) {
		final String said = said(() -> open(MEANS, line));
		assertTrue(said.contains("he model written.pt ") && said.contains(cause), said);
		assertFalse(said.contains("\n") || said.contains("report this"), said);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"traced_dropout | The model traced_dropout.pt gives the same picture other scores each time, as dropout",
		"traced_norm | The model traced_norm.pt gives a picture other scores when it is in a batch with others",
		"half | The weights of the model half.pt are of 16 bits (float16): call model.float() before its export.",
		"double | The weights of the model double.pt are of 64 bits (float64): call model.float() before its export.",
		"optional_pair | The model optional_pair.pt does not return a single tensor: trace it, or wrap it in a module",
		"pair | The model pair.pt returns 2 tensors: trace it, or wrap it in a module that returns the scores alone." })
	void exportsOfPyTorchThatDoNotFit(final String model, final String cause) {
		final String said = said(() -> Models.open(model));
		assertTrue(said.startsWith(cause), said);
	}

	@Test
	void listsAndDictionariesOfOneTensorFit() throws IOException {
		open(WrittenModule.code("List[Tensor]", new String[] { MEANS, "return [y]" }), "logits", 3).close();
		open(WrittenModule.code("Dict[str, Tensor]", new String[] { MEANS, "return {\"scores\": y}" }), "logits", 3)
			.close();
		assertTrue(said(
			() -> open(WrittenModule.code("List[Tensor]", new String[] { MEANS, "return [y, y, y]" }), "logits", 3))
			.startsWith("The model written.pt returns 3 tensors: "));
	}

	@Test
	void probabilitiesAreExclusiveAndLogitsAreNot() throws IOException {
		final String softmax = WrittenModule.code(MEANS, "return torch.softmax(y, 1)"),
			sigmoid = WrittenModule.code(MEANS, "return torch.sigmoid(y)"),
			logits = WrittenModule.code(MEANS, "return torch.sub(y, 2.)");
		open(softmax, "probabilities", 3).close();
		assertContains("The probabilities that the model written.pt returns have the sum 2.",
			() -> open(sigmoid, "probabilities", 3));
		assertContains("instead of 1, as those of independent labels (sigmoid) do: ",
			() -> open(sigmoid, "probabilities", 3));
		assertContains(
			"The model written.pt returns scores below 0 or above 1, which are not probabilities: set \"output\" to "
				+ "\"logits\"",
			() -> open(logits, "probabilities", 3));
		try (Classifier right = open(logits, "logits", 3); Classifier doubtful = open(softmax, "logits", 3)) {
			assertEquals("", right.warning());
			assertTrue(
				doubtful.warning().startsWith("The scores of the model written.pt are in 0..1 and their sum is 1"));
		}
	}

	/** Each picture is checked, too: those of the examination are noise. */
	@Test
	void aPictureThatAModelCannotScoreIsSaid() throws IOException {
		final Picture black = new Picture(new float[192], 8, 8, 3);
		try (Classifier logarithm = open(MEANS, "return torch.log(y)")) {
			assertTrue(
				said(() -> logarithm.classify(black)).contains("returns scores that are infinite or not a number"));
		}
		try (Classifier root = open(MEANS, "return torch.sqrt(y)")) {
			root.classify(black);
			assertTrue(said(() -> root.gradient(black, ClassScore.LOGIT, 0))
				.startsWith("The gradient of the model written.pt is infinite or not a number for this image"));
			assertTrue(said(() -> map(root, black)).startsWith("The gradient of the model written.pt is infinite"));
		}
		try (Classifier sigmoid = open(
			WrittenModule.code(MEANS, "return torch.add(torch.softmax(y, 1), torch.relu(torch.sub(0.1, y)))"),
			"probabilities", 3))
		{
			assertTrue(said(() -> sigmoid.classify(black)).contains("have the sum 1.3 instead of 1"));
		}
	}

	private static Picture map(final Classifier classifier, final Picture picture) {
		return new Saliency(SaliencyMethod.GRADIENT,
			new SaliencySettings(1, 1, 0, io.github.deepimageprior.saliency.Quadrature.LEFT, false,
				io.github.deepimageprior.saliency.Baseline.BLACK, 1, ClassScore.LOGIT, 0, 0))
			.run(classifier, picture, null, 0, Progress.NONE, new Cancellation());
	}

	@ParameterizedTest
	@ValueSource(strings = { "return torch.detach(y)", "return torch.mul(torch.detach(x).mean([2, 3]), 5.)" })
	void withoutAGradientAModelCanOnlyClassify(final String line) throws IOException {
		try (Classifier detached = open(MEANS, line)) {
			detached.classify(Models.picture());
			for (final org.junit.jupiter.api.function.Executable use : new org.junit.jupiter.api.function.Executable[] {
				() -> detached.gradient(Models.picture(), ClassScore.LOGIT, 0), () -> map(detached, Models.picture()) })
				assertTrue(
					said(use).startsWith("No gradient leads through the model written.pt, so it can only classify ("));
		}
	}

	/** The results of a module that takes one picture at a time are those of one that takes batches. */
	@ParameterizedTest
	@ValueSource(strings = { "return torch.view(y, [1, 3])", "return torch.narrow(y, 0, 0, 1)" })
	void aModuleThatTakesOnePictureAtATimeIsGivenOne(final String line) throws IOException {
		final float[][] maps = new float[2][];
		for (int i = 0; i < 2; i++) try (Classifier classifier = open(MEANS + "**2", i == 0 ? "return y" : line)) {
			maps[i] = new Saliency(SaliencyMethod.MIG_SG, SaliencySettings.QUICK)
				.run(classifier, Models.picture(), null, 1, Progress.NONE, new Cancellation()).values();
		}
		assertArrayEquals(maps[0], maps[1], 1e-6f);
		assertTrue(Arrays.equals(maps[0], maps[0]) && maps[0][100] > 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "6", "7", "5", "15" })
	void scoresOfAllFloatingTypesAreTheSame(final String type) throws IOException {
		try (Classifier plain = open(MEANS, "return y"); Classifier typed = open(MEANS, "return y.to(" + type + ")")) {
			assertArrayEquals(plain.classify(Models.picture()).logits(), typed.classify(Models.picture()).logits(),
				2e-2f);
			assertArrayEquals(plain.gradient(Models.picture(), ClassScore.PROBABILITY, 1).values(),
				typed.gradient(Models.picture(), ClassScore.PROBABILITY, 1).values(), 1e-3f);
		}
	}
}
