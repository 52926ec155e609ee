package io.github.deepimageprior.host;

import ij.IJ;
import ij.gui.GenericDialog;

import io.github.deepimageprior.DipException;

import java.awt.Button;
import java.awt.FlowLayout;
import java.awt.GridBagConstraints;
import java.awt.Insets;
import java.awt.Label;
import java.awt.Panel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.scijava.module.ModuleItem;

/** An ImageJ 1.x dialog for a command's parameters, the same in all hosts. */
final class CommandDialog {

	private final GenericDialog dialog;
	private final Label estimate = new Label();
	private final List<DialogField> fields = new ArrayList<>();

	/**
	 * @param values the parameters in order, with the values to start from
	 * @param defaults the values to restore; if an advanced parameter has another one, the group is unfolded
	 */
	private CommandDialog(final String title, final Asked command, final Map<ModuleItem<?>, Object> values,
		final Map<ModuleItem<?>, Object> defaults)
	{
		dialog = new GenericDialog(title);
		values.forEach(
			(item, value) -> fields.add(DialogField.add(dialog, item, choices(command, item), String.valueOf(value))));
		final List<DialogField> advanced = fields.stream().filter(field -> DialogPlace.isAdvanced(field.item()))
			.toList();
		final AdvancedGroup group = new AdvancedGroup(advanced.stream().map(DialogField::row).toList());
		group.unfold(advanced.stream().anyMatch(field -> !values.get(field.item()).equals(defaults.get(field.item()))));
		final Button restore = new Button("Restore defaults");
		restore.addActionListener(
			event -> fields.forEach(field -> field.write().accept(String.valueOf(defaults.get(field.item())))));
		final Panel buttons = new Panel(new FlowLayout(FlowLayout.LEFT));
		if (!advanced.isEmpty()) buttons.add(group.button());
		buttons.add(restore);
		dialog.addPanel(buttons, GridBagConstraints.WEST, new Insets(8, 0, 0, 0));
		if (!advanced.isEmpty()) dialog.addPanel(group.panel(), GridBagConstraints.WEST, new Insets(0, 0, 0, 0));
		final Panel line = new Panel(new FlowLayout(FlowLayout.LEFT));
		line.add(estimate);
		dialog.addPanel(line, GridBagConstraints.WEST, new Insets(0, 0, 0, 0));
		dialog.addHelp(CommandHelp.of(title, values.keySet()));
	}

	/** Shows what a run will take, now and whenever a value changes. */
	private void keepEstimate(final Map<ModuleItem<?>, Object> values,
		final Function<Map<ModuleItem<?>, Object>, String> estimator)
	{
		final Runnable update = () -> {
			final Map<ModuleItem<?>, Object> now = new LinkedHashMap<>(values);
			estimate.setText(isRead(now) ? estimator.apply(now) : "");
			estimate.getParent().setVisible(!estimate.getText().isEmpty());
		};
		update.run();
		dialog.addDialogListener((source, event) -> {
			update.run();
			if (estimate.getPreferredSize().width > estimate.getWidth()) dialog.pack();
			return true;
		});
	}

	private boolean isRead(final Map<ModuleItem<?>, Object> values) {
		try {
			read(values);
			return true;
		}
		catch (final DipException notYet) {
			return false;
		}
	}

	private static List<String> choices(final Asked command, final ModuleItem<?> item) {
		return item.getChoices() == null ? List.of()
			: command.choices(item.getName(), item.getChoices().stream().map(String::valueOf).toList());
	}

	/**
	 * Shows the dialog until its values can be read or the user cancels it.
	 *
	 * @param title title of the dialog: the name of the command
	 * @param command knows more about its parameters
	 * @param values the parameters in order, with the values to start from; receives the values that the user chose
	 * @param defaults their default values
	 * @param estimator says what a run with certain values will take; empty for nothing
	 * @return false if the user cancelled
	 */
	static boolean show(final String title, final Asked command, final Map<ModuleItem<?>, Object> values,
		final Map<ModuleItem<?>, Object> defaults, final Function<Map<ModuleItem<?>, Object>, String> estimator)
	{
		while (true) {
			final CommandDialog shown = new CommandDialog(title, command, values, defaults);
			shown.keepEstimate(values, estimator);
			shown.dialog.showDialog();
			if (shown.dialog.wasCanceled()) return false;
			try {
				shown.read(values);
				return true;
			}
			catch (final DipException advice) {
				// Ask again: nothing that was typed is lost except the bad value.
				IJ.showMessage(title, Display.wrapped(advice.getMessage()));
			}
		}
	}

	/** @throws DipException for the first value that cannot be read; the readable ones are stored nevertheless */
	private void read(final Map<ModuleItem<?>, Object> values) {
		DipException first = null;
		for (final DialogField field : fields) try {
			values.put(field.item(), CommandInputs.parse(field.item(), field.text().get()));
		}
		catch (final DipException advice) {
			if (first == null) first = advice;
		}
		if (first != null) throw first;
	}
}
