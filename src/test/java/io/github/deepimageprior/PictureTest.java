package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import net.imglib2.img.array.ArrayImgs;

import org.junit.jupiter.api.Test;

class PictureTest {

	private static void assertRefused(final Runnable call) {
		assertThrows(IllegalArgumentException.class, call::run);
	}

	@Test
	void theNumberOfValuesIsThatOfTheSize() {
		assertRefused(() -> new Picture(new float[64 * 64 * 2], 64, 64, 1));
		assertRefused(() -> new Picture(new float[64], 64, 64, 1));
		assertRefused(() -> Formula.picture(8, 8, 1).with(new float[63]));
		assertEquals(0, new Picture(new float[0], 64, 64, 1).values().length, "it only tells a size");
	}

	@Test
	void anImageOfMoreAxesIsNotCutOff() {
		assertEquals("The image has the size 32x32x3x2, but a picture is x, y and channels, or x and y: pass the "
			+ "pictures of a series one by one, such as slices by Views.hyperSlice.",
			assertThrows(DipException.class, () -> Picture.of(ArrayImgs.floats(32, 32, 3, 2))).getMessage());
		assertThrows(DipException.class, () -> Picture.of(ArrayImgs.floats(32)));
		final Picture single = Picture.of(ArrayImgs.floats(5, 4, 3, 1));
		assertArrayEquals(new int[] { 60, 5, 4, 3 },
			new int[] { single.values().length, single.width(), single.height(), single.channels() });
	}

	@Test
	void channelsThatItDoesNotHaveAreNotMadeUp() {
		final Picture picture = Formula.picture(8, 6, 2);
		assertRefused(() -> picture.channels(0, 3));
		assertRefused(() -> picture.channels(2, 1));
		assertRefused(() -> picture.channels(-1, 1));
		assertArrayEquals(picture.values(), picture.channels(0, 2).values());
	}

	@Test
	void rectanglesDoNotGoOnInTheNextRow() {
		final Picture picture = Formula.picture(8, 6, 1), small = Formula.picture(4, 4, 1);
		assertRefused(() -> picture.part(5, 0, 4, 4));
		assertRefused(() -> picture.part(0, 3, 4, 4));
		assertRefused(() -> picture.part(-1, 1, 4, 4));
		assertRefused(() -> picture.paste(small, 5, 1, 0));
		assertRefused(() -> picture.paste(small, 0, 0, 1));
		assertArrayEquals(picture.values(), picture.part(0, 0, 8, 6).values());
	}

	@Test
	void picturesOfDifferentSizesAreNotStacked() {
		final Picture large = Formula.picture(8, 8, 1), small = Formula.picture(4, 4, 1);
		assertRefused(() -> Picture.stack(List.of(large, small)));
		assertRefused(() -> Picture.stack(List.of(small, large)));
		assertEquals(2, Picture.stack(List.of(large, large)).channels());
	}
}
