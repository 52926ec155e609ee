package io.github.deepimageprior.classifier;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.Torch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

	private final String name;
	private final ModelCard card;
	private final List<String> labels;
	private final Device device;
	private final String digest;
	private final NativeMemory memory = NativeMemory.keep(0); // reused from picture to picture
	private final ClassifierNetwork network;
	private boolean closed;

	/**
	 * @param name of the model, as users know it
	 * @param file the content of the TorchScript file
	 * @param card describes the input and output of the model
	 * @param labels the names of its classes, in order
	 * @throws DipException if the file is not a TorchScript module, or does not fit card and labels
	 */
	Classifier(final String name, final byte[] file, final ModelCard card, final List<String> labels,
		final Device device)
	{
		this.name = name;
		this.card = card;
		this.labels = List.copyOf(labels);
		this.device = device;
		digest = digest(file, card, this.labels);
		try {
			network = new NetworkLoader(name, card, labels.size(), device).load(file);
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

	/** @return the names of the classes, in order */
	public List<String> labels() {
		return labels;
	}

	/**
	 * Finds a class that a user names. A label that differs in case is found only if no label is equal.
	 *
	 * @param written the number of a class, counted from 0, or its label, or for ImageNet's classes the WordNet ID,
	 *        such as n01440764
	 * @return the number of the class
	 * @throws DipException if there is no such class
	 */
	public int find(final String written) {
		final String wanted = written.strip();
		if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) < labels.size()) return Integer.parseInt(wanted);
		if (labels.contains(wanted)) return labels.indexOf(wanted);
		for (int i = 0; i < labels.size(); i++) if (labels.get(i).equalsIgnoreCase(wanted)) return i;
		if (wanted.matches("n\\d{8}") && labels.equals(ModelFiles.imageNetLabels())) {
			final int known = ModelFiles.wordNetIds().indexOf(wanted);
			if (known >= 0) return known;
		}
		throw new DipException("The model " + name + " has no class '" + wanted + "': enter a number from 0 to "
			+ (labels.size() - 1) + ", or a label as DIP Classify shows it.");
	}

	/**
	 * @param picture grey or RGB, in 0..1
	 * @return the scores of all classes
	 * @throws DipException if the picture is neither grey nor RGB
	 */
	public Prediction classify(final Picture picture) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				return prediction(network.outputs(batch(manager, picture)).singletonOrThrow());
			}
		});
	}

	/**
	 * @param picture grey or RGB, in 0..1
	 * @param score which score is differentiated
	 * @param target the number of the class
	 * @return the derivative of the score with respect to every pixel, in the size of the picture
	 * @throws DipException if the picture is neither grey nor RGB
	 */
	public Picture gradient(final Picture picture, final ClassScore score, final int target) {
		return explain(picture, score, prediction -> target).gradient();
	}

	/**
	 * A prediction and the gradient that explains it.
	 *
	 * @param prediction the scores of all classes
	 * @param gradient the derivative of the score of one class with respect to every pixel, in the size of the picture
	 */
	public record Explanation(Prediction prediction, Picture gradient) {}

	/**
	 * Classifies a picture and differentiates a class score, in one forward and one backward pass.
	 *
	 * @param picture grey or RGB, in 0..1
	 * @param score which score is differentiated
	 * @param target chooses the class from the prediction; called once
	 * @throws DipException if the picture is neither grey nor RGB
	 */
	public Explanation explain(final Picture picture, final ClassScore score, final ToIntFunction<Prediction> target) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final Prediction[] prediction = new Prediction[1];
				final NDArray gradient = network.gradients(batch(manager, picture), score, output -> {
					prediction[0] = prediction(output);
					return target.applyAsInt(prediction[0]);
				});
				return new Explanation(prediction[0], picture.with(gradient.toFloatArray()));
			}
		});
	}

	/**
	 * Differentiates the score of a class with respect to every pixel, separately for each picture of a batch. To be
	 * called within {@link Torch#compute} only.
	 *
	 * @param pixels pictures × channels × height × width in 0..1, on the {@linkplain #device() device}
	 * @param target the number of the class
	 * @return the gradients, in the shape of the pixels; they belong to the same manager
	 */
	public NDArray gradients(final NDArray pixels, final ClassScore score, final int target) {
		return network.gradients(pixels, score, output -> target);
	}

	private Prediction prediction(final NDArray output) {
		return new Prediction(network.logits(output), labels);
	}

	private static NDArray batch(final NDManager manager, final Picture picture) {
		if (picture.channels() != 1 && picture.channels() != 3)
			throw new DipException("A classifier needs a grey or RGB image, not one of " + picture.channels()
				+ " channels: convert it with Image > Type > RGB Color.");
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
		return Torch.compute(() -> {
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
	 * @throws DipException if the picture is neither grey nor RGB
	 */
	public Picture input(final Picture picture, final boolean whole) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final float[] values = network.withCard(whole ? card.squashing() : card).input(batch(manager, picture));
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

	private static String digest(final byte[] file, final ModelCard card, final List<String> labels) {
		try {
			final MessageDigest sum = MessageDigest.getInstance("SHA-256");
			sum.update(file);
			sum.update((card.text() + "\n" + String.join("\n", labels)).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(sum.digest());
		}
		catch (final NoSuchAlgorithmException missing) {
			throw new IllegalStateException(missing); // every Java platform provides SHA-256
		}
	}

	/** @return the size of the network's input for one picture, in numbers: 3 × height × width */
	public int inputSize() {
		return 3 * card.width() * card.height();
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
		return String.format(Locale.ROOT, "%s (%d classes)", name, labels.size());
	}
}
