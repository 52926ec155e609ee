package io.github.deepimageprior.host;

import io.github.deepimageprior.DipException;
import io.github.deepimageprior.HostJar;

import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.util.List;
import java.util.function.Supplier;

import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.WindowConstants;

/** A window with lines of text, which can be asked for again. */
final class ReportWindow {

	private static final int ROWS = 14, COLUMNS = 64;

	private final Supplier<List<String>> report;

	// Used by the event dispatch thread only.
	private JTextArea text;
	private JButton again;

	/**
	 * Opens the window, on the event dispatch thread, and asks for the lines on a thread of its own.
	 *
	 * @param report finds the lines; may take long
	 */
	ReportWindow(final String title, final Supplier<List<String>> report) {
		this.report = report;
		EventQueue.invokeLater(() -> open(title));
	}

	private void open(final String title) {
		final JFrame frame = new JFrame(title);
		text = new JTextArea(ROWS, COLUMNS);
		text.setEditable(false);
		text.setLineWrap(true);
		text.setWrapStyleWord(true);
		text.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
		again = new JButton("Try again");
		again.addActionListener(event -> find());
		final JButton close = new JButton("Close");
		close.addActionListener(event -> frame.dispose());
		final JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT));
		buttons.add(again);
		buttons.add(close);
		frame.add(new JScrollPane(text), BorderLayout.CENTER);
		frame.add(buttons, BorderLayout.SOUTH);
		frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
		frame.pack();
		frame.setLocationByPlatform(true);
		find();
		frame.setVisible(true);
	}

	private void find() {
		again.setEnabled(false);
		text.setText("Looking...");
		new Thread(() -> {
			final String found = found();
			EventQueue.invokeLater(() -> {
				text.setText(found);
				text.setCaretPosition(0);
				again.setEnabled(true);
			});
		}, "report").start();
	}

	private String found() {
		try {
			return String.join("\n", report.get());
		}
		catch (final RuntimeException | LinkageError bug) {
			return HostJar.advice(bug).map(DipException::getMessage)
				.orElseGet(() -> "This cannot be found out: " + bug + ". Please report this.");
		}
	}
}
