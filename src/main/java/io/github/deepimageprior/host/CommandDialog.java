package io.github.deepimageprior.host;

import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;

import io.github.deepimageprior.DipException;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.TextField;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * A dialog of ImageJ 1.x for a command's parameters. What it records are the parameters' names with their values, which
 * is what Fiji records too; {@link GenericDialog} itself would record the labels.
 */
final class CommandDialog {

	/** More parameters than this are shown in two columns, to fit on the screen of a laptop. */
	private static final int ONE_COLUMN = 14;

	/** Pixels between the columns. */
	private static final int GAP = 10;

	private CommandDialog() {}

	/**
	 * @param values the parameters in order, with their first values; replaced by what the user chose
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
				ij.IJ.showMessage(title, advice.getMessage()); // and ask again: nothing that was typed is lost but the
																 // bad value
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
					dialog.addStringField(label, String.valueOf(value), 14); // numbers too: a numeric field would round
																			 // a large seed
	}

	/** @return what each field means, which Fiji tells under the mouse: a page of HTML */
	private static String help(final Set<ModuleItem<?>> items) {
		return items.stream()
			.map(item -> "<tr valign=top><td><b>" + html(item.getLabel()) + "</b></td><td>"
				+ html(item.getDescription()) + "</td></tr>")
			.collect(Collectors.joining("", "<html><table width=560>", "</table></html>"));
	}

	private static String html(final String text) {
		return text == null ? "" : text.replace("&", "&amp;").replace("<", "&lt;");
	}

	/** Moves the second half of the rows to the right of the first, where it goes on. */
	private static void twoColumns(final GenericDialog dialog) {
		final GridBagLayout grid = (GridBagLayout) dialog.getLayout();
		final int rows = 1
			+ Arrays.stream(dialog.getComponents()).mapToInt(field -> grid.getConstraints(field).gridy).max().orElse(0),
			half = (rows + 1) / 2;
		for (final Component field : dialog.getComponents()) {
			final GridBagConstraints place = grid.getConstraints(field);
			if (place.gridy < half) continue;
			place.gridx = place.gridx == GridBagConstraints.RELATIVE ? 3 : 2; // a field comes after its label
			place.gridy -= half;
			if (place.gridx == 2) place.insets.left += GAP;
			grid.setConstraints(field, place);
		}
	}

	/** Reads the fields themselves: the dialog's getNext methods would record. */
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
		return fields == null ? java.util.Collections.emptyIterator() : fields.iterator();
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
