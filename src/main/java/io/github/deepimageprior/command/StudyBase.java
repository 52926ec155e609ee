package io.github.deepimageprior.command;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.classifier.ClassifierSource;
import io.github.deepimageprior.engine.Precision;
import io.github.deepimageprior.engine.Torch;
import io.github.deepimageprior.host.DialogPlace;
import io.github.deepimageprior.host.Display;
import io.github.deepimageprior.host.RunMonitor;
import io.github.deepimageprior.prior.FitSettings;
import io.github.deepimageprior.report.Table;
import io.github.deepimageprior.study.Protocol;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.Studies;
import io.github.deepimageprior.study.StudyRun;

import java.util.HashMap;
import java.util.Map;

import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;

/** Base class for the commands that run a study over many labelled pictures. */
abstract class StudyBase extends LongCommand {

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Pictures", style = "directory",
		initializer = "checkOptions",
		description = "Folder with a subfolder for each class (named by number, label or WordNet ID) or with "
			+ "CIFAR-10's binary batches; or a file: .csv with the columns file and class, .bin, .npz, .npy, "
			+ "NAME_ims; several with semicolons between them")
	private String data = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Output folder", style = "directory",
		description = "Folder for rows, tables, figures and report; a study that was interrupted goes on there")
	private String output = "";

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.FIRST), label = "Number of pictures", min = "1",
		description = "How many pictures are studied, chosen at random; fewer if there are no more")
	private int count = 40;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Choose pictures with seed",
		description = "Seed of the choice of pictures: the same seed chooses the same pictures of a folder, and a "
			+ "larger number of pictures only adds some")
	private long shuffle = 0;

	@Parameter(persist = false, label = "Classifier", choices = { ClassifierSource.LITE, ClassifierSource.RESNET_18,
		ClassifierSource.RESNET_50, ClassifierSource.FILE }, description = Classifiers.CHOICE)
	private String classifier = ClassifierSource.LITE;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), required = false, label = "Model file",
		style = "open", description = Classifiers.MODEL_FILE)
	@CountsIf("classifier=TorchScript file")
	private String model_file = "";

	@Parameter(persist = false, label = "Allow download", description = Classifiers.DOWNLOAD)
	private boolean download = false;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Trust the model file",
		description = Classifiers.TRUST)
	private boolean trust = false;

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Seed", description = FitBase.SEED)
	private long seed = FitSettings.DEFAULTS.seed();

	@Parameter(persist = false, label = "Device", choices = { "auto", "CPU", "GPU 0", "GPU 1", "GPU 2", "GPU 3" },
		description = FitBase.DEVICE)
	private String device = FitSettings.DEFAULTS.device();

	@Parameter(persist = false, attrs = @Attr(name = DialogPlace.ADVANCED), label = "Precision",
		choices = { Precision.AUTO, "float32", "bfloat16" }, description = FitBase.PRECISION)
	private String precision = Precision.AUTO;

	/** @return the name of the study */
	abstract String study();

	@Override
	final void work() {
		require("data", data, "the folder of the labelled pictures");
		require("output", output, "a folder for the results");
		startEngine();
		Classifiers.find(this, classifier, model_file, trust, download);
		final Map<String, String> resolved = Map.of("precision", StudyRun.precision(output, precision, device),
			"device", Torch.deviceName(device));
		final Map<String, String> values = new HashMap<>(MacroLine.values(this));
		values.put("study", study());
		Studies.complete(values);
		values.putAll(resolved);
		final Settings settings = Protocol.resolved(Settings.of(values));
		try (RunMonitor monitor = monitor(study(), false)) {
			final StudyRun.Result result = new StudyRun(settings, MacroLine.of(this, resolved), listener(monitor))
				.run(cancellation());
			result.report().parts().stream()
				.filter(part -> part instanceof Table table && "summary".equals(table.name()))
				.forEach(part -> addRows((Table) part));
			Display.log(study() + ": " + result.sentence());
		}
	}

	private static void require(final String key, final String value, final String what) {
		if (value.isBlank()) throw new DipException("The value of " + key + " is empty: enter " + what + ".");
	}

	private StudyRun.Listener listener(final RunMonitor monitor) {
		return new StudyRun.Listener() {

			@Override
			public void announce(final String sentence) {
				monitor.announce(sentence);
			}

			@Override
			public void warn(final String sentence) {
				monitor.warn(sentence);
			}

			@Override
			public void progress(final double fraction, final String text) {
				monitor.progress(fraction, text);
			}
		};
	}

	private void addRows(final Table table) {
		table.rows().forEach(row -> {
			final Object[] cells = new Object[2 * row.size()];
			for (int i = 0; i < row.size(); i++) {
				cells[2 * i] = table.columns().get(i);
				cells[2 * i + 1] = value(row.get(i));
			}
			Display.addRow(study(), cells);
		});
		Display.showResults();
	}

	/** @return a number, or the text if it is none, as the name 2024.05.01 of a set */
	static Object value(final String cell) {
		return cell.matches("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?") ? Double.valueOf(cell) : cell;
	}
}
