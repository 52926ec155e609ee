// Opens the sample image, adds noise, purifies it, saves the three images and prints the PSNR before and after.
//   argument: folder for the results (default: "purified" in the home folder)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "purified";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("Cannot create the folder " + folder + ": check its name and your write permission.");
setBatchMode(true);

run("DIP Sample Image");
rename("clean");
clean = getImageID();
run("Duplicate...", "title=noisy");
noisy = getImageID();
random("seed", 1);
addNoise(25);

run("DIP Purify...", "input=[noisy] preset=Fast result=averaged seed=0 device=auto precision=auto preview=false iterations=800 classify_with=none model_file=[] download=false trust=false true_class=[] plot_loss=false");
selectImage("noisy: purified");
purified = getImageID();

print("PSNR before: " + d2s(psnr(clean, noisy), 2) + " dB");
print("PSNR after: " + d2s(psnr(clean, purified), 2) + " dB");
save_as(clean, "clean");
save_as(noisy, "noisy");
save_as(purified, "purified");
print("The results are in " + folder);

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

// Peak signal-to-noise ratio between two RGB images, in dB.
function psnr(first, second) {
	sum = 0;
	for (y = 0; y < getHeight(); y++) {
		selectImage(first);
		row = newArray(getWidth());
		for (x = 0; x < row.length; x++) row[x] = getPixel(x, y);
		selectImage(second);
		for (x = 0; x < row.length; x++) {
			v = getPixel(x, y);
			for (shift = 0; shift <= 16; shift += 8) sum += Math.sqr(((v >> shift) & 255) - ((row[x] >> shift) & 255));
		}
	}
	return 10 * Math.log10(255 * 255 * 3 * getWidth() * getHeight() / sum);
}

function save_as(image, name) {
	selectImage(image);
	saveAs("Tiff", folder + name);
	saveAs("PNG", folder + name);
}
