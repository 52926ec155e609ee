package io.github.deepimageprior.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickle format, protocol 2, as far as lists of tensors need it. A pickle names the classes and
 * functions that are to be called; here none is called or loaded. The few names that a tensor needs are replaced by
 * values of this package, and any other name is refused.
 */
final class Unpickler {

	/** A tensor's numbers: which element type, and under which key the file has them. */
	record Storage(String type, String key, long elements) {}

	/** A tensor, as its numbers lie in a storage; counted in elements. */
	record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {}

	private static final String REBUILD = "torch._utils _rebuild_tensor_v2", DICTIONARY = "collections OrderedDict";
	private static final Object MARK = new Object();

	private final DataInputStream in;
	private final Deque<Object> stack = new ArrayDeque<>();
	private final Map<Integer, Object> memo = new HashMap<>();
	private long consumed;

	/** A name that a pickle refers to. */
	private record Name(String text) {}

	/** @param file is read from its current position; several pickles may follow each other */
	Unpickler(final InputStream file) {
		in = new DataInputStream(new BufferedInputStream(file));
	}

	/** @return how many bytes the pickles read so far took */
	long consumed() {
		return consumed;
	}

	/**
	 * @return the next object: a list, a map, a number, a text, or a {@link Tensor}
	 * @throws IOException if the bytes are no such pickle, or name a class that no tensor needs
	 */
	Object read() throws IOException {
		stack.clear();
		memo.clear();
		try {
			while (true) {
				final int code = next();
				if (code == '.') return stack.pop();
				step(code);
			}
		}
		catch (final RuntimeException malformed) {
			throw new IOException("not a list of tensors", malformed);
		}
	}

	private void step(final int code) throws IOException {
		switch (code) {
			case 0x80 -> next(); // the number of the protocol
			case '(' -> stack.push(MARK);
			case ']' -> stack.push(new ArrayList<>());
			case '}' -> stack.push(new LinkedHashMap<>());
			case ')' -> stack.push(List.of());
			case 'a' -> append(List.of(stack.pop()));
			case 'e' -> append(sinceMark());
			case 's' -> set(last(2));
			case 'u' -> set(sinceMark());
			case 't' -> stack.push(sinceMark());
			case 0x85 -> stack.push(last(1));
			case 0x86 -> stack.push(last(2));
			case 0x87 -> stack.push(last(3));
			case 'N' -> stack.push(Void.class);
			case 0x88 -> stack.push(true);
			case 0x89 -> stack.push(false);
			case 'K' -> stack.push((long) next());
			case 'M' -> stack.push((long) (next() | next() << 8));
			case 'J' -> stack.push((long) number());
			case 0x8a -> stack.push(large());
			case 'X' -> stack.push(new String(bytes(number()), StandardCharsets.UTF_8));
			case 'q' -> memo.put(next(), stack.peek());
			case 'r' -> memo.put(number(), stack.peek());
			case 'h' -> stack.push(memo.get(next()));
			case 'j' -> stack.push(memo.get(number()));
			case 'c' -> stack.push(name(line() + " " + line()));
			case 'R' -> stack.push(called(last(2)));
			case 'Q' -> stack.push(storage((List<?>) stack.pop()));
			default -> throw new IOException("has the operation " + code + ", which no list of tensors needs");
		}
	}

	private static Name name(final String text) throws IOException {
		if (text.equals(REBUILD) || text.equals(DICTIONARY) || text.matches("torch \\w+Storage")) return new Name(text);
		throw new IOException("names " + text.replace(' ', '.') + ", which is no part of a tensor");
	}

	@SuppressWarnings("unchecked")
	private static Object called(final List<Object> call) throws IOException {
		final String name = ((Name) call.get(0)).text;
		final List<?> arguments = (List<?>) call.get(1);
		if (name.equals(DICTIONARY) && arguments.isEmpty()) return new LinkedHashMap<>();
		if (!name.equals(REBUILD)) throw new IOException("calls " + name);
		return new Tensor((Storage) arguments.get(0), (Long) arguments.get(1), (List<Long>) arguments.get(2),
			(List<Long>) arguments.get(3));
	}

	private static Storage storage(final List<?> id) {
		return new Storage(((Name) id.get(1)).text.substring("torch ".length()), (String) id.get(2), (Long) id.get(4));
	}

	@SuppressWarnings("unchecked")
	private void append(final List<Object> items) {
		((List<Object>) stack.peek()).addAll(items);
	}

	@SuppressWarnings("unchecked")
	private void set(final List<Object> pairs) {
		for (int i = 0; i < pairs.size(); i += 2)
			((Map<Object, Object>) stack.peek()).put(pairs.get(i), pairs.get(i + 1));
	}

	private List<Object> sinceMark() {
		final Deque<Object> items = new ArrayDeque<>();
		for (Object item = stack.pop(); item != MARK; item = stack.pop()) items.push(item);
		return new ArrayList<>(items);
	}

	private List<Object> last(final int count) {
		final Deque<Object> items = new ArrayDeque<>();
		for (int i = 0; i < count; i++) items.push(stack.pop());
		return new ArrayList<>(items);
	}

	private int next() throws IOException {
		consumed++;
		return in.readUnsignedByte();
	}

	private int number() throws IOException {
		consumed += Integer.BYTES;
		return Integer.reverseBytes(in.readInt());
	}

	private byte[] bytes(final int count) throws IOException {
		consumed += count;
		return in.readNBytes(count);
	}

	/** A whole number of any size; those that exceed a long are left as they are. */
	private Object large() throws IOException {
		final byte[] little = bytes(next()), big = new byte[little.length + 1];
		for (int i = 0; i < little.length; i++) big[little.length - i] = little[i];
		if (little.length > 0 && little[little.length - 1] < 0) big[0] = -1;
		final BigInteger value = new BigInteger(big);
		return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
	}

	private String line() throws IOException {
		final StringBuilder line = new StringBuilder();
		for (int letter = next(); letter != '\n'; letter = next()) line.append((char) letter);
		return line.toString();
	}
}
