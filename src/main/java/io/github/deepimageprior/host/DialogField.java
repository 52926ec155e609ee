package io.github.deepimageprior.host;

import ij.gui.GenericDialog;

import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.TextField;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.scijava.module.ModuleItem;
import org.scijava.util.Types;

/**
 * A parameter in a dialog of ImageJ 1.x.
 *
 * @param item the parameter
 * @param row the components that show it: a label and a field, or a checkbox
 * @param text reads the value as text; the dialog's own methods would record it under the label
 * @param write shows another value
 */
record DialogField(ModuleItem<?> item, List<Component> row, Supplier<String> text, Consumer<String> write) {

	/** Width of a field in characters, of one that takes a path, and of one that has a long list. */
	private static final int WIDTH = 14, PATH_WIDTH = 20, WIDEST = 40;

	/**
	 * Adds a row to a dialog.
	 *
	 * @param choices what can be chosen; empty for anything
	 */
	static DialogField add(final GenericDialog dialog, final ModuleItem<?> item, final List<String> choices,
		final String value)
	{
		final int before = dialog.getComponentCount();
		final String label = item.getLabel();
		if (!choices.isEmpty()) {
			dialog.addChoice(label, choices.toArray(String[]::new), value);
			final Choice choice = (Choice) dialog.getChoices().lastElement();
			return new DialogField(item, added(dialog, before), choice::getSelectedItem, choice::select);
		}
		if (Types.isBoolean(item.getType())) {
			dialog.addCheckbox(label, Boolean.parseBoolean(value));
			final Checkbox box = (Checkbox) dialog.getCheckboxes().lastElement();
			return new DialogField(item, added(dialog, before), () -> String.valueOf(box.getState()),
				written -> box.setState(Boolean.parseBoolean(written)));
		}
		if ("open".equals(item.getWidgetStyle())) dialog.addFileField(label, value, PATH_WIDTH);
		else if ("directory".equals(item.getWidgetStyle())) dialog.addDirectoryField(label, value, PATH_WIDTH);
		else // numbers too: a numeric field would round a large seed
			dialog.addStringField(label, value, Math.min(WIDEST, Math.max(WIDTH, value.length())));
		final TextField field = (TextField) dialog.getStringFields().lastElement();
		return new DialogField(item, added(dialog, before), field::getText, field::setText);
	}

	private static List<Component> added(final GenericDialog dialog, final int before) {
		return Arrays.asList(dialog.getComponents()).subList(before, dialog.getComponentCount());
	}
}
