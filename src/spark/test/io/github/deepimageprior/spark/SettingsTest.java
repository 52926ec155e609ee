package io.github.deepimageprior.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.github.deepimageprior.DipException;

import java.util.Map;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is required of Spark's settings, and of the code. */
@Tag("spark")
class SettingsTest {

	private static SparkConf conf(final Map<String, String> values) {
		final SparkConf conf = new SparkConf(false).set("spark.master", "local[2]");
		values.forEach(conf::set);
		return conf;
	}

	@Test
	void speculationIsRefused() {
		final SparkConf conf = conf(Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
		Application.check(conf);
		assertEquals("org.apache.spark.serializer.JavaSerializer", conf.get("spark.serializer"));
		assertTrue(assertThrows(DipException.class, () -> Application.check(conf(Map.of("spark.speculation", "true"))))
			.getMessage().endsWith("set spark.speculation=false."));
		assertTrue(assertThrows(DipException.class, () -> Application.check(new SparkConf(false))).getMessage()
			.contains("spark-submit --master local[2]"));
	}

	@Test
	void theOverheadIsComputedAsSparkDoes() {
		final long megabyte = 1 << 20;
		assertEquals(384 * megabyte, ExecutorMemory.overhead(conf(Map.of())));
		assertEquals(819 * megabyte, ExecutorMemory.overhead(conf(Map.of("spark.executor.memory", "8g"))));
		assertEquals(3276 * megabyte, ExecutorMemory
			.overhead(conf(Map.of("spark.executor.memory", "8g", "spark.executor.memoryOverheadFactor", "0.4"))));
		assertEquals(5 * 1024 * megabyte, ExecutorMemory
			.overhead(conf(Map.of("spark.executor.memory", "8g", "spark.executor.memoryOverhead", "5g"))));
		assertEquals(5 * megabyte, ExecutorMemory.overhead(conf(Map.of("spark.executor.memoryOverhead", "5"))));
	}

	@Test
	void tooLittleMemoryIsASentenceWithTheSettingToChange() {
		ExecutorMemory.require(100_000_000, 4, 1_000_000_000, "on it");
		final String advice = assertThrows(DipException.class,
			() -> ExecutorMemory.require(1_000_000_000, 4, 400_000_000, "on host1")).getMessage();
		assertTrue(advice.startsWith("4 tasks at once need about 4.6 GB outside the Java heap, but there are 0.4 GB on "
			+ "host1: set spark.executor.memoryOverhead=4387m"), advice);
	}

	/** Studies run where there is no ImageJ. */
	@Test
	void oneClassKnowsImageJ() {
		final JavaClasses code = new ClassFileImporter().importPackages("io.github.deepimageprior.spark");
		noClasses().that().haveSimpleNameNotEndingWith("Test").and().doNotHaveSimpleName("ImageFile").should()
			.dependOnClassesThat().resideInAnyPackage("ij..").check(code);
		noClasses().that().haveSimpleNameNotEndingWith("Test").should().dependOnClassesThat().resideInAnyPackage(
			"org.scijava..", "io.github.deepimageprior.command..", "io.github.deepimageprior.host..").check(code);
	}
}
