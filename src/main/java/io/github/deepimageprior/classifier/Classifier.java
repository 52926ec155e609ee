package io.github.deepimageprior.classifier;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;
import io.github.deepimageprior.engine.MemoryOrder;
import io.github.deepimageprior.engine.NativeMemory;
import io.github.deepimageprior.engine.Program;
import io.github.deepimageprior.engine.Torch;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * A network that says what a picture shows, and how every pixel speaks for a class. Pictures are in pixel space, 0..1,
 * of any size, grey or RGB; cropping, resizing and normalisation happen inside, and gradients lead back through them.
 * It is in evaluation mode, always.
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
	private final NativeMemory memory = NativeMemory.keep(0); // which picture after picture takes and gives back
	private final Program program, model;
	private final MemoryOrder order;
	private boolean closed;

	/**
	 * @param name what users call it
	 * @param file the TorchScript module
	 * @param card what must be known of it
	 * @param labels the names of its classes
	 * @throws DipException if the file is no TorchScript module, or does not fit its card and labels
	 */
	Classifier(final String name, final byte[] file, final ModelCard card, final List<String> labels,
		final Device device)
	{
		this.name = name;
		this.card = card;
		this.labels = List.copyOf(labels);
		this.device = device;
		try {
			program = Torch.compute(() -> Program.of(Classifier.class, "Classifier", device));
			model = Torch.compute(() -> Program.read(new ByteArrayInputStream(file), device));
		}
		catch (final RuntimeException foreign) {
			memory.close();
			if (!(foreign instanceof EngineException)) throw foreign;
			throw new DipException("The file " + name + " is not a TorchScript module: write it with torch.jit.save.",
				foreign);
		}
		try {
			order = check() ? MemoryOrder.CHANNELS_LAST : MemoryOrder.CONTIGUOUS;
		}
		catch (final RuntimeException unfit) {
			close();
			throw unfit;
		}
	}

	/**
	 * Classifies a grey picture, to see that module, card and labels belong together, and whether the module takes
	 * pictures in channels-last order, which is faster: one that reshapes its maps with {@code view} does not.
	 *
	 * @return whether it does
	 */
	private boolean check() {
		try {
			outputOf(MemoryOrder.CHANNELS_LAST);
			return true;
		}
		catch (final EngineException | UnsupportedOperationException unfit) {
			try {
				outputOf(MemoryOrder.CONTIGUOUS);
				return false;
			}
			catch (final EngineException | UnsupportedOperationException really) {
				throw new DipException(
					"The model " + name + " cannot classify an RGB picture of " + card.width() + "x" + card.height()
						+ " pixels into one tensor: see width and height in its JSON file (" + reason(really) + ").",
					really);
			}
		}
	}

	private void outputOf(final MemoryOrder order) {
		Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final NDArray grey = manager.ones(new Shape(1, 3, card.height(), card.width())).mul(0.5);
				final NDList output = model.infer("forward", program.infer("prepare", prepared(grey, order)).get(1));
				final Shape shape = output.isEmpty() ? new Shape() : output.get(0).getShape();
				if (output.size() != 1 || shape.dimension() != 2 || shape.get(1) != labels.size())
					throw new DipException("The model " + name + " gives "
						+ (output.size() != 1 ? output.size() + " outputs" : "an output of shape " + shape)
						+ " and has " + labels.size()
						+ " labels: it must give one row of numbers, and its labels file have one line for each.");
				return null;
			}
		});
	}

	/** The last line of what libtorch says; the others are a trace of its code. */
	private static String reason(final Throwable problem) {
		return String.valueOf(problem.getMessage()).strip().lines().reduce((first, last) -> last).orElse("");
	}

	/** @return what users call it */
	public String name() {
		return name;
	}

	/** @return the names of the classes, in order */
	public List<String> labels() {
		return labels;
	}

	/**
	 * @param written a class's number, counted from 0, or its label
	 * @return its number
	 * @throws DipException if there is no such class
	 */
	public int find(final String written) {
		final String wanted = written.strip();
		if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) < labels.size()) return Integer.parseInt(wanted);
		if (labels.contains(wanted)) return labels.indexOf(wanted);
		for (int i = 0; i < labels.size(); i++) if (labels.get(i).equalsIgnoreCase(wanted)) return i;
		throw new DipException("The model " + name + " has no class '" + wanted + "': write a number from 0 to "
			+ (labels.size() - 1) + ", or a label as DIP Classify shows it.");
	}

	/** @return what it says of the picture */
	public Prediction classify(final Picture picture) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final NDArray input = program.infer("prepare", prepared(batch(manager, picture), order)).get(1);
				return prediction(model.infer("forward", input).singletonOrThrow());
			}
		});
	}

	/** @return the derivative of a class's score with respect to every pixel, of the picture's own size */
	public Picture gradient(final Picture picture, final ClassScore score, final int target) {
		return explain(picture, score, prediction -> target).gradient();
	}

	/**
	 * What the network says of a picture, and why.
	 *
	 * @param prediction what it says
	 * @param gradient the derivative of a class's score with respect to every pixel, of the picture's own size
	 */
	public record Explanation(Prediction prediction, Picture gradient) {}

	/**
	 * Classifies a picture and differentiates a score, in one pass.
	 *
	 * @param target chooses the class from what the network says
	 */
	public Explanation explain(final Picture picture, final ClassScore score, final ToIntFunction<Prediction> target) {
		return Torch.compute(() -> {
			try (NDManager manager = Torch.manager(device)) {
				final Prediction[] said = new Prediction[1];
				final NDArray slope = gradients(batch(manager, picture), score, output -> {
					said[0] = prediction(output);
					return target.applyAsInt(said[0]);
				});
				return new Explanation(said[0], picture.with(slope.toFloatArray()));
			}
		});
	}

	private Prediction prediction(final NDArray output) {
		try (NDArray how = output.getManager().create(new long[] { card.probabilities() ? 1 : 0 });
			NDList logits = program.infer("logits", output, how))
		{
			return new Prediction(logits.singletonOrThrow().toFloatArray(), labels);
		}
	}

	/**
	 * The derivative of a class's score with respect to every pixel, for every picture of a batch. Within
	 * {@link Torch#compute} only.
	 *
	 * @param pixels pictures × channels × height × width, in pixel space
	 * @return an array of the same shape, of the same manager
	 */
	public NDArray gradients(final NDArray pixels, final ClassScore score, final int target) {
		return gradients(pixels, score, output -> target);
	}

	private NDArray gradients(final NDArray pixels, final ClassScore score, final ToIntFunction<NDArray> target) {
		try (NDList prepared = program.call("prepare", prepared(pixels, order));
			NDList output = model.call("forward", prepared.get(1)); NDArray how = pixels.getManager()
				.create(new long[] { card.probabilities() ? 1 : 0, target.applyAsInt(output.get(0)), score.ordinal() }))
		{
			return program.call("slope", output.get(0), prepared.get(0), how).singletonOrThrow();
		}
	}

	/** @return how many numbers the network is shown for a picture: 3 × height × width of its input */
	public int inputSize() {
		return 3 * card.width() * card.height();
	}

	/** @return where it runs */
	public Device device() {
		return device;
	}

	private NDArray[] prepared(final NDArray pixels, final MemoryOrder order) {
		final NDManager manager = pixels.getManager();
		final int width = (int) pixels.getShape().get(3), height = (int) pixels.getShape().get(2);
		final int[] part = card.part(width, height);
		final NDArray crop = manager.create(new long[] { part[0], part[1], part[2], part[3], card.width(),
			card.height(), card.bicubic() ? 1 : 0, order.number() });
		final float[] norm = new float[6];
		System.arraycopy(card.mean(), 0, norm, 0, 3);
		System.arraycopy(card.std(), 0, norm, 3, 3);
		return new NDArray[] { pixels, crop, manager.create(norm, new Shape(2, 3)) };
	}

	private NDArray batch(final NDManager manager, final Picture picture) {
		if (picture.channels() != 1 && picture.channels() != 3)
			throw new DipException("A classifier sees grey or RGB pictures, not " + picture.channels()
				+ " channels: convert the image with Image > Type > RGB Color.");
		return manager.create(picture.values(), new Shape(1, picture.channels(), picture.height(), picture.width()));
	}

	/** Frees the model. */
	@Override
	public synchronized void close() {
		if (closed) return;
		closed = true;
		Torch.compute(() -> {
			model.close();
			return null;
		});
		memory.close();
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%s (%d classes)", name, labels.size());
	}
}
