package io.github.deepimageprior.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

/**
 * A report: a page {@code report.html}, and beside it every named table as NAME.csv, and every figure as NAME.png with
 * its data as NAME.csv.
 *
 * @param title of the page
 * @param parts in the order in which they are read
 */
public record Report(String title, List<Part> parts) {

	private static final String STYLE = "body{font:16px/1.5 sans-serif;max-width:1100px;margin:2em auto;padding:0 1em}"
		+ "table{border-collapse:collapse;margin:1em 0}caption{text-align:left;font-weight:bold;padding:.3em 0}"
		+ "th,td{border-bottom:1px solid #ccc;padding:.25em .7em;text-align:left}th{border-color:#000}"
		+ "figure{display:inline-block;margin:.5em 1em .5em 0}img{max-width:100%}figcaption{font-size:14px}";

	/** Tables with more rows are shown on a click. */
	private static final int LONG = 40;

	/** Copies the list. */
	public Report {
		parts = List.copyOf(parts);
	}

	/**
	 * Writes all files. Those of the same names are replaced, and those of an earlier report that this one does not
	 * have are deleted; {@code .report} lists them.
	 *
	 * @param folder an existing folder
	 * @throws IOException if a file cannot be written
	 */
	public void write(final Path folder) throws IOException {
		final Map<String, byte[]> files = files();
		final Path list = folder.resolve(".report");
		if (Files.exists(list))
			for (final String former : Files.readAllLines(list))
				if (former.matches("[^/\\\\]+\\.(csv|png)") && !files.containsKey(former))
					Files.deleteIfExists(folder.resolve(former));
		Files.write(list, files.keySet());
		for (final Map.Entry<String, byte[]> file : files.entrySet())
			Files.write(folder.resolve(file.getKey()), file.getValue());
	}

	private Map<String, byte[]> files() throws IOException {
		final Map<String, byte[]> files = new LinkedHashMap<>();
		for (final Part part : parts) {
			if (part instanceof Table table && table.name() != null)
				files.put(table.name() + ".csv", table.csv().getBytes(StandardCharsets.UTF_8));
			if (!(part instanceof Figure figure)) continue;
			files.put(figure.name() + ".csv", figure.data().csv().getBytes(StandardCharsets.UTF_8));
			final ByteArrayOutputStream png = new ByteArrayOutputStream();
			ImageIO.write(FigureImage.of(figure), "png", png);
			files.put(figure.name() + ".png", png.toByteArray());
		}
		files.put("report.html", html().getBytes(StandardCharsets.UTF_8));
		return files;
	}

	/** @return the page; its pictures are files beside it */
	String html() {
		final StringBuilder page = new StringBuilder(
			"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">").append("<title>")
			.append(escaped(title)).append("</title><style>").append(STYLE).append("</style></head><body>\n<h1>")
			.append(escaped(title)).append("</h1>\n");
		for (final Part part : parts) page.append(html(part)).append('\n');
		return page.append("</body></html>\n").toString();
	}

	private static String html(final Part part) {
		if (part instanceof Part.Heading heading) return "<h2>" + escaped(heading.text()) + "</h2>";
		if (part instanceof Part.Text text) return "<p>" + escaped(text.text()) + "</p>";
		if (part instanceof Table table) return html(table);
		if (part instanceof Figure figure) return picture(figure.name() + ".png", "Data: " + figure.name() + ".csv");
		final Part.Pictures pictures = (Part.Pictures) part;
		final StringBuilder html = new StringBuilder();
		for (int i = 0; i < pictures.files().size(); i++)
			html.append(picture(pictures.files().get(i), pictures.captions().get(i)));
		return html.toString();
	}

	private static String picture(final String file, final String caption) {
		return "<figure><img src=\"" + escaped(file) + "\" alt=\"" + escaped(caption) + "\"><figcaption>"
			+ escaped(caption) + "</figcaption></figure>";
	}

	private static String html(final Table table) {
		final StringBuilder html = new StringBuilder("<table><caption>").append(escaped(table.title()))
			.append("</caption>").append(row("th", table.columns()));
		for (final List<String> cells : table.rows()) html.append(row("td", cells));
		html.append("</table>");
		return table.rows().size() <= LONG ? html.toString()
			: "<details><summary>" + escaped(table.title()) + "</summary>" + html + "</details>";
	}

	private static String row(final String tag, final List<String> cells) {
		final StringBuilder row = new StringBuilder("<tr>");
		for (final String cell : cells)
			row.append('<').append(tag).append('>').append(escaped(cell)).append("</").append(tag).append('>');
		return row.append("</tr>\n").toString();
	}

	private static String escaped(final String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
	}
}
