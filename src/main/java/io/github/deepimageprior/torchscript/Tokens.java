package io.github.deepimageprior.torchscript;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits TorchScript code into tokens: names, numbers, strings with their quotes, and single characters. It knows only
 * the notation in which PyTorch saves code, and rejects any other that libtorch would understand, so that the two can
 * never disagree about where a string or a comment ends.
 */
final class Tokens {

	private static final String CHARACTERS = "+-*/%@()[]:,={}><.?!&^|~";

	private Tokens() {}

	/** @throws ParseException where the code is not written as PyTorch writes it */
	static List<String> of(final String code) throws ParseException {
		final List<String> tokens = new ArrayList<>();
		for (int start = 0, end; start < code.length(); start = end) {
			end = end(code, start);
			if (" \n#".indexOf(code.charAt(start)) < 0) tokens.add(code.substring(start, end));
		}
		return tokens;
	}

	private static int end(final String code, final int start) throws ParseException {
		final char first = code.charAt(start);
		if (first == '#' && !code.startsWith("# type:", start))
			return code.indexOf('\n', start) < 0 ? code.length() : code.indexOf('\n', start);
		if (code.startsWith("...", start)) return start + 3;
		if (first == '"') return string(code, start);
		if (isDigit(first)) return number(code, start);
		if (isLetter(first)) {
			int end = start;
			while (isLetter(at(code, end)) || isDigit(at(code, end))) end++;
			return end;
		}
		if (first == ' ' || first == '\n' || CHARACTERS.indexOf(first) >= 0) return start + 1;
		throw new ParseException("", start);
	}

	private static int string(final String code, final int start) throws ParseException {
		if (code.startsWith("\"\"\"", start)) throw new ParseException("", start);
		int end = start + 1;
		while (at(code, end) != '"') {
			if (at(code, end) == '\\') end++;
			if (end >= code.length() || at(code, end) == '\n') throw new ParseException("", start);
			end++;
		}
		return end + 1;
	}

	private static int number(final String code, final int start) {
		int end = digits(code, start);
		if (at(code, end) == '.') end = digits(code, end + 1);
		if (at(code, end) != 'e') return end;
		final int exponent = "+-".indexOf(at(code, end + 1)) < 0 ? end + 1 : end + 2;
		return digits(code, exponent) > exponent ? digits(code, exponent) : end;
	}

	private static int digits(final String code, final int start) {
		int end = start;
		while (isDigit(at(code, end))) end++;
		return end;
	}

	/** @return the character at a position; a NUL, which no rule accepts, after the end */
	private static char at(final String code, final int position) {
		return position < code.length() ? code.charAt(position) : 0;
	}

	private static boolean isDigit(final char c) {
		return c >= '0' && c <= '9';
	}

	private static boolean isLetter(final char c) {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
	}
}
