package io.github.deepimageprior.torchscript;

import io.github.deepimageprior.DipException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The archive of a TorchScript module: a zip file of code, as text, and of weights. What libtorch is given to open is a
 * new archive of the entries that were read and checked here, so that it does not matter whether libtorch would find
 * others in the file.
 */
public final class ModuleArchive {

	private static final String TRUST = "a model is a program, so set trust=true (Trust the model file) only if you "
		+ "trust whoever made it.";

	/** The same for every copy, so that the same module gives the same bytes. */
	private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

	/** Entries that libtorch needs: others, such as those for debuggers, are left out. */
	private static final Pattern NEEDED = Pattern
		.compile("(data|constants)\\.pkl|version|byteorder|\\.data/version|(data|constants)/.+|code/(.+)\\.py");

	/** In pickled objects: the name of a class of libtorch, or of the package for remote calls. */
	private static final Pattern PICKLED = Pattern
		.compile("__torch__[.\\n]torch[.\\n]classes[.\\n](\\w+([.\\n]\\w+)?)|torch[.\\n]distributed[.\\n]\\w+");

	/** The bytes of a growing array, which are not copied. */
	private static final class Content extends ByteArrayOutputStream {

		InputStream stream() {
			return new ByteArrayInputStream(buf, 0, count);
		}
	}

	private final String name;
	private final Map<String, String> code = new TreeMap<>();
	private final List<String> pickles = new ArrayList<>();
	private final Content content = new Content();

	private ModuleArchive(final String name) {
		this.name = name;
	}

	/**
	 * @param file of a module that was saved by {@code torch.jit.save}
	 * @return what it contains
	 * @throws DipException if it is something else, or damaged
	 * @throws IOException if it cannot be read
	 */
	public static ModuleArchive read(final Path file) throws IOException {
		final ModuleArchive archive = new ModuleArchive(file.getFileName().toString());
		try (ZipFile zip = new ZipFile(file.toFile()); ZipOutputStream copy = new ZipOutputStream(archive.content)) {
			copy.setMethod(ZipOutputStream.STORED); // libtorch reads no compressed weights
			archive.copy(zip, copy);
		}
		catch (final ZipException | IllegalArgumentException foreign) { // the latter for malformed names
			throw archive.foreign(foreign);
		}
		if (archive.code.isEmpty() || archive.pickles.size() != 2) throw archive.foreign(null);
		return archive;
	}

	private void copy(final ZipFile zip, final ZipOutputStream copy) throws IOException {
		final Set<String> seen = new HashSet<>();
		String folder = null;
		for (final ZipEntry entry : zip.stream().toList()) {
			final String path = entry.getName();
			if (folder == null) folder = path.substring(0, path.indexOf('/') + 1); // libtorch looks nowhere else
			if (!path.startsWith(folder) || !NEEDED.matcher(path.substring(folder.length())).matches()) continue;
			if (!seen.add(path.toLowerCase(Locale.ROOT))) throw damaged(path);
			final byte[] bytes;
			try (InputStream in = zip.getInputStream(entry)) {
				bytes = in.readAllBytes();
			}
			final CRC32 sum = new CRC32();
			sum.update(bytes);
			if (sum.getValue() != entry.getCrc()) throw damaged(path);
			keep(path.substring(folder.length()), bytes);
			final ZipEntry copied = new ZipEntry("module/" + path.substring(folder.length()));
			copied.setTimeLocal(NO_TIME);
			copied.setSize(bytes.length);
			copied.setCrc(sum.getValue());
			copy.putNextEntry(copied);
			copy.write(bytes);
		}
	}

	private void keep(final String path, final byte[] bytes) {
		final Matcher needed = NEEDED.matcher(path);
		if (!needed.matches()) return;
		if (needed.group(3) != null)
			code.put(needed.group(3).replace('/', '.'), new String(bytes, StandardCharsets.ISO_8859_1));
		else
			if (needed.group(1) != null) pickles.add(new String(bytes, StandardCharsets.ISO_8859_1));
	}

	private DipException foreign(final Exception cause) {
		return new DipException(
			"The file " + name + " is not a TorchScript module: save the model with torch.jit.save.", cause);
	}

	private DipException damaged(final String entry) {
		return new DipException("The file " + name + " is damaged (" + entry + "): copy or save the model again.");
	}

	/**
	 * Checks that the module uses only operators that are known to do nothing but compute.
	 *
	 * @return the archive itself
	 * @throws DipException if it names others
	 */
	public ModuleArchive requireHarmless() {
		final ModuleCode all = new ModuleCode();
		for (final Map.Entry<String, String> file : code.entrySet()) {
			try {
				all.add(file.getKey(), file.getValue());
			}
			catch (final ParseException unusual) {
				throw new DipException("The code of the model " + name + " is not written as PyTorch writes it ("
					+ file.getKey() + ", character " + unusual.getErrorOffset() + "): " + TRUST);
			}
		}
		final Optional<String> suspect = all.suspect().or(this::pickled);
		if (suspect.isPresent())
			throw new DipException(
				"The model " + name + " uses " + suspect.get() + ", which may do more than compute: " + TRUST);
		return this;
	}

	/** @return the first class among the pickled objects that is not known to be harmless */
	private Optional<String> pickled() {
		return pickles.stream().flatMap(objects -> PICKLED.matcher(objects).results())
			.filter(found -> found.group(1) == null || !ModuleCode.isHarmlessClass(found.group(1).replace('\n', '.')))
			.map(found -> found.group().replace('\n', '.')).findFirst();
	}

	/** @return the archive that libtorch may open */
	public InputStream content() {
		return content.stream();
	}
}
