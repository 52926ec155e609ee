package io.github.deepimageprior.host;

import ij.ImagePlus;

import java.awt.GraphicsEnvironment;
import java.util.Map;

import org.scijava.command.CommandInfo;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.widget.InputHarvester;

/**
 * Shows the plugin's own dialog in Fiji as well: the one that Fiji builds has a field for every parameter in the order
 * of the classes, and no group that can be folded. A macro that gives options needs no dialog: as in plain ImageJ, what
 * it leaves out has its default value. Its options are read again, since Fiji misreads some.
 */
@Plugin(type = PreprocessorPlugin.class, priority = InputHarvester.PRIORITY + 2)
public final class FijiDialog extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		if (!(module.getDelegateObject() instanceof Asked) || !(module.getInfo() instanceof CommandInfo command))
			return;
		final CommandInputs inputs = new CommandInputs(command);
		final ImagePlus image = command.getInput("input") == null ? null : (ImagePlus) module.getInput("input");
		final String options = Fiji.options(context());
		if (options != null) {
			inputs.of(options, image).forEach((key, value) -> set(module, key, value));
			return;
		}
		final Map<ModuleItem<?>, Object> values = inputs.defaults();
		values.keySet().removeIf(item -> module.isInputResolved(item.getName()));
		values.replaceAll((item, value) -> module.getInput(item.getName()));
		if (!values.isEmpty() && !GraphicsEnvironment.isHeadless() && !inputs.choose(values, image)) cancel(null);
		else values.forEach((item, value) -> set(module, item.getName(), value));
	}

	private static void set(final Module module, final String key, final Object value) {
		module.setInput(key, value);
		module.resolveInput(key);
	}
}
