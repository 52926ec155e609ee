package io.github.deepimageprior;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

	private static final String ROOT = "io.github.deepimageprior";
	private static final JavaClasses CODE = new ClassFileImporter()
		.withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

	@Test
	void roomsHaveNoCycles() {
		slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
	}

	@Test
	void algorithmsKnowNoUserInterface() {
		noClasses().that()
			.resideInAnyPackage(ROOT, ROOT + ".engine..", ROOT + ".prior..", ROOT + ".classifier..", ROOT + ".attack..",
				ROOT + ".saliency..", ROOT + ".measure..")
			.should().dependOnClassesThat().resideInAnyPackage("ij..", "java.awt..", "javax.swing..", "org.scijava..")
			.check(CODE);
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
			.resideInAnyPackage(ROOT + ".image..", ROOT + ".attack..", ROOT + ".command..", ROOT + ".host..").should()
			.dependOnClassesThat().resideInAPackage("ai.djl..").check(CODE);
	}

	@Test
	void measuresKnowPicturesOnly() {
		classes().that().resideInAPackage(ROOT + ".measure..").should().onlyDependOnClassesThat()
			.resideInAnyPackage(ROOT, ROOT + ".measure..", "java..").check(CODE);
	}

	@Test
	void restorationsKnowNoWindows() {
		noClasses().that().resideInAPackage(ROOT + ".restore..").should().dependOnClassesThat()
			.resideInAnyPackage("ij..", "javax.swing..", "org.scijava..", ROOT + ".command..", ROOT + ".host..")
			.check(CODE);
		noClasses().that()
			.resideInAnyPackage(ROOT + ".engine..", ROOT + ".prior..", ROOT + ".image..", ROOT + ".measure..",
				ROOT + ".classifier..", ROOT + ".attack..", ROOT + ".saliency..")
			.should().dependOnClassesThat().resideInAPackage(ROOT + ".restore..").check(CODE);
	}

	@Test
	void dataFlowsOneWay() {
		noClasses().that().resideInAPackage(ROOT + ".engine..").should().dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".prior..", ROOT + ".image..", ROOT + ".command..", ROOT + ".host..")
			.check(CODE);
		noClasses().that().resideInAPackage(ROOT + ".prior..").should().dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".image..", ROOT + ".command..", ROOT + ".host..").check(CODE);
		noClasses().that().resideInAPackage(ROOT + ".classifier..").should().dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".prior..", ROOT + ".attack..", ROOT + ".saliency..", ROOT + ".image..",
				ROOT + ".command..", ROOT + ".host..")
			.check(CODE);
		noClasses().that().resideInAnyPackage(ROOT + ".attack..", ROOT + ".saliency..").should().dependOnClassesThat()
			.resideInAnyPackage(ROOT + ".prior..", ROOT + ".image..", ROOT + ".command..", ROOT + ".host..")
			.check(CODE);
		noClasses().that().resideInAPackage(ROOT + ".host..").should().dependOnClassesThat()
			.resideInAPackage(ROOT + ".command..").check(CODE);
	}
}
