package io.github.deepimageprior.host;

import static io.github.deepimageprior.host.Gui.check;
import static io.github.deepimageprior.host.Gui.image;
import static io.github.deepimageprior.host.Gui.press;
import static io.github.deepimageprior.host.Gui.push;
import static io.github.deepimageprior.host.Gui.window;
import static io.github.deepimageprior.host.Screen.screenshot;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.ImageWindow;

import java.awt.AWTEvent;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.awt.event.WindowEvent;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Macros on a display, in a host that shows outputs as Fiji does, on the event dispatch thread, and where image windows
 * become active late. Ends with exit code 0 if every macro finds the main result active after its command.
 */
final class LateHostDriver {

	/**
	 * How much later the first window of a command becomes active than it is shown. Each next one has half the delay:
	 * it overtakes the one before.
	 */
	private static final int DELAY_MS = 800;

	/** How many times each command runs: what depends on time does not go wrong every time. */
	private static final int TIMES = 2;

	private static final LateActivations LATE = new LateActivations();

	private LateHostDriver() {}

	/** Arguments: ImageJ's folder, a folder for the screenshots. */
	public static void main(final String[] arguments) {
		try {
			Toolkit.getDefaultToolkit().getSystemEventQueue().push(LATE);
			ImageJ.main(new String[] { "-ijpath", arguments[0] });
			FijiLike.shows = LateHostDriver::showAsFijiDoes;
			IJ.runMacro("run('DIP Sample Image'); run('Size...', 'width=48 height=48 depth=1 interpolation=None');");
			image("coffee");
			dialog(arguments[1]);
			for (int i = 0; i < TIMES; i++) {
				expect("coffee: MIG-SG", "MIG-SG Saliency...",
					"random_baselines=1 intervals=2 show_mask=true show_overlay=true");
				expect("coffee: adversary", "Generate Adversary...",
					"attack=FGSM show_perturbation=true comparison=true");
				expect("coffee: denoised", "DIP Denoise...", "uncertainty=ensemble ensemble_size=2");
				expect("coffee: purified", "DIP Purify...", "iterations=3 preset=Arch-2 plot_loss=true");
			}
			System.exit(0);
		}
		catch (final Throwable problem) {
			problem.printStackTrace();
			System.exit(1);
		}
	}

	/** Without options, the plugin's own dialog is there in Fiji too. */
	private static void dialog(final String pictures) throws Exception {
		Screen.keepScreenshotsIn(new File(pictures));
		final Thread command = new Thread(() -> {
			try {
				FijiLike.run("DIP Denoise...", "");
			}
			catch (final Exception cancelled) {
				throw new IllegalStateException(cancelled);
			}
		});
		command.start();
		final GenericDialog dialog = window("the dialog", GenericDialog.class);
		push(dialog, "Advanced >>");
		screenshot("fiji-dialog", dialog);
		press(dialog, "Cancel");
		command.join();
		check(!FijiLike.asked, "Fiji has nothing to ask in a dialog of its own");
		check(WindowManager.getImageCount() == 1, "a cancelled dialog runs nothing");
	}

	private static void expect(final String title, final String label, final String options) {
		LATE.delay = DELAY_MS;
		final String found = IJ.runMacro("selectImage('coffee'); call('" + FijiLike.class.getName() + ".run', '" + label
			+ "', '" + options + "'); found = getTitle();"
			+ "for (i = 0; i < 50; i++) { wait(20); if (getTitle() != found) found += ', then ' + getTitle(); }"
			+ "return found;");
		check(title.equals(found), label + " makes " + found + " the active image");
		for (final int id : WindowManager.getIDList()) {
			final ImagePlus image = WindowManager.getImage(id);
			if (image.getTitle().equals("coffee")) continue;
			image.changes = false;
			image.close();
		}
	}

	private static void showAsFijiDoes(final ImagePlus output) {
		try {
			EventQueue.invokeAndWait(output::show);
		}
		catch (final InterruptedException | InvocationTargetException failed) {
			throw new IllegalStateException(failed);
		}
	}

	/** Holds back the events with which the windows of results become active. */
	private static final class LateActivations extends EventQueue {

		private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
		private final Set<AWTEvent> held = ConcurrentHashMap.newKeySet();
		private volatile int delay;

		@Override
		protected void dispatchEvent(final AWTEvent event) {
			if (event.getID() == WindowEvent.WINDOW_GAINED_FOCUS && event.getSource() instanceof ImageWindow window
				&& !window.getImagePlus().getTitle().equals("coffee") && held.add(event))
			{
				clock.schedule(() -> postEvent(event), delay, TimeUnit.MILLISECONDS);
				delay /= 2;
			}
			else super.dispatchEvent(event);
		}
	}
}
