package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Area;
import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;
import io.github.deepimageprior.saliency.SaliencyMethod;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the rows of {@link SaliencyStudy} say. */
final class SaliencyReport {

	private static final int RESAMPLES = 2000;

	/** The rows by method and picture. */
	private final Map<String, Map<String, List<Row>>> maps = new LinkedHashMap<>();
	private final List<Row> evolutions = new ArrayList<>();

	/** A measure of a map, and how much of it is good. */
	private record Measure(String name, ToDoubleFunction<List<Row>> of) {}

	private static final List<Measure> MEASURES = List.of(
		new Measure("area of deletion (low is good)", rows -> area(rows, "deletion")),
		new Measure("area of insertion (high is good)", rows -> area(rows, "insertion")),
		new Measure("agreement with another class (low is good)", rows -> rows.get(0).number(SaliencyStudy.OTHER)),
		new Measure("stability under noise (high is good)", rows -> rows.get(0).number(SaliencyStudy.STABILITY)),
		new Measure("Gini index (high is sparse)", rows -> rows.get(0).number(SaliencyStudy.GINI)));

	SaliencyReport(final List<Row> rows) {
		for (final Row row : rows) {
			if (row.text(SaliencyStudy.METHOD).equals(SaliencyStudy.EVOLUTION)) evolutions.add(row);
			else
				maps.computeIfAbsent(row.text(SaliencyStudy.METHOD), none -> new LinkedHashMap<>())
					.computeIfAbsent(row.picture(), none -> new ArrayList<>()).add(row);
		}
	}

	private static double area(final List<Row> rows, final String curve) {
		final List<Row> points = rows.stream().filter(row -> row.text(SaliencyStudy.CURVE).equals(curve)).toList();
		return Area.under(points.stream().mapToDouble(row -> row.number(SaliencyStudy.SHARE)).toArray(),
			points.stream().mapToDouble(row -> row.number("p_true")).toArray());
	}

	/** @return tables, figures and examples */
	List<Part> parts() {
		final List<Part> parts = new ArrayList<>();
		if (!maps.isEmpty()) {
			parts.add(new Part.Heading("Figure 4: how good the maps are"));
			parts.add(
				new Part.Text("Means over pictures, with bootstrap intervals of 95 %. Deletion replaces the pixels "
					+ "by grey, the most salient first, and insertion brings them back into a blurred picture "
					+ "(Petsiuk et al., 2018); the area is that under the probability of the true class. Agreement "
					+ "and stability are rank correlations: with the map of the logit of a random other class, from "
					+ "which a map that explains the prediction must differ, and with the map of the picture with "
					+ "noise of 2 grey levels. Maps that are compared have the same random baselines and samples. "
					+ "Where a number does not exist for a picture, such as the correlation with a map that is the "
					+ "same everywhere, the mean is over the others, whose number is given."));
			parts.add(summary());
			if (maps.containsKey(SaliencyMethod.MIG_SG.toString()) && maps.size() > 1) parts.add(differences());
			parts.add(figure("deletion"));
			parts.add(figure("insertion"));
			parts.addAll(examples());
		}
		if (!evolutions.isEmpty()) parts.addAll(evolution());
		return parts;
	}

	private static String cell(final double[] values) {
		final double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
		if (known.length == 0) return "";
		return Interval.ofMean(known, RESAMPLES, 0).around("%.3f", Arrays.stream(known).average().getAsDouble(), "")
			+ (known.length < values.length ? " of " + known.length : "");
	}

	private static List<String> columns(final String first) {
		final List<String> columns = new ArrayList<>(List.of(first, "pictures"));
		MEASURES.forEach(measure -> columns.add(measure.name));
		return columns;
	}

	private Table summary() {
		final List<List<String>> lines = new ArrayList<>();
		maps.forEach((method, pictures) -> {
			final List<String> line = new ArrayList<>(List.of(method, String.valueOf(pictures.size())));
			for (final Measure measure : MEASURES)
				line.add(cell(pictures.values().stream().mapToDouble(measure.of).toArray()));
			lines.add(line);
		});
		return new Table("summary", "Saliency maps", columns("method"), lines);
	}

	/** MIG-SG minus another method on the same pictures. */
	private Table differences() {
		final String first = SaliencyMethod.MIG_SG.toString();
		final List<List<String>> lines = new ArrayList<>();
		maps.forEach((method, pictures) -> {
			if (method.equals(first)) return;
			final List<String> common = pictures.keySet().stream().filter(maps.get(first)::containsKey).toList();
			final List<String> line = new ArrayList<>(List.of(method, String.valueOf(common.size())));
			for (final Measure measure : MEASURES)
				line.add(cell(common.stream().mapToDouble(one -> measure.of.applyAsDouble(maps.get(first).get(one))
					- measure.of.applyAsDouble(pictures.get(one))).toArray()));
			lines.add(line);
		});
		return new Table("differences",
			first + " minus other methods, on the same pictures: an interval without 0 is a difference, if there are "
				+ "ten pictures or more; intervals are not corrected for the number of comparisons",
			columns("compared with"), lines);
	}

	private Figure figure(final String curve) {
		final List<Figure.Curve> curves = new ArrayList<>();
		maps.forEach((method,
			pictures) -> curves.add(Series
				.of(pictures.values().stream().flatMap(List::stream)
					.filter(row -> row.text(SaliencyStudy.CURVE).equals(curve)).toList(),
					row -> (int) Math.round(100 * row.number(SaliencyStudy.SHARE)), row -> row.number("p_true"))
				.curve(method)));
		return new Figure(curve, "Probability of the true class under " + curve, "Pixels replaced (%)", "Probability",
			curves);
	}

	/** The maps of all methods, picture by picture. */
	private List<Part> examples() {
		final Map<String, List<Row>> pictures = new LinkedHashMap<>();
		maps.values().forEach(all -> all
			.forEach((picture, rows) -> pictures.computeIfAbsent(picture, none -> new ArrayList<>()).add(rows.get(0))));
		final List<Part> parts = new ArrayList<>(List.of(new Part.Heading("The maps of each picture"),
			new Part.Text("Picture, mask and overlay, by method.")));
		pictures.values().forEach(rows -> {
			parts.add(new Part.Text(rows.get(0).text("picture") + " (" + rows.get(0).text("class") + ")"));
			parts.add(new Part.Pictures(
				rows.stream().map(row -> StudyFolder.picture(row.text(RowFormat.KEY), SaliencyStudy.MAP)).toList(),
				rows.stream().map(row -> row.text(SaliencyStudy.METHOD)).toList()));
		});
		return parts;
	}

	private List<Part> evolution() {
		final Map<String, List<Row>> fits = evolutions.stream()
			.collect(Collectors.groupingBy(row -> row.text(RowFormat.KEY), LinkedHashMap::new, Collectors.toList()));
		final List<String> captions = fits.values().stream()
			.map(rows -> rows.get(0).text("class") + ": "
				+ rows.stream()
					.map(row -> String.format(Locale.ROOT, "%s%s p(true) %.2f",
						row.text("step").equals("0") ? "attacked" : "step ",
						row.text("step").equals("0") ? "" : row.text("step"), row.number("p_true")))
					.collect(Collectors.joining(", ")))
			.toList();
		return List.of(new Part.Heading("Figure 2: the map of MIG-SG over a fit to an attacked picture"),
			new Part.Text(
				"From left to right the attacked picture and the outputs of the prior; from top to bottom the "
					+ "output, its mask, and the map on the picture before the attack."),
			new Part.Pictures(fits.keySet().stream().map(key -> StudyFolder.picture(key, SaliencyStudy.MAP)).toList(),
				captions));
	}
}
