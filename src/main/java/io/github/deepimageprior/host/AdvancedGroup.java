package io.github.deepimageprior.host;

import ij.gui.GUI;

import java.awt.Button;
import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.Panel;
import java.awt.Window;
import java.util.List;

/** The rows of a dialog that few people need, in two columns, which a button unfolds. */
final class AdvancedGroup {

	/** Space around a component and between the columns, in pixels. */
	private static final int SPACE = 2, GAP = 12;

	private final Panel panel = new Panel(new GridBagLayout());
	private final Button button = new Button();

	/** @param rows the components of each row; they leave the dialog that they are in */
	AdvancedGroup(final List<List<Component>> rows) {
		final int half = (rows.size() + 1) / 2;
		for (int i = 0; i < rows.size(); i++) add(rows.get(i), 2 * (i / half), i % half);
		button.addActionListener(event -> {
			unfold(!panel.isVisible());
			final Window dialog = (Window) panel.getParent();
			dialog.pack();
			GUI.centerOnImageJScreen(dialog);
		});
		unfold(false);
	}

	private void add(final List<Component> row, final int column, final int line) {
		for (int i = 0; i < row.size(); i++) {
			final boolean label = i < row.size() - 1; // a checkbox has none
			final GridBagConstraints place = new GridBagConstraints();
			place.gridx = label ? column : column + 1;
			place.gridy = line;
			place.anchor = label ? GridBagConstraints.EAST : GridBagConstraints.WEST;
			place.insets = new Insets(SPACE, label && column > 0 ? GAP : SPACE, SPACE, SPACE);
			panel.add(row.get(i), place);
		}
	}

	void unfold(final boolean open) {
		panel.setVisible(open);
		button.setLabel(open ? "Advanced <<" : "Advanced >>");
	}

	/** @return the rows */
	Panel panel() {
		return panel;
	}

	/** @return what unfolds them */
	Button button() {
		return button;
	}
}
