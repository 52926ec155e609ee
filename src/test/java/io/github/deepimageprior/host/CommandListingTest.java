package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepimageprior.command.DipSampleImage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.ModuleService;
import org.scijava.module.event.ModuleExecutedEvent;

/** Commands in an application that has all of SciJava's services. */
class CommandListingTest {

	private final Context context = new Context(CommandService.class, CommandListing.class);
	private final List<String> executed = new ArrayList<>();

	@AfterEach
	void end() {
		context.dispose();
		assertNull(CommandListing.application());
	}

	/** @return an entry of a menu of ImageJ 1.x, as Fiji lists it */
	private static CommandInfo entry(final String plugin) {
		final CommandInfo entry = new CommandInfo(DipSampleImage.class);
		entry.setPresets(Map.of("className", plugin));
		return entry;
	}

	@Test
	void theEntriesOfPlainImageJAreNotListed() {
		final ModuleService modules = context.service(ModuleService.class);
		final CommandInfo ours = entry(Bridge.class.getName()), other = entry("ij.plugin.Zoom");
		modules.addModules(List.of(ours, other));
		assertFalse(modules.getModules().contains(ours));
		assertTrue(modules.getModules().contains(other));
		assertEquals(1, modules.getModules().stream()
			.filter(info -> info.getMenuPath().getMenuString().endsWith("DIP Purify...")).count());
	}

	@Test
	void thePluginHandsOverToTheApplication() {
		context.service(EventService.class).subscribe(this);
		new Bridge().run(DipSampleImage.class.getName());
		assertEquals(List.of(DipSampleImage.class.getName()), executed);
	}

	@EventHandler
	private void ended(final ModuleExecutedEvent event) {
		executed.add(event.getModule().getInfo().getDelegateClassName());
	}
}
