package io.github.deepimageprior.host;

import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;
import ij.gui.MultiLineLabel;
import ij.plugin.frame.Recorder;

import java.awt.Button;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.Menu;
import java.awt.MenuItem;
import java.awt.Robot;
import java.awt.TextField;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.swing.AbstractButton;
import javax.swing.JFrame;
import javax.swing.JProgressBar;

/**
 * A person's hands and eyes in ImageJ: clicks, types, waits until something can be seen. Knows ImageJ alone, not the
 * plugin. Every wait has a deadline.
 */
final class Gui {

	private static final long DEADLINE_NS = 120_000_000_000L;

	/** How many times {@link #escape} looks for the focus, 50 ms apart, before it clicks again. */
	private static final int LOOKS_PER_CLICK = 20;

	private Gui() {}

	static void check(final boolean holds, final String what) {
		if (!holds) throw new AssertionError(what);
		System.out.println("ok: " + what.split("\n")[0]);
	}

	/** Waits until a value is there. */
	static <T> T await(final String what, final Supplier<T> found) throws Exception {
		final long end = System.nanoTime() + DEADLINE_NS;
		while (System.nanoTime() < end) {
			final T value = found.get();
			if (value != null) return value;
			Thread.sleep(50);
		}
		throw new AssertionError("waited in vain for " + what);
	}

	/** Waits until a condition holds. */
	static void awaitThat(final String what, final BooleanSupplier condition) throws Exception {
		await(what, () -> condition.getAsBoolean() ? what : null);
	}

	/** Waits for a window of a kind to be shown. */
	static <T extends Window> T window(final String what, final Class<T> kind) throws Exception {
		return await(what, () -> shown(kind));
	}

	/**
	 * Waits for one of the plugin's windows. A command may show several in turn.
	 *
	 * @param title a regular expression
	 */
	static JFrame frame(final String title) throws Exception {
		return await("the window " + title, () -> frame(frame -> frame.getTitle().matches(title)));
	}

	private static JFrame frame(final Predicate<JFrame> wanted) {
		return Stream.of(Window.getWindows()).filter(window -> window instanceof JFrame && window.isShowing())
			.map(JFrame.class::cast).filter(wanted).findFirst().orElse(null);
	}

	/** @return a window of a kind that is shown; null for none */
	static <T extends Window> T shown(final Class<T> kind) {
		return Stream.of(Window.getWindows()).filter(window -> kind.isInstance(window) && window.isShowing())
			.map(kind::cast).findFirst().orElse(null);
	}

	/** Waits for an image to be open. */
	static ImagePlus image(final String title) throws Exception {
		return await("the image " + title, () -> WindowManager.getImage(title));
	}

	/** Closes an unsaved result without the question that ImageJ asks a person. */
	static void close(final ImagePlus image) {
		check(image.changes, "the result " + image.getTitle() + " counts as unsaved");
		image.changes = false;
		image.close();
	}

	/** Presses Esc in a window. */
	static void escape(final Window window) throws Exception {
		final Robot robot = new Robot();
		robot.setAutoDelay(100); // a key that is pressed while the focus changes reaches no window
		final int[] looks = { 0 };
		awaitThat("the focus", () -> {
			// Once is not enough: the window manager may just be passing the focus on from a window that has closed.
			if (looks[0]++ % LOOKS_PER_CLICK == 0) clickTitle(robot, window);
			return window.isFocused();
		});
		robot.keyPress(KeyEvent.VK_ESCAPE);
		robot.keyRelease(KeyEvent.VK_ESCAPE);
	}

	/** Clicks the title bar: AWT forgets a request for the focus while it believes that another is under way. */
	private static void clickTitle(final Robot robot, final Window window) {
		window.toFront();
		robot.waitForIdle();
		robot.mouseMove(window.getX() + window.getWidth() / 2, window.getY() + window.getInsets().top / 2);
		robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
		robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
	}

	/** Chooses a menu entry. Waits until the last command has ended, or the Recorder would mix the two up. */
	static void click(final String label) throws Exception {
		awaitEnd();
		final MenuItem item = item(label);
		Toolkit.getDefaultToolkit().getSystemEventQueue()
			.postEvent(new ActionEvent(item, ActionEvent.ACTION_PERFORMED, label));
	}

	private static MenuItem item(final String label) {
		int plugins = 0;
		while (!Menus.getMenuBar().getMenu(plugins).getLabel().equals("Plugins")) plugins++;
		final Menu menu = Menus.getMenuBar().getMenu(plugins);
		for (int i = 0; i < menu.getItemCount(); i++) {
			if (!(menu.getItem(i) instanceof Menu inner) || !inner.getLabel().equals("Deep Image Prior")) continue;
			final MenuItem found = item(inner, label);
			if (found != null) return found;
		}
		throw new AssertionError("There is no menu entry " + label);
	}

	/** @return the entry of a menu or of a menu in it; null if there is none */
	private static MenuItem item(final Menu menu, final String label) {
		for (int i = 0; i < menu.getItemCount(); i++) {
			if (menu.getItem(i).getLabel().equals(label)) return menu.getItem(i);
			final MenuItem found = menu.getItem(i) instanceof Menu inner ? item(inner, label) : null;
			if (found != null) return found;
		}
		return null;
	}

	/** Presses a button that leaves its window open. */
	static void push(final Window window, final String label) throws Exception {
		final Component button = button(window, label);
		EventQueue.invokeAndWait(() -> {
			if (button instanceof AbstractButton swing) swing.doClick();
			else button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label));
		});
	}

	/** Presses a button; a dialog has closed after that. */
	static void press(final Window window, final String label) throws Exception {
		push(window, label);
		if (window instanceof Dialog) awaitThat("the dialog to close", () -> !window.isShowing());
	}

	static Component button(final Window window, final String label) {
		return components(window)
			.filter(c -> c instanceof Button b && b.getLabel().trim().equals(label)
				|| c instanceof AbstractButton s && label.equals(s.getText()))
			.findFirst().orElseThrow(() -> new AssertionError("no button " + label));
	}

	/** Types into the text field whose label begins with these words. */
	static void type(final GenericDialog dialog, final String label, final String text) {
		field(dialog, label, TextField.class).setText(text);
	}

	/** Selects an item of the choice whose label begins with these words. */
	static void choose(final GenericDialog dialog, final String label, final String item) {
		final Choice choice = field(dialog, label, Choice.class);
		choice.select(item);
		check(item.equals(choice.getSelectedItem()), "there is no " + item);
	}

	/** Requires that a dialog says what a run takes. */
	static void checkEstimate(final GenericDialog dialog) {
		check(
			components(dialog).anyMatch(
				field -> field instanceof Label line && line.isVisible() && line.getText().contains(" of memory")),
			dialog.getTitle() + " estimates time and memory");
	}

	private static <T extends Component> T field(final GenericDialog dialog, final String label, final Class<T> kind) {
		final List<Component> all = components(dialog).toList();
		for (int i = 0; i < all.size(); i++) {
			if (!(all.get(i) instanceof Label words) || !words.getText().startsWith(label)) continue;
			return all.stream().skip(i).filter(kind::isInstance).map(kind::cast).findFirst().orElseThrow();
		}
		throw new AssertionError("no field " + label + " among "
			+ all.stream().filter(Label.class::isInstance).map(field -> ((Label) field).getText()).toList());
	}

	private static Stream<Component> components(final Container container) {
		return Arrays.stream(container.getComponents())
			.flatMap(c -> c instanceof Container inner ? Stream.concat(Stream.of(c), components(inner)) : Stream.of(c));
	}

	/** @return the text of ImageJ's message, which it draws itself */
	static String text(final MessageDialog dialog) throws ReflectiveOperationException {
		final Field lines = MultiLineLabel.class.getDeclaredField("lines");
		lines.setAccessible(true);
		return String.join(" ", (String[]) lines
			.get(components(dialog).filter(MultiLineLabel.class::isInstance).findFirst().orElseThrow()));
	}

	/** Waits for the end of all commands and of their windows; ImageJ names a command's thread after its label. */
	static void awaitEnd() throws Exception {
		awaitThat("the last command to end", () -> Thread.getAllStackTraces().keySet().stream()
			.noneMatch(thread -> thread.getName().matches("(DIP|Generate|MIG-SG|Compare) .*")));
		EventQueue.invokeAndWait(() -> {}); // windows are closed a little later
	}

	/** @return the bar of a progress window */
	static JProgressBar bar(final Window progress) {
		return (JProgressBar) components(progress).filter(JProgressBar.class::isInstance).findFirst().orElseThrow();
	}

	/** Waits for a window whose progress bar says that a step is reached. */
	static JFrame awaitStep(final int step) throws Exception {
		return await("step " + step, () -> frame(frame -> components(frame).filter(JProgressBar.class::isInstance)
			.map(bar -> ((JProgressBar) bar).getString().split(" "))
			.anyMatch(words -> words[0].equals("step") && Integer.parseInt(words[1]) >= step)));
	}

	/** Waits until the Recorder has a call of a command with some option. */
	static String recorded(final Recorder recorder, final String command, final String option) throws Exception {
		return await("a recorded call of " + command + " with " + option,
			() -> Arrays.stream(recorder.getText().split("\n"))
				.filter(line -> line.startsWith("run(\"" + command + "\"") && line.contains(option)).findFirst()
				.orElse(null));
	}
}
