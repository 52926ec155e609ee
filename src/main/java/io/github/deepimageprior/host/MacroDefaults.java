package io.github.deepimageprior.host;

import ij.Macro;

import io.github.deepimageprior.DipException;

import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleInfo;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * A macro that runs one of the plugin's commands without options gets no dialog if the menu label has no dots, which
 * announce one: the parameters have their default values. Fiji would ask for them.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.LOW)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		final ModuleInfo command = module.getInfo();
		if (command.getDelegateClassName().startsWith(DipException.class.getPackageName())
			&& apply(command, Caller.of(context())))
			command.inputs().forEach(item -> module.resolveInput(item.getName()));
	}

	/** @return whether a macro calls the command without options, and the command needs none */
	static boolean apply(final ModuleInfo command, final Thread caller) {
		return Caller.isMacro(caller) && Macro.getOptions() == null && command.getMenuPath().getLeaf() != null
			&& !command.getMenuPath().getLeaf().getName().endsWith("...");
	}
}
