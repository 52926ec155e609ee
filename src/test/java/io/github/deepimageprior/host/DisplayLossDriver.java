package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.awaitStep;
import static io.github.deepimageprior.host.Gui.image;

import ij.IJ;
import ij.ImageJ;

/** Fits in ImageJ on a display, and never ends by itself. */
final class DisplayLossDriver {

	/** What it prints once the fit runs. */
	static final String RUNNING = "the fit runs";

	private DisplayLossDriver() {}

	/** Arguments: ImageJ's folder, the options of <i>DIP Purify</i>. */
	public static void main(final String[] arguments) {
		try {
			ImageJ.main(new String[] { "-ijpath", arguments[0] });
			IJ.run("DIP Sample Image");
			image("coffee");
			new Thread(() -> IJ.run("DIP Purify...", arguments[1])).start();
			awaitStep(20);
			System.out.println(RUNNING);
		}
		catch (final Throwable problem) {
			problem.printStackTrace();
			System.exit(2); // the windows would keep it alive
		}
	}
}
