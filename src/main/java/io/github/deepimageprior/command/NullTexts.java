package io.github.deepimageprior.command;

import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.ContextCommand;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.util.Types;

/** Texts for which a script gives null: they have their default, as if the script had left them out. */
final class NullTexts {

	private NullTexts() {}

	/** Gives all text parameters of a command that are null their default value. */
	static void replace(final ContextCommand command) {
		final CommandInfo info = MacroLine.info(command);
		final Module given = new CommandModule(info, command),
			fresh = command.context().service(ModuleService.class).createModule(info);
		for (final ModuleItem<?> item : info.inputs())
			if (Types.isText(item.getType()) && item.getValue(given) == null)
				given.setInput(item.getName(), item.getValue(fresh));
	}
}
