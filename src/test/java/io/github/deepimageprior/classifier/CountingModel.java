package io.github.deepimageprior.classifier;

import ai.djl.Device;

import io.github.deepimageprior.torchscript.WrittenModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A classifier that counts how often it is called. Its three logits are the mean of the pixels, minus that mean, and a
 * millionth of the number of calls so far.
 */
public final class CountingModel {

	private static final String CODE = """
		class Counting(Module):
		  __parameters__ = []
		  __buffers__ = []
		  training : bool
		  calls : int
		  def forward(self: __torch__.Counting, x: Tensor) -> Tensor:
		    self.calls = torch.add(self.calls, 1)
		    mean = torch.mean(x, [1, 2, 3])
		    return torch.stack([mean, torch.neg(mean), torch.add(torch.mul(mean, 0.), float(self.calls) * 1e-06)], 1)
		""";

	/** Pickle, protocol 2: an object of the class with the state {"training": False, "calls": 0}. */
	private static final String STATE = "\u0080\u0002c__torch__\nCounting\nq\u0000)\u0081}"
		+ "(X\u0008\u0000\u0000\u0000trainingq\u0001\u0089X\u0005\u0000\u0000\u0000callsq\u0002K\u0000ubq\u0003.";

	private CountingModel() {}

	/** @param folder receives the files of the model */
	public static Classifier open(final Path folder) throws IOException {
		final Map<String, String> entries = WrittenModule.entries(CODE);
		entries.put("m/data.pkl", STATE);
		final Path module = WrittenModule.write(folder.resolve("counting.pt"), entries);
		Files.copy(Models.path("linear.json"), folder.resolve("counting.json"));
		Files.copy(Models.path("three.txt"), folder.resolve("three.txt"));
		return ClassifierSource.file(module).open(Device.cpu());
	}

	/** @return the number of calls up to a prediction, which is the last of them */
	public static int calls(final Prediction prediction) {
		return Math.round(prediction.logits()[2] * 1e6f);
	}
}
