package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.scijava.Context;
import org.scijava.command.CommandService;

/** The documentation's page of parameters says what the commands say. */
class ParametersPageTest {

	private static final Path PAGE = Path.of("src/site/markdown/parameters.md"), NEW = Path.of("target/parameters.md");

	@Test
	void thePageAgreesWithTheCommands() throws Exception {
		EnginePreferences.keep(0, ""); // another test may have left a number of threads, which is the default then
		try (Context context = new Context(CommandService.class)) {
			final String page = new ParametersPage(context.service(CommandService.class)).text();
			Files.writeString(NEW, page);
			assertEquals(page, Files.readString(PAGE), "Parameters have changed: copy " + NEW + " to " + PAGE);
		}
	}
}
