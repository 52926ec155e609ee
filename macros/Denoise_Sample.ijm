// Adds noise to the sample image and denoises it with an ensemble of two fits, which also estimates the uncertainty.
// Saves the images and prints the PSNR of the noisy and the denoised image; the clean image is used only for this comparison.
//   argument: folder for the results (default: "denoised" in the home folder)
// To run it without a display, see "Without a display" in the README.

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

// Runs a command with the defaults of missing keys, in Fiji and in ImageJ. With run, Fiji would open the dialog instead.
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
