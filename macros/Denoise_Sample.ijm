// Adds noise to the sample image, denoises it, and estimates the uncertainty of the result by two repetitions on simulated noise.
// Saves the images, and three enlarged details of the noisy, the denoised and the clean image side by side. Prints the PSNR of the
// noisy and the denoised image; the clean image is used only for this comparison.
//   argument: folder for the results (default: "denoised" in the home folder)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "denoised";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("Cannot create the folder " + folder + ": check its name and your write permission.");
setBatchMode(true);

run("DIP Sample Image");
rename("clean");
run("Duplicate...", "title=noisy");
random("seed", 1);
addNoise(25);

dip("DIP Denoise...", "input=noisy preview=false uncertainty=ensemble ensemble_size=2 reference=clean");
row = nResults - 1;
showDetails(newArray("noisy", "noisy: denoised", "clean"), newArray(60, 106, 8), newArray(36, 84, 120), 48, 4);
print("PSNR before: " + d2s(getResult("PSNR before", row), 2) + " dB");
print("PSNR after: " + d2s(getResult("PSNR", row), 2) + " dB");
keep("clean", "clean");
keep("noisy", "noisy");
keep("noisy: denoised", "denoised");
selectImage("noisy: standard deviation");
saveAs("Tiff", folder + "standard_deviation");
run("Enhance Contrast", "saturated=0.35");
saveAs("PNG", folder + "standard_deviation");
print("The results are in " + folder);

// Saves squares of some images, each enlarged, in a row for each place and a column for each image.
function showDetails(images, x, y, side, factor) {
	step = side * factor + 4;
	newImage("details", "RGB white", images.length * step - 4, x.length * step - 4, 1);
	for (i = 0; i < images.length; i++) for (k = 0; k < x.length; k++) {
		selectImage(images[i]);
		makeRectangle(x[k], y[k], side, side);
		run("Duplicate...", "title=detail");
		run("Size...", "width=" + side * factor + " height=" + side * factor + " interpolation=None");
		run("Select All");
		run("Copy");
		close("detail");
		selectImage(images[i]);
		run("Select None");
		selectImage("details");
		makeRectangle(i * step, k * step, side * factor, side * factor);
		run("Paste");
	}
	run("Select None");
	saveAs("PNG", folder + "details");
}

// Runs a command; an error ends the macro with one sentence.
function dip(command, options) {
	error = call("io.github.deepimageprior.host.Bridge.call", command, options);
	if (error != "") exit(error);
}

// Adds Gaussian noise to the current RGB image; deviation is its standard deviation in grey levels.
function addNoise(deviation) {
	for (y = 0; y < getHeight(); y++) for (x = 0; x < getWidth(); x++) {
		v = getPixel(x, y);
		r = noisyLevel((v >> 16) & 255, deviation);
		g = noisyLevel((v >> 8) & 255, deviation);
		b = noisyLevel(v & 255, deviation);
		setPixel(x, y, (r << 16) | (g << 8) | b);
	}
	updateDisplay();
}

function noisyLevel(level, deviation) {
	return minOf(255, maxOf(0, round(level + deviation * random("gaussian"))));
}

function keep(image, name) {
	selectImage(image);
	saveAs("Tiff", folder + name);
	saveAs("PNG", folder + name);
}
