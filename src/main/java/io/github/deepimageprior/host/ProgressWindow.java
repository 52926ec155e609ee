package io.github.deepimageprior.host;

import ij.IJ;
import ij.ImagePlus;

import io.github.deepimageprior.Cancellation;

import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.function.Supplier;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;

/**
 * A window with the current picture, a progress bar and two buttons: Stop keeps the result so far, Cancel discards it.
 */
final class ProgressWindow {

	/**
	 * Computing and showing a picture takes at most this fraction of the time, 1/20: large pictures come less often.
	 */
	private static final int PREVIEW_SHARE = 20;

	private long nextPicture = System.nanoTime();

	/** Width and height of the picture when the window opens, in pixels. */
	private static final int SIDE = 384;

	private final boolean preview;

	// Used by the event dispatch thread only.
	private JFrame frame;
	private JProgressBar bar;
	private PicturePanel panel;

	/**
	 * Opens the window a little later, on the event dispatch thread. The caller must not wait for that thread, which
	 * may itself be waiting for the command.
	 *
	 * @param title title of the window
	 * @param preview whether it shows the picture
	 * @param cancellation receives the user's stop or cancel
	 */
	ProgressWindow(final String title, final boolean preview, final Cancellation cancellation) {
		this.preview = preview;
		EventQueue.invokeLater(() -> open(title, cancellation));
	}

	private void open(final String title, final Cancellation cancellation) {
		frame = new JFrame(title);
		panel = new PicturePanel();
		if (preview) frame.add(panel, BorderLayout.CENTER);
		bar = new JProgressBar(0, 1000);
		bar.setStringPainted(true);
		bar.setString("starting");
		bar.setPreferredSize(new Dimension(SIDE, 24));
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT));
		buttons.add(button("Stop", "Stop now and keep the result so far", cancellation::stop));
		buttons.add(button("Cancel", "Stop now and discard the result", cancellation::cancel));
		final JPanel south = new JPanel(new BorderLayout());
		south.setBorder(BorderFactory.createEmptyBorder(8, 8, 0, 8));
		south.add(bar, BorderLayout.CENTER);
		south.add(buttons, BorderLayout.SOUTH);
		frame.add(south, BorderLayout.SOUTH);
		frame.getRootPane().registerKeyboardAction(event -> cancellation.stop(),
			KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
		frame.setDefaultCloseOperation(WindowConstants.DO_NOTHING_ON_CLOSE);
		frame.addWindowListener(new WindowAdapter() {

			@Override
			public void windowClosing(final WindowEvent event) {
				cancellation.stop(); // closing the window discards nothing
			}
		});
		frame.pack();
		frame.setLocationByPlatform(true);
		frame.setAutoRequestFocus(false); // the active image and the keyboard focus stay where they are
		frame.setVisible(true);
	}

	/**
	 * Shows progress, and the picture if it is time for a new one.
	 *
	 * @param fraction fraction of the work that is done, 0..1
	 * @param text text in the progress bar
	 * @param picture computes the picture so far; called only if it is shown; null if there is nothing new to show
	 */
	void progress(final double fraction, final String text, final Supplier<ImagePlus> picture) {
		final long now = System.nanoTime();
		final Image image = preview && picture != null && now >= nextPicture ? picture.get().getImage() : null;
		if (image != null) nextPicture = System.nanoTime() + PREVIEW_SHARE * (System.nanoTime() - now);
		EventQueue.invokeLater(() -> {
			bar.setValue((int) Math.round(1000 * fraction));
			bar.setString(text);
			if (image != null) panel.show(image);
		});
	}

	/** Closes the window. */
	void close() {
		EventQueue.invokeLater(() -> frame.dispose());
	}

	private static JButton button(final String label, final String tip, final Runnable action) {
		final JButton button = new JButton(label);
		button.setToolTipText(tip);
		button.addActionListener(event -> {
			IJ.showStatus(label + "...");
			action.run();
		});
		return button;
	}

	/** Shows a picture, scaled to fit. */
	private static final class PicturePanel extends JPanel {

		private static final long serialVersionUID = 1L;

		private transient Image image;

		PicturePanel() {
			setPreferredSize(new Dimension(SIDE, SIDE));
		}

		void show(final Image picture) {
			image = picture;
			repaint();
		}

		@Override
		protected void paintComponent(final Graphics graphics) {
			super.paintComponent(graphics);
			if (image == null) return;
			final double scale = Math.min((double) getWidth() / image.getWidth(null),
				(double) getHeight() / image.getHeight(null));
			final int w = (int) Math.round(scale * image.getWidth(null)),
				h = (int) Math.round(scale * image.getHeight(null));
			((Graphics2D) graphics).setRenderingHint(RenderingHints.KEY_INTERPOLATION,
				RenderingHints.VALUE_INTERPOLATION_BILINEAR);
			graphics.drawImage(image, (getWidth() - w) / 2, (getHeight() - h) / 2, w, h, null);
		}
	}
}
