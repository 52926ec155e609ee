package io.github.deepimageprior.command;

import ij.ImagePlus;

import io.github.deepimageprior.host.Display;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;

import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Opens the photograph that comes with the plugin: a cup of coffee (ImageNet class espresso), 192×192 RGB, by Rachel
 * Michetti, in the public domain (CC0).
 */
@Plugin(type = Command.class, menuPath = "Plugins>Deep Image Prior>DIP Sample Image")
public class DipSampleImage extends ContextCommand {

	@Parameter(type = ItemIO.OUTPUT, label = "Sample")
	private ImagePlus sample;

	@Override
	public void run() {
		try (InputStream file = DipSampleImage.class.getResourceAsStream("coffee.png")) {
			sample = new ImagePlus("coffee", ImageIO.read(file));
			Display.registerHeadless(sample);
		}
		catch (final IOException broken) {
			throw new UncheckedIOException(broken);
		}
	}
}
