package io.github.deepimageprior;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Which package may depend on which. */
class ArchitectureTest {

	private static final String ROOT = "io.github.deepimageprior";
	private static final JavaClasses CODE = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

	/** The packages of each package that it may depend on, besides the root package. */
	private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(Map.entry("engine", Set.of()),
		Map.entry("torchscript", Set.of()), Map.entry("tile", Set.of()), Map.entry("measure", Set.of()),
		Map.entry("prior", Set.of("engine")), Map.entry("nonlocal", Set.of("engine", "measure")),
		Map.entry("restore", Set.of("prior", "nonlocal", "tile", "measure", "engine")),
		Map.entry("classifier", Set.of("engine", "torchscript")), Map.entry("attack", Set.of("classifier")),
		Map.entry("saliency", Set.of("classifier", "engine")),
		Map.entry("track", Set.of("prior", "classifier", "saliency")), Map.entry("data", Set.of("engine")),
		Map.entry("report", Set.of()),
		Map.entry("study",
			Set.of("engine", "measure", "prior", "classifier", "attack", "saliency", "track", "data", "report")),
		Map.entry("image", Set.of()), Map.entry("sample", Set.of()), Map.entry("host", Set.of("image")),
		Map.entry("command", Set.of("engine", "nonlocal", "tile", "measure", "prior", "restore", "classifier", "attack",
			"saliency", "track", "report", "study", "image", "sample", "host")));

	private static final List<String> CORE = List.of("engine", "prior", "nonlocal", "restore", "track", "tile",
		"torchscript", "classifier", "attack", "saliency", "measure");

	private static String[] packages(final Stream<String> names) {
		return names.map(name -> ROOT + "." + name + "..").toArray(String[]::new);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
	}

	@Test
	void everyPackageHasItsPlace() {
		final Set<String> found = CODE.stream().map(JavaClass::getPackageName).filter(name -> !name.equals(ROOT))
			.map(name -> name.substring(ROOT.length() + 1)).collect(Collectors.toSet());
		assertEquals(MAY_USE.keySet(), found);
	}

	@Test
	void dataFlowsOneWay() {
		MAY_USE.forEach((name, used) -> {
			final Stream<String> others = MAY_USE.keySet().stream()
				.filter(other -> !other.equals(name) && !used.contains(other));
			noClasses().that().resideInAPackage(ROOT + "." + name + "..").should().dependOnClassesThat()
				.resideInAnyPackage(packages(others)).allowEmptyShould(true).check(CODE);
		});
		noClasses().that().resideInAPackage(ROOT).should().dependOnClassesThat()
			.resideInAnyPackage(packages(MAY_USE.keySet().stream())).check(CODE);
	}

	/** Spark's executor is in a jar of its own, see src/spark. */
	@Test
	void thePluginKnowsNoSpark() {
		noClasses().should().dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".spark..", "org.apache.spark..", "org.apache.hadoop..", "scala..", "picocli..")
			.check(CODE);
	}

	@Test
	void theCoreKnowsNeitherImageJNorAUserInterface() {
		noClasses().that()
			.resideInAnyPackage(
				Stream.concat(Stream.of(ROOT), Stream.of(packages(CORE.stream()))).toArray(String[]::new))
			.should().dependOnClassesThat().resideInAnyPackage("ij..", "java.awt..", "javax.swing..", "org.scijava..")
			.check(CODE);
	}

	/** ImageIO reads and writes AWT's images, and figures are drawn into them. */
	@Test
	void studiesKnowNoImageJAndNoUserInterface() {
		noClasses().that().resideInAnyPackage(packages(Stream.of("data", "report", "study"))).should()
			.dependOnClassesThat().resideInAnyPackage("ij..", "javax.swing..", "java.awt.event..", "org.scijava..")
			.check(CODE);
		noClasses().that().resideInAnyPackage(packages(Stream.of("data", "report", "study"))).and()
			.doNotHaveSimpleName("FigureImage").should().dependOnClassesThat().resideInAPackage("java.awt").check(CODE);
	}

	@Test
	void imagesKnowNoWindows() {
		noClasses().that().resideInAPackage(ROOT + ".image..").should().dependOnClassesThat()
			.resideInAnyPackage("javax.swing..", "java.awt.event..", "ij.plugin..", "org.scijava..").check(CODE);
		noClasses().that().resideInAPackage(ROOT + ".image..").should().dependOnClassesThat()
			.haveFullyQualifiedName("ij.IJ").check(CODE);
	}

	@Test
	void onlyTheEngineKnowsDjlsPyTorch() {
		noClasses().that().resideOutsideOfPackage(ROOT + ".engine..").should().dependOnClassesThat()
			.resideInAPackage("ai.djl.pytorch..").check(CODE);
		noClasses().that()
			.resideInAnyPackage(packages(Stream.of("image", "attack", "command", "host", "restore", "track", "tile",
				"measure", "report", "study", "torchscript")))
			.should().dependOnClassesThat().resideInAPackage("ai.djl..").check(CODE);
	}

	@Test
	void geometryAndMeasuresKnowPicturesOnly() {
		classes().that().resideInAnyPackage(packages(Stream.of("measure", "tile"))).should().onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT, ROOT + ".measure..", ROOT + ".tile..", "java..").check(CODE);
	}
}
