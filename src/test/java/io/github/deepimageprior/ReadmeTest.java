package io.github.deepimageprior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;

/** The Java examples of the README and the other pages compile as they stand. */
class ReadmeTest {

	private static List<String> examples() throws Exception {
		final List<String> examples = new ArrayList<>();
		for (final Path page : Pages.all()) examples.addAll(Pages.examples(page, "java"));
		return examples;
	}

	@Test
	void theJavaExamplesCompile() throws Exception {
		assertEquals(4, examples().size());
		final StringBuilder code = new StringBuilder();
		for (final String room : List.of("", ".attack", ".classifier", ".engine", ".prior", ".restore", ".saliency",
			".track")) code.append("import io.github.deepimageprior").append(room).append(".*;\n");
		code.append("import java.util.List;\nimport net.imglib2.RandomAccessibleInterval;\n")
			.append("import net.imglib2.img.Img;\nimport net.imglib2.type.numeric.real.FloatType;\n")
			.append("class Readme {\n\tvoid run(Img<FloatType> image) {\n");
		// The examples go on where the one before ends; a name that stands twice would be an error.
		examples().forEach(code::append);
		code.append("\t}\n}\n");
		final JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Readme.java"),
			JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(final boolean ignore) {
				return code;
			}
		};
		final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		final StringWriter errors = new StringWriter();
		assertTrue(compiler
			.getTask(errors, null, null, List.of("-proc:none", "-d", Files.createTempDirectory("readme").toString(),
				"-cp", System.getProperty("java.class.path")), null, List.of(file))
			.call(), errors.toString());
	}
}
