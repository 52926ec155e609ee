package io.github.deepimageprior.classifier;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.Torch;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;

/**
 * An image classifier. It predicts the class of a picture, and computes the gradient of a class score with respect to
 * every pixel. Pictures are grey or RGB, in 0..1 and of any size: cropping, resizing and normalisation are part of the
 * classifier and of its gradients. The network is always in evaluation mode.
 *
 * <pre>{@code
 * try (Classifier classifier = ClassifierSource.BUNDLED.open(Torch.device("auto"))) {
 *   Prediction prediction = classifier.classify(Picture.of(image));
 *   System.out.println(prediction.label(prediction.best()));
 * }
 * }</pre>
 */
public final class Classifier implements AutoCloseable {

	/** Bytes for each number of the input. */
	private static final long BYTES = 1600;

	private final String name;
	private final ModelCard card;
	private final Labels labels;
	private final Device device;
	private final String digest;
	private final Cancellation cancellation; // null for none
	private final NativeMemory memory = NativeMemory.keep(0); // reused from picture to picture
	private final ClassifierNetwork network;
	private boolean closed;

	/**
	 * @param name of the model, as users know it
	 * @param file the content of the TorchScript file
	 * @param card describes the input and output of the model
	 * @param labels the names of its classes
	 * @param cancellation whose cancel ends the wait for a module that does not return; null for none
	 * @throws DipException if the file is not a TorchScript module, or does not fit card and labels
	 */
	Classifier(final String name, final InputStream file, final ModelCard card, final Labels labels,
		final Device device, final Cancellation cancellation)
	{
		this.name = name;
		this.card = card;
		this.labels = labels;
		this.device = device;
		this.cancellation = cancellation;
		final ModelDigest sum = new ModelDigest(file);
		try {
			network = compute(() -> new NetworkLoader(name, card, labels.names().size(), device).load(sum.module()));
			digest = sum.of(card, labels);
		}
		catch (final RuntimeException unfit) {
			memory.close();
			throw unfit;
		}
	}

	/** @return the name of the model, as users know it */
	public String name() {
		return name;
	}

	/** @return a sentence about what is probably wrong with the model; empty if there is nothing */
	public String warning() {
		return network.warning();
	}

	/** @return the names of the classes, in order */
	public List<String> labels() {
		return labels.names();
	}

	/**
	 * Finds a class that a user names. A label that differs in case is found only if no label is equal.
	 *
	 * @param written the number of a class, counted from 0, # and its number, or its label, or for ImageNet's classes
	 *        the WordNet ID, such as n01440764
	 * @return the number of the class
	 * @throws DipException if there is no such class, or there are several
	 */
	public int find(final String written) {
		return labels.find(written, name);
	}

	/**
	 * Checks the number of a class.
	 *
	 * @return the number
	 * @throws DipException if the model has no such class
	 */
	public int requireClass(final int number) {
		final int classes = labels.names().size();
		if (number >= 0 && number < classes) return number;
		throw new DipException(
			"The model " + name + " has no class " + number + ": use a number from 0 to " + (classes - 1) + ".");
	}

	/**
	 * Does work on libtorch's thread that calls this classifier. If the classifier was opened with a cancellation, a
	 * cancel ends the wait for a network that does not return.
	 *
	 * @throws java.util.concurrent.CancellationException if the network did not return after a cancel
	 */
	public <T> T compute(final Callable<T> work) {
		return cancellation == null ? Torch.compute(work) : Torch.compute(name, cancellation, work);
	}

	/**
	 * @param picture grey or RGB, in 0..1
	 * @return the scores of all classes
	 * @throws DipException if the picture is neither grey nor RGB, or a value is NaN or infinite
	 */
	public Prediction classify(final Picture picture) {
		return compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				return prediction(network.output(batch(manager, picture)));
			}
		});
	}

	/**
	 * @param picture grey or RGB, in 0..1
	 * @param score which score is differentiated
	 * @param target the number of the class
	 * @return the derivative of the score with respect to every pixel, in the size of the picture
	 * @throws DipException if the picture is neither grey nor RGB, or there is no such class
	 */
	public Picture gradient(final Picture picture, final ClassScore score, final int target) {
		requireClass(target);
		return explain(picture, score, prediction -> target).gradient();
	}

	/**
	 * Classifies a picture and differentiates a class score, in one forward and one backward pass.
	 *
	 * @param picture grey or RGB, in 0..1
	 * @param score which score is differentiated
	 * @param target chooses the class from the prediction; called once
	 * @throws DipException if the picture is neither grey nor RGB, or a value is NaN or infinite
	 */
	public Explanation explain(final Picture picture, final ClassScore score, final ToIntFunction<Prediction> target) {
		return compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final Prediction[] prediction = new Prediction[1];
				final NDArray gradient = network.gradients(batch(manager, picture), score, output -> {
					prediction[0] = prediction(output);
					return target.applyAsInt(prediction[0]);
				});
				return new Explanation(prediction[0], picture.with(finite(gradient.toFloatArray())));
			}
		});
	}

	/**
	 * Differentiates the score of a class with respect to every pixel, separately for each picture of a batch. To be
	 * called within {@link #compute} only.
	 *
	 * @param pixels pictures × channels × height × width in 0..1, on the {@linkplain #device() device}
	 * @param target the number of the class
	 * @return the gradients, in the shape of the pixels; they belong to the same manager
	 */
	public NDArray gradients(final NDArray pixels, final ClassScore score, final int target) {
		return network.gradients(pixels, score, output -> target);
	}

	/**
	 * @return the numbers themselves
	 * @throws DipException if one of them is infinite or not a number
	 */
	public float[] finite(final float[] gradient) {
		for (final float slope : gradient)
			if (!Float.isFinite(slope))
				throw new DipException(
					"The gradient of the model " + name + " is infinite or not a number for this image: "
						+ "check the model for a division by 0 or a root of 0.");
		return gradient;
	}

	private Prediction prediction(final NDArray output) {
		return new Prediction(network.logits(output), labels.names());
	}

	/**
	 * Checks a picture before it is classified.
	 *
	 * @throws DipException if it is neither grey nor RGB, or a value is NaN or infinite
	 */
	public static void requirePicture(final Picture picture) {
		if (picture.channels() != 1 && picture.channels() != 3)
			throw new DipException("A classifier needs a grey or RGB image, not one of " + picture.channels()
				+ " channels: convert it with Image > Type > RGB Color"
				+ (picture.channels() % 3 > 0 ? "."
					: ", or, if it is RGB already, make its channels slices with Image > Properties."));
		for (final float value : picture.values())
			if (!Float.isFinite(value))
				throw new DipException("The picture has a value that is " + (Float.isNaN(value) ? "NaN" : "infinite")
					+ ", which no classifier can use: replace such values, or inpaint the picture first.");
	}

	private static NDArray batch(final NDManager manager, final Picture picture) {
		requirePicture(picture);
		return manager.create(picture.values(), new Shape(1, picture.channels(), picture.height(), picture.width()));
	}

	/**
	 * Classifies a picture in another size of the network's input than its own, which networks that end in an average
	 * over all places accept.
	 *
	 * @param picture grey or RGB, in 0..1; it is not resized
	 * @return the scores of all classes
	 * @throws DipException if the picture is neither grey nor RGB, or the network accepts its own size only
	 */
	public Prediction classifyAsItIs(final Picture picture) {
		return compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				return prediction(network.withCard(card.withSize(picture.width(), picture.height()))
					.outputs(batch(manager, picture)).singletonOrThrow());
			}
			catch (final EngineException fixed) {
				throw new DipException("The network of " + name + " accepts inputs of " + card.width() + "x"
					+ card.height() + " pixels only, not of " + picture.width() + "x" + picture.height()
					+ ": use one that accepts any size, or leave out the randomisation.", fixed);
			}
		});
	}

	/**
	 * The part of a picture that the network sees, in the size of its input.
	 *
	 * @param picture grey or RGB, in 0..1
	 * @param whole whether the whole picture is resized, whatever its aspect ratio, instead of the part that the
	 *        classifier otherwise crops
	 * @return RGB, in 0..1
	 * @throws DipException if the picture is neither grey nor RGB, or a value is NaN or infinite
	 */
	public Picture input(final Picture picture, final boolean whole) {
		return compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final float[] values = network.withCard(whole ? card.squashing() : card).seen(batch(manager, picture));
				return new Picture(values, card.width(), card.height(), 3);
			}
		});
	}

	/** @return width and height of the network's input, in pixels */
	public int[] inputSides() {
		return new int[] { card.width(), card.height() };
	}

	/** @return the mean of red, green and blue, in 0..1, which the network sees as 0 */
	public float[] mean() {
		return card.mean().clone();
	}

	/** @return a checksum of the module, its card and its labels: models with the same one predict the same */
	public String digest() {
		return digest;
	}

	/** @return the size of the network's input for one picture, in numbers: 3 × height × width */
	public int inputSize() {
		return 3 * card.width() * card.height();
	}

	/**
	 * @return estimate of the bytes outside the Java heap that a prediction takes, on the safe side for large networks
	 */
	public long memory() {
		return BYTES * inputSize();
	}

	/** @return the device on which the network runs */
	public Device device() {
		return device;
	}

	/** Frees the network; a second call does nothing. */
	@Override
	public synchronized void close() {
		if (closed) return;
		closed = true;
		network.close();
		memory.close();
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s (%d classes)", name, labels.names().size());
	}
}
