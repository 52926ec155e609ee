package io.github.deepimageprior.report;

import io.github.deepimageprior.report.Figure.Curve;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** Draws a figure into an image; this needs no display. */
final class FigureImage {

	private static final int WIDTH = 900, HEIGHT = 560, LEFT = 80, RIGHT = 230, TOP = 50, BOTTOM = 60, TICK = 6;

	/** Distinguishable with defective colour vision too: Wong, "Points of view: Color blindness" (2011). */
	private static final int[] COLOURS = { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x000000 };

	private final Figure figure;
	private final Graphics2D pen;
	private final double left, right, bottom, top;

	private FigureImage(final Figure figure, final Graphics2D pen) {
		this.figure = figure;
		this.pen = pen;
		left = all(Curve::x).min().orElse(0);
		right = Math.max(all(Curve::x).max().orElse(1), left + 1e-9);
		bottom = Math.min(0, DoubleStream.concat(all(Curve::y), all(Curve::low)).min().orElse(0));
		top = Math.max(DoubleStream.concat(all(Curve::y), all(Curve::high)).max().orElse(1), bottom + 1e-9);
	}

	private DoubleStream all(final Function<Curve, double[]> part) {
		return figure.curves().stream().map(part).filter(values -> values != null).flatMapToDouble(Arrays::stream)
			.filter(Double::isFinite);
	}

	/** @return the figure in RGB */
	static BufferedImage of(final Figure figure) {
		final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
		final Graphics2D pen = image.createGraphics();
		pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		pen.setColor(Color.WHITE);
		pen.fillRect(0, 0, WIDTH, HEIGHT);
		new FigureImage(figure, pen).draw();
		pen.dispose();
		return image;
	}

	private void draw() {
		pen.setColor(Color.BLACK);
		pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
		pen.drawString(figure.title(), LEFT, TOP - 20);
		pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
		axes();
		for (int i = 0; i < figure.curves().size(); i++) {
			final Curve curve = figure.curves().get(i);
			final int colour = COLOURS[i % COLOURS.length];
			if (curve.low() != null) {
				pen.setColor(new Color(colour & 0xffffff | 0x30 << 24, true));
				pen.fill(band(curve));
			}
			pen.setColor(new Color(colour));
			final float[] dashes = i < COLOURS.length ? null : new float[] { 7, 5 };
			pen.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
			pen.draw(line(curve.x(), curve.y()));
			final int y = TOP + 12 + 20 * i;
			pen.drawLine(WIDTH - RIGHT + 12, y - 4, WIDTH - RIGHT + 36, y - 4);
			pen.setColor(Color.BLACK);
			pen.drawString(curve.name(), WIDTH - RIGHT + 42, y);
		}
	}

	private void axes() {
		pen.drawRect(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
		for (final double x : ticks(left, right)) {
			final int at = (int) Math.round(x(x));
			pen.drawLine(at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + TICK);
			centred(number(x), at, HEIGHT - BOTTOM + 20);
		}
		for (final double y : ticks(bottom, top)) {
			final int at = (int) Math.round(y(y));
			pen.drawLine(LEFT - TICK, at, LEFT, at);
			pen.drawString(number(y), LEFT - TICK - 4 - pen.getFontMetrics().stringWidth(number(y)), at + 5);
		}
		centred(figure.xLabel(), (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16);
		pen.rotate(-Math.PI / 2);
		centred(figure.yLabel(), -(TOP + HEIGHT - BOTTOM) / 2, 22);
		pen.rotate(Math.PI / 2);
	}

	private void centred(final String text, final int x, final int y) {
		pen.drawString(text, x - pen.getFontMetrics().stringWidth(text) / 2, y);
	}

	private double x(final double value) {
		return LEFT + (value - left) / (right - left) * (WIDTH - LEFT - RIGHT);
	}

	private double y(final double value) {
		return HEIGHT - BOTTOM - (value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM);
	}

	private Path2D line(final double[] x, final double[] y) {
		final Path2D path = new Path2D.Double();
		boolean down = false;
		for (int i = 0; i < x.length; i++) {
			final boolean known = Double.isFinite(y[i]);
			if (known && down) path.lineTo(x(x[i]), y(y[i]));
			else if (known) path.moveTo(x(x[i]), y(y[i]));
			down = known;
		}
		return path;
	}

	private Path2D band(final Curve curve) {
		final Path2D path = line(curve.x(), curve.low());
		for (int i = curve.x().length - 1; i >= 0; i--)
			if (Double.isFinite(curve.high()[i]) && path.getCurrentPoint() != null)
				path.lineTo(x(curve.x()[i]), y(curve.high()[i]));
		return path;
	}

	/** @return about five round numbers within a range */
	static double[] ticks(final double from, final double to) {
		final double rough = (to - from) / 5, power = Math.pow(10, Math.floor(Math.log10(rough)));
		final double step = Arrays.stream(new double[] { 1, 2, 5, 10 }).filter(n -> n * power >= rough).findFirst()
			.orElse(10) * power;
		final long first = (long) Math.ceil(from / step - 1e-9), last = (long) Math.floor(to / step + 1e-9);
		return DoubleStream.iterate(first, i -> i <= last, i -> i + 1).map(i -> i * step).toArray();
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.6f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
	}
}
