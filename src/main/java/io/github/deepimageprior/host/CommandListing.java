package io.github.deepimageprior.host;

import java.util.List;

import org.scijava.Context;
import org.scijava.Optional;
import org.scijava.command.CommandInfo;
import org.scijava.event.EventHandler;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleService;
import org.scijava.module.event.ModulesAddedEvent;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.SciJavaService;
import org.scijava.service.Service;

/**
 * In an application with all of SciJava's services, such as Fiji: keeps the entries of plugins.config out of the list
 * of commands, which has the commands themselves, so that the search bar finds each once.
 */
@Plugin(type = Service.class)
public final class CommandListing extends AbstractService implements SciJavaService, Optional {

	private static volatile Context application;

	@Parameter
	private ModuleService modules;

	/** @return the context of the application; null in plain ImageJ, which has none */
	static Context application() {
		return application;
	}

	@Override
	public void initialize() {
		application = context();
		remove(modules.getModules());
	}

	@Override
	public void dispose() {
		if (application == context()) application = null;
	}

	@EventHandler
	private void added(final ModulesAddedEvent event) {
		remove(List.copyOf(event.getItems()));
	}

	private void remove(final List<ModuleInfo> listed) {
		final List<ModuleInfo> entries = listed.stream().filter(CommandListing::isEntry).toList();
		if (!entries.isEmpty()) modules.removeModules(entries);
	}

	/** Fiji presents a plugin of ImageJ 1.x as a command that has the plugin's class among its presets. */
	private static boolean isEntry(final ModuleInfo info) {
		return info instanceof CommandInfo command
			&& Bridge.class.getName().equals(command.getPresets().get("className"));
	}
}
