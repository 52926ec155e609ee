package io.github.deepimageprior.host;

import ij.IJ;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

import io.github.deepimageprior.DipException;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Panel;
import java.awt.TextField;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * An ImageJ 1.x dialog for a command's parameters. It records the names of the parameters, as Fiji does;
 * {@link GenericDialog} itself would record their labels.
 */
final class CommandDialog {

	/** Largest number of parameters in one column: more are shown in two, to fit on a laptop's screen. */
	private static final int ONE_COLUMN = 14;

	/** Space between the columns, in pixels. */
	private static final int GAP = 10;

	private CommandDialog() {}

	/**
	 * Shows the dialog until its values can be read or the user cancels it.
	 *
	 * @param title title of the dialog
	 * @param values the parameters in order, with the values to start from; receives the values that the user chose
	 * @return false if the user cancelled
	 */
	static boolean show(final String title, final Map<ModuleItem<?>, Object> values) {
		while (true) {
			final GenericDialog dialog = new GenericDialog(title);
			values.forEach((item, value) -> add(dialog, item, value));
			if (values.size() > ONE_COLUMN) twoColumns(dialog);
			dialog.addHelp(help(values.keySet()));
			dialog.showDialog();
			if (dialog.wasCanceled()) return false;
			try {
				read(dialog, values);
				record(values);
				return true;
			}
			catch (final DipException advice) {
				// Ask again: nothing that was typed is lost except the bad value.
				IJ.showMessage(title, Display.wrapped(advice.getMessage()));
			}
		}
	}

	private static void add(final GenericDialog dialog, final ModuleItem<?> item, final Object value) {
		final String label = item.getLabel();
		if (isChoice(item))
			dialog.addChoice(label, item.getChoices().stream().map(String::valueOf).toArray(String[]::new),
				String.valueOf(value));
		else
			if (Types.isBoolean(item.getType())) dialog.addCheckbox(label, (Boolean) value);
			else if ("open".equals(item.getWidgetStyle())) dialog.addFileField(label, String.valueOf(value), 20);
			else
				if ("directory".equals(item.getWidgetStyle()))
					dialog.addDirectoryField(label, String.valueOf(value), 20);
				else
					// Numbers too: a numeric field would round a large seed.
					dialog.addStringField(label, String.valueOf(value), 14);
	}

	/** @return an HTML page that explains each field; Fiji shows the same texts as tooltips */
	private static String help(final Set<ModuleItem<?>> items) {
		return items.stream()
			.map(item -> "<tr valign=top><td><b>" + html(item.getLabel()) + "</b></td><td>"
				+ html(item.getDescription()) + "</td></tr>")
			.collect(Collectors.joining("", "<html><table width=560>", "</table></html>"));
	}

	private static String html(final String text) {
		return text == null ? "" : text.replace("&", "&amp;").replace("<", "&lt;");
	}

	/** Moves the second half of the rows into a column to the right of the first half. */
	private static void twoColumns(final GenericDialog dialog) {
		final GridBagLayout grid = (GridBagLayout) dialog.getLayout();
		final int rows = 1
			+ Arrays.stream(dialog.getComponents()).mapToInt(field -> grid.getConstraints(field).gridy).max().orElse(0),
			half = (rows + 1) / 2;
		for (final Component field : dialog.getComponents()) {
			final GridBagConstraints place = grid.getConstraints(field);
			if (field instanceof Panel) place.gridwidth = 1; // a Browse button must not reach into the next column
			grid.setConstraints(field, place);
			if (place.gridy < half) continue;
			place.gridx = place.gridx == GridBagConstraints.RELATIVE ? 3 : 2; // a field comes after its label
			place.gridy -= half;
			if (place.gridx == 2) place.insets.left += GAP;
			grid.setConstraints(field, place);
		}
	}

	/**
	 * Reads the dialog's fields. Its own {@code getNext} methods would record them under their labels.
	 *
	 * @throws DipException for the first value that cannot be read; the readable ones are stored nevertheless
	 */
	private static void read(final GenericDialog dialog, final Map<ModuleItem<?>, Object> values) {
		final Iterator<?> choices = iterator(dialog.getChoices()), flags = iterator(dialog.getCheckboxes()),
			texts = iterator(dialog.getStringFields());
		DipException first = null;
		for (final Map.Entry<ModuleItem<?>, Object> entry : values.entrySet()) {
			final ModuleItem<?> item = entry.getKey();
			if (isChoice(item)) entry.setValue(((Choice) choices.next()).getSelectedItem());
			else if (Types.isBoolean(item.getType())) entry.setValue(((Checkbox) flags.next()).getState());
			else try {
				entry.setValue(CommandInputs.parse(item, ((TextField) texts.next()).getText()));
			}
			catch (final DipException advice) {
				if (first == null) first = advice;
			}
		}
		if (first != null) throw first;
	}

	private static Iterator<?> iterator(final Iterable<?> fields) {
		return fields == null ? Collections.emptyIterator() : fields.iterator();
	}

	private static void record(final Map<ModuleItem<?>, Object> values) {
		if (Recorder.record)
			values.forEach(
				(item, value) -> Recorder.recordOption(item.getName(), MacroOptions.escaped(String.valueOf(value))));
	}

	private static boolean isChoice(final ModuleItem<?> item) {
		return item.getChoices() != null && !item.getChoices().isEmpty();
	}
}
