package io.github.deepimageprior.study;

import io.github.deepimageprior.measure.Interval;
import io.github.deepimageprior.report.Figure;
import io.github.deepimageprior.report.Part;
import io.github.deepimageprior.report.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the rows of {@link ArchitectureStudy} say. */
final class ArchitectureReport {

	private static final int RESAMPLES = 2000;

	/** The rows of each architecture and picture. */
	private final Map<Architecture, Map<String, List<Row>>> fits = new LinkedHashMap<>();

	private record Architecture(String scales, String maps, String skip, String kernel, String parameters) {

		String curve() {
			return scales + (scales.equals("1") ? " scale of " : " scales of ") + maps + ", " + kernel + "x" + kernel;
		}
	}

	ArchitectureReport(final List<Row> rows) {
		for (final Row row : rows)
			fits.computeIfAbsent(new Architecture(row.text("scales"), row.text("maps"), row.text("skip"),
				row.text("kernel"), row.text("parameters")), none -> new LinkedHashMap<>())
				.computeIfAbsent(row.picture(), none -> new ArrayList<>()).add(row);
	}

	/** A mean over pictures. */
	private record Mean(double value, Interval interval) {

		@Override
		public String toString() {
			return interval.around("%.2f", value, "");
		}
	}

	private Mean mean(final Architecture one, final ToDoubleFunction<List<Row>> ofPicture) {
		final double[] values = fits.get(one).values().stream().mapToDouble(ofPicture).toArray();
		return new Mean(Arrays.stream(values).average().getAsDouble(), Interval.ofMean(values, RESAMPLES, 0));
	}

	/** The row of the step with the highest PSNR, which only the clean picture tells. */
	private static Row best(final List<Row> rows) {
		return rows.stream().filter(row -> !row.text("step").equals("0"))
			.filter(row -> row.text("defence").equals(Defences.PRIOR))
			.reduce((a, b) -> b.number("psnr") > a.number("psnr") ? b : a).get();
	}

	private static Row stop(final List<Row> rows) {
		return rows.stream().filter(row -> row.text("defence").equals(ArchitectureStudy.STOP)).findFirst().get();
	}

	/** @return a table of all architectures and a figure */
	List<Part> parts() {
		final List<List<String>> lines = new ArrayList<>();
		final Map<String, Map<Double, Mean>> curves = new LinkedHashMap<>();
		for (final Architecture one : fits.keySet()) {
			final Mean best = mean(one, rows -> best(rows).number("psnr"));
			final String fitted = fits.get(one).values().iterator().next().get(0).text("fitted_scales");
			final String scales = fitted.equals(one.scales) ? fitted : one.scales + " (" + fitted + " fit the picture)";
			lines.add(List.of(scales, one.maps, one.skip, one.kernel, one.parameters,
				String.valueOf(fits.get(one).size()), mean(one, rows -> rows.get(0).number("psnr")).toString(),
				best.toString(), mean(one, rows -> best(rows).number("step")).toString(),
				mean(one, rows -> stop(rows).number("psnr")).toString(),
				mean(one, rows -> best(rows).number("p_true")).toString(),
				mean(one, rows -> stop(rows).number("p_true")).toString()));
			curves.computeIfAbsent(one.curve(), none -> new LinkedHashMap<>()).put(Double.valueOf(one.skip), best);
		}
		final List<Part> parts = new ArrayList<>();
		parts.add(new Part.Heading("Section 6: which architectures fail"));
		parts.add(
			new Part.Text("Means over pictures, with bootstrap intervals of 95 %. The best step is the one with the "
				+ "highest PSNR to the clean picture, which a user does not know; the stop is that of the rule EMV, "
				+ stopped()
				+ "The paper reports, without numbers, that networks without skip connections and very shallow ones "
				+ "fail."));
		parts.add(new Table("summary", "Architectures",
			List.of("scales", "maps", "maps of skip connections", "kernel", "parameters", "pictures",
				"PSNR of the noisy picture", "PSNR at the best step", "best step", "PSNR at the stop",
				"p(true) at the best step", "p(true) at the stop"),
			lines));
		parts.add(new Figure("architectures", "PSNR at the best step", "Maps of skip connections", "PSNR (dB)",
			curves.entrySet().stream().map(curve -> curve(curve.getKey(), curve.getValue())).toList()));
		parts.addAll(Examples.parts("clean, noisy, output at the stop",
			fits.values().stream().flatMap(pictures -> pictures.values().stream()).map(ArchitectureReport::stop)
				.toList(),
			"psnr", row -> String.format(Locale.ROOT, "%s, %s scales, %s maps, skip connections of %s, PSNR %.2f dB",
				row.text("class"), row.text("scales"), row.text("maps"), row.text("skip"), row.number("psnr"))));
		return parts;
	}

	/** How many fits were long enough for the rule. */
	private String stopped() {
		final List<Row> stops = fits.values().stream().flatMap(pictures -> pictures.values().stream())
			.map(ArchitectureReport::stop).toList();
		return "which found its step in " + stops.stream().filter(row -> row.text(Shown.STOPPED).equals("1")).count()
			+ " of " + stops.size() + " fits; of the others it is the best so far at the last step. ";
	}

	private static Figure.Curve curve(final String name, final Map<Double, Mean> points) {
		final double[] x = points.keySet().stream().mapToDouble(Double::doubleValue).sorted().toArray();
		return new Figure.Curve(name, x, Arrays.stream(x).map(skip -> points.get(skip).value).toArray(),
			Arrays.stream(x).map(skip -> points.get(skip).interval.low()).toArray(),
			Arrays.stream(x).map(skip -> points.get(skip).interval.high()).toArray());
	}
}
