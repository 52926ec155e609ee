package io.github.deepimageprior.nonlocal;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of reference patches, which are denoised in one call of the program. Reference patches are counted from 0
 * along each axis; there is one every few pixels and one at the end. The memory of a call depends on the size of a tile
 * and not on the size of the picture, and the result does not depend on the tiles.
 *
 * @param firstRow of the reference patches
 * @param lastRow the row after the last one
 * @param firstColumn of the reference patches
 * @param lastColumn the column after the last one
 */
record ReferenceTile(int firstRow, int lastRow, int firstColumn, int lastColumn) {

	/** Reference patches along each side of a tile: a call takes about half a second on one core. */
	private static final int SIDE = 32;

	private static final int LEAST = 8;

	/** @return the reference patches along each side of a tile, fewer if there are many components */
	static int side(final int components) {
		return components <= ChainStep.JOINT ? SIDE
			: Math.max(LEAST, (int) (SIDE * Math.sqrt((double) ChainStep.JOINT / components)));
	}

	/**
	 * @param width of the picture
	 * @param height of the picture
	 * @param side of a patch
	 * @param stride of the reference patches, in pixels
	 * @param components of the picture
	 * @return tiles that have every reference patch once
	 */
	static List<ReferenceTile> all(final int width, final int height, final int side, final int stride,
		final int components)
	{
		final int rows = references(height, side, stride), columns = references(width, side, stride);
		final int length = side(components);
		final List<ReferenceTile> tiles = new ArrayList<>();
		for (int row = 0; row < rows; row += length) for (int column = 0; column < columns; column += length) {
			tiles.add(new ReferenceTile(row, Math.min(rows, row + length), column, Math.min(columns, column + length)));
		}
		return tiles;
	}

	private static int references(final int pixels, final int side, final int stride) {
		return (pixels - side + stride - 1) / stride + 1;
	}
}
