package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostJarTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
		'void ij.gui.GenericDialog.addPigeonField(java.lang.String, int)' | ij-1.54p.jar (1.54p)
		'com.google.gson.Gson net.imglib2.view.Views.pigeon(java.lang.String)' | imglib2-8.0.0.jar (8.0.0)
		com/google/gson/JsonParser.pigeon(Ljava/lang/String;)V | gson-2.10.1.jar (2.10.1)
		Class org.scijava.task.Task does not have member field 'int pigeon' | scijava-common-2.100.1.jar (2.100.1)
		'com.sun.jna.Library com.sun.jna.Native.pigeon(java.lang.Class)' | jna-5.14.0.jar (5.14.0)
		""", quoteCharacter = '`')
	void theJarThatLacksSomethingIsNamed(final String said, final String jar) {
		final String advice = HostJar.advice(new IllegalStateException(new NoSuchMethodError(said))).orElseThrow()
			.getMessage();
		assertTrue(advice.startsWith("The jar ") && advice.contains(jar + " is too old for the plugin: "), advice);
		assertTrue(advice.endsWith("(" + said + ")."), advice);
	}

	@ParameterizedTest
	@ValueSource(strings = { "org/pigeon/Coo", "pigeon", "'void java.lang.String.coo()'", "" })
	void whatIsInNoJarIsMissing(final String said) {
		final String advice = HostJar.advice(new NoClassDefFoundError(said)).orElseThrow().getMessage();
		assertTrue(advice.startsWith("A library is missing or too old: unpack the zip file"), advice);
	}

	@Test
	void theJarThatNeedsAnotherIsNamed() {
		final Error missing = new NoClassDefFoundError("org/pigeon/Coo");
		missing.setStackTrace(new StackTraceElement[] { new StackTraceElement("java.lang.Class", "forName", null, 1),
			new StackTraceElement("org.scijava.Context", "<init>", null, 1) });
		final String advice = HostJar.advice(missing).orElseThrow().getMessage();
		assertTrue(advice.contains("scijava-common-2.100.1.jar (2.100.1) is too old for the plugin: "), advice);
	}

	@Test
	void anythingElseIsNotMissing() {
		assertFalse(HostJar.advice(new IllegalStateException(new RuntimeException("org.scijava.Context"))).isPresent());
		assertFalse(HostJar.advice(new UnsatisfiedLinkError("'void org.scijava.Context.coo()'")).isPresent());
		assertFalse(HostJar.advice(new ExceptionInInitializerError("org.scijava.Context")).isPresent());
		assertFalse(
			HostJar.advice(new NoClassDefFoundError("Could not initialize class org.scijava.Context")).isPresent());
	}

	@Test
	void aJarIsFoundByItsFile() {
		assertTrue(HostJar.with("com/sun/jna/Native.class").orElseThrow().place().endsWith("jna-5.14.0.jar"));
		assertEquals("of unknown version", HostJar.with("jnilib/pytorch.properties").orElseThrow().version());
		assertFalse(HostJar.with("java/lang/String.class").isPresent());
		assertFalse(HostJar.with("org/pigeon/Coo.class").isPresent());
	}
}
