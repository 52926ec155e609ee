package io.github.deepimageprior.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.measure.ResultsTable;

import io.github.deepimageprior.Cancellation;
import io.github.deepimageprior.host.Bridge;
import io.github.deepimageprior.study.Fixture;
import io.github.deepimageprior.study.Protocol;
import io.github.deepimageprior.study.Settings;
import io.github.deepimageprior.study.Studies;
import io.github.deepimageprior.study.StudyRun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.CommandService;
import org.scijava.module.Module;

/** The commands that run studies, as SciJava runs them and as the macros of plain ImageJ do. */
class StudyCommandsTest {

	@TempDir
	private static Path folder;

	private static Context context;
	private static Path data;

	@BeforeAll
	static void start() throws IOException {
		context = new Context(CommandService.class);
		data = Fixture.pictures(folder.resolve("data"), 4);
	}

	@AfterAll
	static void end() {
		context.dispose();
	}

	/** @return what a user enters for a study with these settings */
	private static Map<String, Object> inputs(final Settings settings) {
		final Map<String, Object> inputs = new HashMap<>(settings.values());
		inputs.keySet().removeAll(List.of("study", "size"));
		inputs.replaceAll((key, value) -> switch (key) {
			case "count" -> Integer.valueOf((String) value);
			case "seed", "shuffle" -> Long.valueOf((String) value);
			case "only_right", "trust" -> Boolean.valueOf((String) value);
			default -> value;
		});
		return inputs;
	}

	/** Script, macro and library compute the same: one code path. */
	@Test
	void theSameRowsInEveryHost() throws Exception {
		new StudyRun(Fixture.defence(data, folder.resolve("core")), "", StudyRun.Listener.NONE).run(new Cancellation());
		ResultsTable.getResultsTable().reset();
		final Module module = context.service(CommandService.class)
			.run(DipDefenceStudy.class, true, inputs(Fixture.defence(data, folder.resolve("script")))).get();
		assertFalse(((Cancelable) module).isCanceled(), ((Cancelable) module).getCancelReason());
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals("DIP Defence Study", table.getLabel(0));
		assertEquals("clean", table.getStringValue("attack", 0));
		assertEquals(100, table.getValue("percent", 0));
		final String options = inputs(Fixture.defence(data, folder.resolve("macro"))).entrySet().stream()
			.map(entry -> entry.getKey() + "=[" + entry.getValue() + "]").collect(Collectors.joining(" "));
		assertEquals("", Bridge.call("DIP Defence Study...", options));
		final String rows = Fixture.rows(folder.resolve("core"));
		assertEquals(rows, Fixture.rows(folder.resolve("script")));
		assertEquals(rows, Fixture.rows(folder.resolve("macro")));
		for (final String file : List.of("summary.csv", "defence.png"))
			assertArrayEquals(Files.readAllBytes(folder.resolve("core/" + file)),
				Files.readAllBytes(folder.resolve("macro/" + file)));
		assertTrue(
			Files.readString(folder.resolve("macro/report.html")).contains("run(&quot;DIP Defence Study...&quot;"));
	}

	/** What a command asks for is a setting of its study, with the commands' defaults. */
	@Test
	void studiesKnowAllParametersOfTheirCommands() throws Exception {
		for (final Class<? extends StudyBase> command : List.of(DipAdaptiveStudy.class, DipArchitectureStudy.class,
			DipConfidenceStudy.class, DipDefenceStudy.class, DipFeatureStudy.class, DipSaliencyStudy.class,
			MakeFeaturePairs.class))
		{
			final StudyBase study = command.getDeclaredConstructor().newInstance();
			study.setContext(context);
			final Map<String, String> values = new HashMap<>(MacroLine.values(study));
			values.put("study", study.study());
			Studies.complete(values);
			assertEquals(study.study(), Studies.of(Protocol.resolved(Settings.of(values))).name());
		}
	}

	/** No line is shown that would not run. */
	@Test
	void aValueThatNoMacroCanPassOnIsASentence() {
		final StudyBase study = new MakeFeaturePairs();
		study.setContext(context);
		assertTrue(MacroLine.of(study, Map.of("data", "/c] p"))
			.startsWith("run(\"Make Feature Pairs...\", \"data='/c] p' "));
		assertEquals("There is no macro line, since data has an apostrophe and brackets that are not paired: rename "
			+ "the folder or file, or use a Groovy script.", MacroLine.of(study, Map.of("data", "/it's c] p")));
	}

	@Test
	void whatIsNoNumberStaysText() {
		for (final String number : List.of("0", "-12.50", "3", "1.5E-7"))
			assertEquals(Double.valueOf(number), StudyBase.value(number));
		for (final String text : List.of("2024.05.01", "1.0.2", ".", "", "5.", "0.5 [0.4, 0.6]", "inf"))
			assertEquals(text, StudyBase.value(text));
	}

	@Test
	void whatIsMissingIsASentence() {
		assertEquals("The value of data is empty: enter the folder of the labelled pictures.",
			Bridge.call("DIP Defence Study...", ""));
		assertTrue(Bridge.call("DIP Defence Study...", "data=[" + folder.resolve("none") + "] output=[" + folder + "]")
			.startsWith("There is no folder or file "));
	}

	/** Tables 3 and 4: the numbers of the architectures as the paper describes them, not those that it prints. */
	@Test
	void networksAreDescribed() throws Exception {
		for (final Object[] known : new Object[][] { { "Paper", 2_217_831, 31 }, { "Arch-1", 1_286_463, 19 },
			{ "Arch-2", 26_575, 19 } })
		{
			final ResultsTable table = ResultsTable.getResultsTable();
			table.reset();
			final Module module = context.service(CommandService.class)
				.run(DipDescribeNetwork.class, true, "preset", known[0], "width", 64, "height", 48).get();
			assertFalse(((Cancelable) module).isCanceled(), ((Cancelable) module).getCancelReason());
			int parameters = 0;
			for (int row = 0; row < table.size(); row++) parameters += table.getValue("Parameters", row);
			assertEquals(known[1], parameters);
			assertEquals(known[2], table.size());
			final ImagePlus drawing = (ImagePlus) module.getOutput("drawing");
			assertEquals(known[0], drawing.getTitle());
			assertTrue(drawing.getStatistics().stdDev > 10, "something is drawn");
		}
		assertEquals("The value of kernel is 4: enter an odd number.",
			Bridge.call("DIP Describe Network...", "architecture=custom kernel=4"));
		assertEquals("", Bridge.call("DIP Describe Network...", "architecture=custom skip_maps=0 scales=2 kernel=5"));
	}
}
