// Opens the plugin's sample image, adds noise, denoises it with two fits, which also say how sure the result is, saves the pictures and
// prints how near the noisy and the denoised one are to the clean one. The command stops by itself; the clean image serves only to compare.
//   argument: folder for the results (default: a folder "denoised" in the user's home)
// Without a display: see "Without a display" in the README.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "denoised";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("The folder " + folder + " cannot be made: check its name and your rights.");
setBatchMode(true);

run("DIP Sample Image");
rename("clean");
run("Duplicate...", "title=noisy");
random("seed", 1);
addNoise(25);

dip("DIP Denoise...", "input=noisy reference=clean uncertainty=seeds fits=2 preview=false");
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
print("The pictures are in " + folder);

// Runs a command with the default of every key that is not given, in every host: of run, Fiji asks for missing keys in a dialog.
function dip(command, options) {
	error = call("io.github.deepimageprior.host.Bridge.call", command, options);
	if (error != "") exit(error);
}

// Adds Gaussian noise of a standard deviation in grey levels to the current RGB image.
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
