// Makes the gallery of the documentation: three sample images, and below each what its recipe makes of it.
//   argument: folder for the results (default: "gallery" in the home folder)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "gallery";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("Cannot create the folder " + folder + ": check its name and your write permission.");
setBatchMode(true);
side = 256;
newImage("gallery", "8-bit white", 3 * side + 8, 2 * side + 4, 1);

recipe(0, "fluorescence spots", "DIP Denoise...", "");
recipe(1, "hot pixels and scratches", "DIP Inpaint...", "max_iterations=1000 missing=value missing_value=255");
recipe(2, "coarse retina", "DIP Super-Resolution...", "max_iterations=1000 factor=2");
selectImage("gallery");
saveAs("PNG", folder + "gallery");
print("The results are in " + folder);

function recipe(column, sample, command, options) {
	run("DIP Sample Image", "picture=[" + sample + "]");
	before = getTitle();
	getMinAndMax(least, most);
	place(column, 0, before, least, most);
	selectImage(before);
	error = call("io.github.deepimageprior.host.Bridge.call", command, "preview=false " + options);
	if (error != "") exit(error);
	place(column, 1, getTitle(), least, most);
}

// Shows an image in the gallery, with the same range of values as the one above it.
function place(column, row, image, least, most) {
	selectImage(image);
	run("Duplicate...", "title=tile");
	setMinAndMax(least, most);
	run("8-bit");
	run("Size...", "width=" + side + " height=" + side + " interpolation=None");
	run("Select All");
	run("Copy");
	close("tile");
	selectImage("gallery");
	makeRectangle(column * (side + 4), row * (side + 4), side, side);
	run("Paste");
	run("Select None");
}
