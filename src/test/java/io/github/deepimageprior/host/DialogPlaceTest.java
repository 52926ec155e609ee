package io.github.deepimageprior.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.prefs.Preferences;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.module.ModuleItem;

/** What a user sees first in the dialogs of all commands. */
class DialogPlaceTest {

	/** Rows that fit on a screen of 1024x768 pixels. */
	private static final int MOST = 22;

	private static Context context;

	@BeforeAll
	static void startContext() {
		context = new Context(CommandService.class);
	}

	@AfterAll
	static void endContext() {
		context.dispose();
	}

	private static Stream<CommandInfo> commands() {
		return context.service(CommandService.class).getCommands().stream()
			.filter(info -> info.getClassName().startsWith("io.github.deepimageprior."));
	}

	private static List<String> unfolded(final CommandInfo command) {
		return new CommandInputs(command).defaults().keySet().stream().filter(item -> !DialogPlace.isAdvanced(item))
			.map(ModuleItem::getName).toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"DIP Denoise... | recipe denoising_method noise_model noise_level gain black_level max_iterations preset "
			+ "result device preview",
		"DIP Inpaint... | recipe missing point_radius mask_image missing_value keep_known max_iterations preset result "
			+ "device preview",
		"DIP Super-Resolution... | recipe factor downsampler data_consistency max_iterations preset result device "
			+ "preview",
		"DIP Purify... | iterations classify_with preset result device preview",
		"MIG-SG Saliency... | classifier method show_mask show_overlay target_class model_file download trust "
			+ "device",
		"DIP Defence Study... | data output count protocol attacks defences dip_steps preset classifier download "
			+ "device" })
	void theTaskComesFirst(final String label, final String keys) {
		assertEquals(List.of(keys.split(" ")), unfolded(
			commands().filter(info -> label.equals(info.getMenuPath().getLeaf().getName())).findFirst().orElseThrow()));
	}

	@Test
	void allDialogsFitOnASmallScreen() {
		commands().forEach(command -> {
			final int all = new CommandInputs(command).defaults().size(), first = unfolded(command).size();
			assertTrue(first + (all - first + 1) / 2 <= MOST, command.getMenuPath() + ": " + unfolded(command));
		});
	}

	/** A choice of whole settings stands above all that it overrides. */
	@Test
	void settingsStandAboveWhatTheyOverride() {
		commands().forEach(command -> {
			final List<String> keys = new CommandInputs(command).defaults().keySet().stream().map(ModuleItem::getName)
				.toList();
			if (keys.contains("recipe")) assertEquals(0, keys.indexOf("recipe"), keys.toString());
			if (keys.contains("protocol"))
				for (final String key : List.of("preset", "networks", "interval"))
					assertTrue(!keys.contains(key) || keys.indexOf("protocol") < keys.indexOf(key), keys.toString());
			if (keys.contains("attack_settings"))
				for (final String key : List.of("alpha", "step_count", "fixed_steps", "space", "rounding"))
					assertTrue(keys.indexOf("attack_settings") < keys.indexOf(key), keys.toString());
		});
	}

	/** DIP Engine starts with what is remembered, and its button restores what it is without. */
	@Test
	void theButtonRestoresTheDefaultsAndNotWhatIsRemembered() {
		final Preferences remembered = Preferences.userRoot().node("io/github/deepimageprior/command");
		final CommandInputs engine = CommandHost.of("DIP Engine...").inputs();
		remembered.putInt("threads", 3);
		remembered.put("libtorch_folder", "/torch");
		try {
			assertEquals(List.of(3, "/torch", true), List.copyOf(engine.defaults().values()));
			assertEquals(List.of(0, "", true), List.copyOf(engine.restored().values()));
		}
		finally {
			remembered.remove("threads");
			remembered.remove("libtorch_folder");
		}
	}

	@Test
	void helpKnowsTheSectionOfEachCommand() {
		assertTrue(CommandHelp.page("DIP Super-Resolution").endsWith("parameters.md#dip-super-resolution"));
		assertTrue(CommandHelp.page("MIG-SG Saliency").endsWith("parameters.md#mig-sg-saliency"));
	}
}
