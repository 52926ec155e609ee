package io.github.deepimageprior.tile;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Picture;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A plan that divides a large picture into overlapping tiles of one size, spread evenly: {@code side} pixels a side, or
 * the picture's side where that is smaller. It uses as few tiles as an overlap of at least {@code overlap} pixels
 * allows. Tiles are counted row by row.
 * <p>
 * Each tile has weights, a product of one factor along x and one along y, that fall off smoothly where it overlaps its
 * neighbours. At every pixel the weights of all tiles add up to 1.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param side greatest side of a tile in pixels, at least 32
 * @param overlap least overlap of neighbours in pixels, less than half a tile
 * @param scale how many times larger the picture is in which the tiles are placed; all sizes above refer to the smaller
 *        picture
 */
public record Tiles(int width, int height, int side, int overlap, int scale) implements Serializable {

	private static final int SMALLEST = 32;

	/** @throws DipException if tiles are too small or overlap too much */
	public Tiles {
		if (width < 1 || height < 1) throw new IllegalArgumentException("No pixels: " + width + "x" + height);
		if (side < SMALLEST)
			throw new DipException("Tiles of " + side + " pixels are too small: use at least " + SMALLEST + ".");
		if (overlap < 0 || 2 * overlap >= side)
			throw new DipException("Tiles of " + side + " pixels cannot overlap by " + overlap
				+ ": use an overlap from 0 to " + (side - 1) / 2 + ".");
	}

	/** Tiles of the picture itself. */
	public Tiles(final int width, final int height, final int side, final int overlap) {
		this(width, height, side, overlap, 1);
	}

	/** @return the same tiles in a picture that is {@code factor} times larger */
	public Tiles times(final int factor) {
		return new Tiles(width, height, side, overlap, scale * factor);
	}

	/** @return the number of tiles */
	public int count() {
		return x().count() * y().count();
	}

	/** @return where tile i lies in the picture */
	public Tile tile(final int i) {
		final int column = i % x().count(), row = i / x().count();
		return new Tile(scale * x().start(column), scale * y().start(row), scale * x().side(), scale * y().side());
	}

	/** @return all tiles, row by row */
	public List<Tile> all() {
		return IntStream.range(0, count()).mapToObj(this::tile).toList();
	}

	/** @return a copy of tile i of the picture */
	public Picture cut(final Picture picture, final int i) {
		requireSize(picture, scale * width, scale * height);
		final Tile tile = tile(i);
		return picture.part(tile.x(), tile.y(), tile.width(), tile.height());
	}

	/** @return the weight factors of tile i, one for each of its columns */
	float[] columnWeights(final int i) {
		return x().weights(i % x().count(), scale);
	}

	/** @return the weight factors of tile i, one for each of its rows */
	float[] rowWeights(final int i) {
		return y().weights(i / x().count(), scale);
	}

	static void requireSize(final Picture picture, final int width, final int height) {
		if (picture.width() != width || picture.height() != height)
			throw new IllegalArgumentException("The picture has " + picture.width() + "x" + picture.height()
				+ " pixels instead of " + width + "x" + height);
	}

	private Axis x() {
		return new Axis(width, Math.min(width, side), overlap);
	}

	private Axis y() {
		return new Axis(height, Math.min(height, side), overlap);
	}
}
