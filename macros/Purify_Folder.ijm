// Runs a command of the plugin on every image of a folder; started from the menu, it asks which. The result of a.png is a.png.purified.tif in
// the target folder, or a.png.restored.tif for other commands. Images that fail are reported, and the others are processed. Existing results
// are skipped, so an interrupted run can be continued. Use a separate target folder for each set of options.
//   argument: source folder, target folder, options, command, separated by commas; the last two are optional (the defaults, DIP Purify...)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

command = "DIP Purify...";
options = "";
if (getArgument() == "") {
	Dialog.create("Restore a folder");
	Dialog.addChoice("Command", newArray("DIP Denoise...", "DIP Purify...", "DIP Inpaint...", "DIP Super-Resolution..."));
	Dialog.addDirectory("Folder of images", "");
	Dialog.addDirectory("Folder for the results", "");
	Dialog.addString("Options", options, 30);
	Dialog.addMessage("Options as the Recorder writes them; empty: the defaults.");
	Dialog.show();
	command = Dialog.getChoice();
	source = Dialog.getString();
	target = Dialog.getString();
	options = Dialog.getString();
} else {
	parts = split(getArgument(), ",");
	if (parts.length < 2 || parts.length > 4) exit("The argument must be source,target,options,command: two folders, options separated by spaces (optional) and a command (optional).");
	source = String.trim(parts[0]);
	target = String.trim(parts[1]);
	if (parts.length > 2) options = parts[2];
	if (parts.length > 3) command = String.trim(parts[3]);
}
if (source == "" || target == "") exit("Name two folders: one of images, and one for the results (as an argument: source,target).");
if (!endsWith(source, File.separator)) source = source + File.separator;
if (!endsWith(target, File.separator)) target = target + File.separator;
if (!File.isDirectory(source)) exit("There is no folder " + source + ": check its name.");
if (!File.isDirectory(target)) File.makeDirectory(target);
if (!File.isDirectory(target)) exit("Cannot create the folder " + target + ": check its name and your write permission.");
setBatchMode(true);
ending = ".purified.tif";
if (!startsWith(command, "DIP Purify")) ending = ".restored.tif";

done = 0; skipped = 0; failed = 0;
files = getFileList(source);
for (i = 0; i < files.length; i++) {
	if (endsWith(files[i], "/") || startsWith(files[i], ".") || endsWith(files[i], ending)) continue;
	result = target + files[i] + ending;
	if (File.exists(result)) {
		skipped++;
		continue;
	}
	print("Image " + (i + 1) + " of " + files.length + ": " + files[i]);
	error = call("io.github.deepimageprior.host.Bridge.callOnFile", command, source + files[i], result, options);
	if (error == "") done++;
	else {
		failed++;
		print("  failed: " + error);
	}
}
print("" + done + " done, " + skipped + " done before, " + failed + " failed. The results are in " + target);
