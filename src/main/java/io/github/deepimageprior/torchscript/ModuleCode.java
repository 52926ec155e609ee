package io.github.deepimageprior.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The code of a module. It can do nothing by itself: all that it does, it does through operators of libtorch and
 * through classes of libtorch, which it reaches through three names only, {@code torch}, {@code ops} and
 * {@code __torch__}. Each of them must therefore begin the full name of an operator that is known to do nothing but
 * compute, or of a class or function of the module itself.
 */
final class ModuleCode {

	private static final Set<String> OPERATORS = operators();
	private static final String CLASSES = "__torch__.torch.classes.";

	/** Groups of libtorch's own classes that hold weights, or mark times for a profiler. */
	private static final String HARMLESS_CLASSES = "(quantized|rnn|sparse|xnnpack|mkldnn|profiler)\\..*"
		+ "|\\w+PackedParamsBase(\\..*)?";

	private final Map<String, List<String>> files = new TreeMap<>();
	private final Set<String> defined = new HashSet<>();

	private static Set<String> operators() {
		try (InputStream list = ModuleCode.class.getResourceAsStream("operators.txt")) {
			return Set.copyOf(new String(list.readAllBytes(), StandardCharsets.US_ASCII).lines().toList());
		}
		catch (final IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	/**
	 * Adds a file.
	 *
	 * @param module what the file's names belong to, such as {@code __torch__.torch.nn}
	 * @throws ParseException where the code is not written as PyTorch writes it
	 */
	void add(final String module, final String code) throws ParseException {
		final List<String> tokens = Tokens.of(code);
		files.put(module, tokens);
		for (int i = 0; i + 1 < tokens.size(); i++)
			if (tokens.get(i).equals("class") || tokens.get(i).equals("def"))
				defined.add(module + "." + tokens.get(i + 1));
	}

	/** @return the first name that is not known to be harmless, as the code writes it */
	Optional<String> suspect() {
		return files.values().stream().flatMap(tokens -> suspect(tokens).stream()).findFirst();
	}

	private Optional<String> suspect(final List<String> tokens) {
		for (int i = 0; i < tokens.size(); i++) {
			final String before = i == 0 ? "" : tokens.get(i - 1),
				after = i + 1 == tokens.size() ? "" : tokens.get(i + 1);
			// After a dot it belongs to something else, and before a colon it is the name of an attribute.
			if (before.equals(".") || before.equals("import") || after.equals(":")) continue;
			final boolean harmless = switch (tokens.get(i)) {
				case "torch" -> isOperator("aten", path(tokens, i));
				case "ops" -> isOperator(null, path(tokens, i));
				case "__torch__" -> isClass(String.join(".", path(tokens, i)));
				default -> true;
			};
			if (!harmless) return Optional.of(String.join(".", path(tokens, i)));
		}
		return Optional.empty();
	}

	/** @return the names with dots between them that begin at a token */
	private static List<String> path(final List<String> tokens, final int first) {
		final List<String> path = new ArrayList<>(List.of(tokens.get(first)));
		for (int i = first + 1; i + 1 < tokens.size() && tokens.get(i).equals("."); i += 2) path.add(tokens.get(i + 1));
		return path;
	}

	/**
	 * @param namespace that the path begins in; null if the path names it
	 * @param path whose first element has led to the namespace
	 */
	private static boolean isOperator(final String namespace, final List<String> path) {
		String space = namespace;
		for (final String name : path.subList(1, path.size())) {
			if (space == null) space = name;
			else if (name.equals("autograd")) space = "aten"; // libtorch's alias, in every namespace
			else return OPERATORS.contains(space + "::" + name);
		}
		return false;
	}

	/** @param name which may be followed by names of members */
	private boolean isClass(final String name) {
		if (name.startsWith(CLASSES)) return isHarmlessClass(name.substring(CLASSES.length()));
		if (CLASSES.startsWith(name + ".")) return false; // a variable that leads there
		for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1))
			if (defined.contains(name.substring(0, end))) return true;
		return false;
	}

	/** @param name of a class of libtorch, without {@code __torch__.torch.classes.} */
	static boolean isHarmlessClass(final String name) {
		return name.matches(HARMLESS_CLASSES);
	}
}
