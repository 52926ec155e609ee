package io.github.deepimageprior.classifier;

import ai.djl.Device;
import ai.djl.engine.EngineException;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.engine.Program;

import java.io.IOException;
import java.io.InputStream;

/**
 * Opens the TorchScript module of a classifier and examines it.
 *
 * @param name of the model, for messages
 * @param card describes the input and output of the module
 * @param classes how many labels there are
 * @param device on which it is to run
 */
record NetworkLoader(String name, ModelCard card, int classes, Device device) {

	/**
	 * @param file the content of a TorchScript file
	 * @return the network, to be closed after use
	 * @throws DipException if libtorch cannot open the module, or it does not fit card and labels
	 */
	ClassifierNetwork load(final InputStream file) throws IOException {
		final Program module = read(file);
		try {
			return new Examination(name, card, classes, device).of(Program.of(Classifier.class, "Classifier", device),
				module);
		}
		catch (final RuntimeException unfit) {
			module.close();
			throw unfit;
		}
	}

	private Program read(final InputStream file) throws IOException {
		try {
			return Program.read(file, device);
		}
		catch (final EngineException foreign) {
			throw new DipException("libtorch cannot open the model " + name + " (" + ClassifierNetwork.reason(foreign)
				+ "): save it with torch.jit.save, in PyTorch 2.7 or older.", foreign);
		}
	}
}
