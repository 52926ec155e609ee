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
 * The picture as it emerges, a progress bar, and the two ways to end: Stop keeps the result so far, Cancel discards it.
 */
final class ProgressWindow {

	/** A picture may take this part of the time: large ones are shown less often. */
	private static final int PREVIEW_SHARE = 20;

	private long nextPicture = System.nanoTime();

	private static final int SIDE = 384;

	private final boolean preview;

	// Of the event thread alone.
	private JFrame frame;
	private JProgressBar bar;
	private PicturePanel panel;

	/** Opens it soon: whoever calls never waits for the event thread, which may itself wait for the command. */
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
		buttons.add(button("Stop", "Ends now and keeps the result so far", cancellation::stop));
		buttons.add(button("Cancel", "Ends now and discards the result", cancellation::cancel));
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
				cancellation.stop(); // closing loses nothing
			}
		});
		frame.pack();
		frame.setLocationByPlatform(true);
		frame.setAutoRequestFocus(false); // the active image and the user's typing stay where they are
		frame.setVisible(true);
	}

	void progress(final double fraction, final String text, final Supplier<ImagePlus> picture) {
		final long now = System.nanoTime();
		final Image image = preview && now >= nextPicture ? picture.get().getImage() : null;
		if (image != null) nextPicture = System.nanoTime() + PREVIEW_SHARE * (System.nanoTime() - now);
		EventQueue.invokeLater(() -> {
			bar.setValue((int) Math.round(1000 * fraction));
			bar.setString(text);
			if (image != null) panel.show(image);
		});
	}

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

	/** Shows a picture as large as it fits. */
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
