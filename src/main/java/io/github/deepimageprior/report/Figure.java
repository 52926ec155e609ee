package io.github.deepimageprior.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure of curves.
 *
 * @param name of its files, without the extension
 * @param title above it
 * @param xLabel of the horizontal axis
 * @param yLabel of the vertical axis
 * @param curves at least one
 */
public record Figure(String name, String title, String xLabel, String yLabel, List<Curve> curves) implements Part {

	/**
	 * A curve, with a band if its values are known within limits only.
	 *
	 * @param name in the legend
	 * @param x horizontal coordinates, ascending
	 * @param y vertical coordinates; NaN interrupts the curve
	 * @param low lower edge of the band; NaN where there is none, null for no band
	 * @param high upper edge of the band; NaN where there is none, null for no band
	 */
	public record Curve(String name, double[] x, double[] y, double[] low, double[] high) {}

	/** Copies the list. */
	public Figure {
		curves = List.copyOf(curves);
		if (curves.isEmpty()) throw new IllegalArgumentException("A figure needs a curve");
	}

	/** @return all points of all curves */
	public Table data() {
		final List<List<String>> rows = new ArrayList<>();
		for (final Curve curve : curves) for (int i = 0; i < curve.x.length; i++) {
			rows.add(List.of(curve.name, String.valueOf(curve.x[i]), String.valueOf(curve.y[i]),
				edge(curve.low, i), edge(curve.high, i)));
		}
		return new Table(name, title, List.of("curve", xLabel, yLabel, "low", "high"), rows);
	}

	private static String edge(final double[] band, final int i) {
		return band == null || Double.isNaN(band[i]) ? "" : String.valueOf(band[i]);
	}
}
