// Makes the pictures of the documentation's page on stopping rules: the output of the network at four steps of a fit to the noisy sample
// image, and the variance of successive outputs, by which a fit stops, over its steps.
//   argument: folder for the results (default: "stopping" in the home folder)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "stopping";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("Cannot create the folder " + folder + ": check its name and your write permission.");
setBatchMode(true);

run("DIP Sample Image");
random("seed", 1);
addNoise(25);
rename("noisy");
dip("DIP Iteration Stack...", "input=noisy preview=false steps=[40, 150, 400, 1000]");
run("Make Montage...", "columns=5 rows=1 scale=1 label");
saveAs("PNG", folder + "emergence");

selectImage("noisy");
makeRectangle(56, 56, 80, 80);
run("Duplicate...", "title=detail");
// With so much patience the fit goes on to the end.
dip("DIP Denoise...", "input=detail preview=false denoising_method=[deep image prior] stop=WMV patience=1200 max_iterations=1200 plot_rule=true");
selectImage("Stopping rule of detail");
Plot.getValues(step, variance);
// At first the variance is so large that nothing else would be seen.
first = 0;
while (step[first] < 200) first++;
Plot.create("rule", "Step", "Variance", Array.slice(step, first), Array.slice(variance, first));
Plot.show();
saveAs("PNG", folder + "rule");
print("The results are in " + folder);

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
