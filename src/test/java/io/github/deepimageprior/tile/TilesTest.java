package io.github.deepimageprior.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.Formula;
import io.github.deepimageprior.Picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TilesTest {

	private static final String SIZES = """
		4096, 4096, 512, 64
		100, 37, 32, 8
		521, 389, 128, 31
		509, 1021, 256, 127
		481, 64, 256, 32
		20, 3000, 64, 0
		33, 32, 32, 15
		64, 64, 64, 16
		""";

	@ParameterizedTest
	@CsvSource(textBlock = SIZES)
	void equalTilesCoverThePictureAndOverlapEnough(final int width, final int height, final int tile,
		final int overlap)
	{
		final List<Tile> boxes = new Tiles(width, height, tile, overlap).all();
		int right = 0, bottom = 0;
		for (int i = 0; i < boxes.size(); i++) {
			final Tile box = boxes.get(i);
			assertTrue(
				box.x() >= 0 && box.x() + box.width() <= width && box.y() >= 0 && box.y() + box.height() <= height,
				box + " lies in the picture");
			assertEquals(Math.min(width, tile), box.width());
			assertEquals(Math.min(height, tile), box.height());
			if (box.x() == 0) {
				if (box.y() > 0) assertTrue(bottom - box.y() >= overlap, "rows overlap by " + (bottom - box.y()));
				assertTrue(i == 0 || right == width, "a row ends at " + right);
				bottom = box.y() + box.height();
			}
			else assertTrue(right - box.x() >= overlap, "columns overlap by " + (right - box.x()));
			right = box.x() + box.width();
		}
		assertEquals(width, right);
		assertEquals(height, bottom);
	}

	@ParameterizedTest
	@CsvSource(textBlock = SIZES)
	void weightsAreNotNegativeAndSumToOne(final int width, final int height, final int tile, final int overlap) {
		final Tiles tiles = new Tiles(width, height, tile, overlap);
		final Blend blend = new Blend(tiles, 1);
		for (int i = 0; i < tiles.count(); i++) {
			for (final float weight : tiles.columnWeights(i))
				assertTrue(weight >= 0 && weight <= 1, "weight " + weight);
			final Tile box = tiles.tile(i);
			final float[] ones = new float[box.width() * box.height()];
			Arrays.fill(ones, 1);
			blend.add(i, new Picture(ones, box.width(), box.height(), 1));
		}
		float worst = 0;
		for (final float sum : blend.picture().values()) worst = Math.max(worst, Math.abs(sum - 1));
		assertTrue(worst <= 1e-6f, "off by " + worst);
	}

	@ParameterizedTest
	@CsvSource({ "100, 37, 32, 8", "211, 97, 64, 20", "30, 20, 32, 8" })
	void tilesOfAPictureGiveItBack(final int width, final int height, final int tile, final int overlap) {
		final Picture picture = Formula.picture(width, height, 3);
		final Tiles tiles = new Tiles(width, height, tile, overlap);
		final Blend blend = new Blend(tiles, 3);
		for (int i = 0; i < tiles.count(); i++) blend.add(i, tiles.cut(picture, i));
		assertArrayEquals(picture.values(), blend.picture().values(), 1e-6f);
	}

	@ParameterizedTest
	@CsvSource({ "112, 64, 16", "100, 64, 20", "70, 64, 31" })
	void passagesAreSmooth(final int width, final int tile, final int overlap) {
		final Tiles tiles = new Tiles(width, 40, tile, overlap);
		assertEquals(2, tiles.count());
		final Blend blend = new Blend(tiles, 1);
		final float[] dark = new float[tile * 40], bright = new float[tile * 40];
		Arrays.fill(dark, 0.2f);
		Arrays.fill(bright, 0.8f);
		blend.add(0, new Picture(dark, tile, 40, 1));
		blend.add(1, new Picture(bright, tile, 40, 1));
		final float[] row = Arrays.copyOfRange(blend.picture().values(), 5 * width, 6 * width);
		assertEquals(0.2f, row[0], 1e-6f);
		assertEquals(0.2f, row[width - tile - 1], 1e-6f);
		assertEquals(0.8f, row[tile], 1e-6f);
		for (int x = 1; x < width; x++) {
			final float jump = row[x] - row[x - 1];
			assertTrue(jump >= -1e-6f && jump <= 2 * 0.6f / overlap, "jump " + jump + " at " + x);
		}
	}

	@Test
	void aPictureThatFitsIsOneTile() {
		assertEquals(List.of(new Tile(0, 0, 30, 20)), new Tiles(30, 20, 32, 8).all());
	}

	@Test
	void impossiblePlansSaySo() {
		assertEquals("Tiles of 16 pixels are too small: use at least 32.",
			assertThrows(DipException.class, () -> new Tiles(100, 100, 16, 2)).getMessage());
		assertEquals("Tiles of 64 pixels cannot overlap by 32: use an overlap from 0 to 31.",
			assertThrows(DipException.class, () -> new Tiles(100, 100, 64, 32)).getMessage());
		final Picture other = Formula.picture(9, 9, 1);
		assertThrows(IllegalArgumentException.class, () -> new Tiles(100, 100, 64, 8).cut(other, 0));
		assertThrows(IllegalArgumentException.class, () -> new Blend(new Tiles(100, 100, 64, 8), 1).add(0, other));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
		100, 37, 32, 8, 1
		521, 389, 128, 31, 1
		481, 64, 256, 32, 1
		70, 60, 32, 15, 2
		64, 64, 64, 16, 1
		""")
	void rowsAreThoseOfTheWholePicture(final int width, final int height, final int tile, final int overlap,
		final int scale)
	{
		final Tiles tiles = new Tiles(width, height, tile, overlap, scale);
		final Blend whole = new Blend(tiles, 2);
		final List<float[][]> rows = new ArrayList<>();
		final RowBlend blend = new RowBlend(tiles, 2,
			row -> rows.add(Arrays.stream(row).map(float[]::clone).toArray(float[][]::new)));
		for (int i = 0; i < tiles.count(); i++) {
			final Tile box = tiles.tile(i);
			final float[] values = new float[2 * box.width() * box.height()];
			for (int k = 0; k < values.length; k++) values[k] = (float) Math.sin(k + i);
			final Picture restored = new Picture(values, box.width(), box.height(), 2);
			whole.add(i, restored);
			blend.add(restored);
		}
		assertEquals(scale * height, rows.size());
		for (int c = 0; c < 2; c++)
			for (int y = 0; y < rows.size(); y++)
				assertArrayEquals(whole.picture().channels(c, 1).part(0, y, scale * width, 1).values(), rows.get(y)[c]);
	}
}
