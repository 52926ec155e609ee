package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitThat;
import static io.github.deepimageprior.host.Gui.check;

import ij.gui.GenericDialog;
import ij.process.ColorProcessor;
import ij.process.MedianCut;

import java.awt.AWTException;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

import javax.imageio.ImageIO;

/** Pictures of the screen, as files. */
final class Screen {

	/** Captures of the screen, 50 ms apart, that must be equal before a screenshot is taken. */
	private static final int UNCHANGED_CAPTURES = 5;

	/** Colours of a picture with a palette: a window has few. */
	private static final int COLOURS = 64;

	private static File pictures;

	private Screen() {}

	/** @param folder for the screenshots */
	static void keepScreenshotsIn(final File folder) {
		pictures = folder;
		pictures.mkdirs();
	}

	/** Takes a picture of the screen once all is drawn: it has not changed for some captures in a row. */
	static void screenshot(final String name) throws Exception {
		final BufferedImage[] last = { capture() };
		final int[] unchanged = { 0 };
		awaitThat("a screen that does not change", () -> {
			final BufferedImage before = last[0];
			last[0] = capture();
			unchanged[0] = Arrays.equals(pixels(before), pixels(last[0])) ? unchanged[0] + 1 : 0;
			return unchanged[0] == UNCHANGED_CAPTURES;
		});
		ImageIO.write(last[0], "png", new File(pictures, name + ".png"));
	}

	/** Takes a picture of the screen now, while something on it is changing. */
	static void snapshot(final String name) throws Exception {
		ImageIO.write(capture(), "png", new File(pictures, name + ".png"));
	}

	/** Takes a picture of a window alone, for the documentation: with a palette, so that the file is small. */
	static void picture(final String name, final Window window) throws Exception {
		final File folder = new File(pictures, "windows");
		folder.mkdirs();
		final BufferedImage part = capture().getSubimage(window.getX(), window.getY(), window.getWidth(),
			window.getHeight());
		ImageIO.write(new MedianCut(new ColorProcessor(part)).convertToByte(COLOURS).getBufferedImage(), "png",
			new File(folder, name + ".png"));
	}

	/** Takes pictures of the screen and of a dialog alone, which must fit on a screen of 1024x768 pixels. */
	static void screenshot(final String name, final GenericDialog dialog) throws Exception {
		screenshot(name);
		picture(name.replaceFirst("^\\d+-", ""), dialog);
		check(dialog.getHeight() <= 740 && dialog.getWidth() <= 1024,
			"the dialog has " + dialog.getWidth() + "x" + dialog.getHeight() + " pixels");
	}

	private static BufferedImage capture() {
		try {
			EventQueue.invokeAndWait(() -> Toolkit.getDefaultToolkit().sync()); // what was to be drawn by now is drawn
			return new Robot().createScreenCapture(new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()));
		}
		catch (final AWTException | InterruptedException | InvocationTargetException noScreen) {
			throw new IllegalStateException(noScreen);
		}
	}

	private static int[] pixels(final BufferedImage image) {
		return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
	}
}
