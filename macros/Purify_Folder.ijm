// Purifies every image of a folder, or does what another command of the plugin does. The result of a.png is a.png.purified.tif in another
// folder, or a.png.restored.tif of another command. An image that fails is reported and the rest is done; what is finished already is skipped,
// so an interrupted run goes on where it was. Give each set of options a folder of its own.
//   argument: source folder, target folder, options and command, with commas between them; the last two may be left out
// Without a display: see "Without a display" in the README.

command = "DIP Purify...";
options = "preset=Fast iterations=1000 result=averaged seed=0 device=auto precision=auto";
if (getArgument() == "") {
	source = getDirectory("Images to purify");
	target = getDirectory("Where the results go");
} else {
	parts = split(getArgument(), ",");
	if (parts.length < 2 || parts.length > 4) exit("Give source folder, target folder and, if you like, options with blanks between them and a command, as source,target,options,command.");
	source = String.trim(parts[0]);
	target = String.trim(parts[1]);
	if (parts.length > 2) options = parts[2];
	if (parts.length > 3) command = String.trim(parts[3]);
}
if (source == "" || target == "") exit("Give a source folder and a target folder, as source,target.");
if (!endsWith(source, File.separator)) source = source + File.separator;
if (!endsWith(target, File.separator)) target = target + File.separator;
if (!File.isDirectory(source)) exit("There is no folder " + source + ": check its name.");
if (!File.isDirectory(target)) File.makeDirectory(target);
if (!File.isDirectory(target)) exit("The folder " + target + " cannot be made: check its name and your rights.");
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
		print("  not done: " + error);
	}
}
print("" + done + " done, " + skipped + " done before, " + failed + " failed. The results are in " + target);
