// Writes text over the sample image and inpaints the pixels beneath it; then scales the image down by a factor of four and enlarges it
// again. Saves the images.
//   argument: folder for the results (default: "restored" in the home folder)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "restored";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("Cannot create the folder " + folder + ": check its name and your write permission.");
setBatchMode(true);

run("DIP Sample Image");
rename("clean");
run("Duplicate...", "title=damaged");
newImage("letters", "8-bit black", getWidth(), getHeight(), 1);
setColor(255);
setFont("SansSerif", 26, "bold");
for (line = 0; line < 5; line++) drawString("one image", 8, 38 + 36 * line);
selectImage("damaged");
setColor(255, 255, 255);
setFont("SansSerif", 26, "bold");
for (line = 0; line < 5; line++) drawString("one image", 8, 38 + 36 * line);
saveAs("PNG", folder + "damaged");
rename("damaged");

dip("DIP Inpaint...", "input=damaged preview=false max_iterations=500 reference=clean missing=[mask image] mask_image=letters");
print("PSNR inpainted: " + d2s(getResult("PSNR", nResults - 1), 2) + " dB");
saveAs("PNG", folder + "inpainted");

selectImage("clean");
run("Scale...", "x=0.25 y=0.25 width=" + getWidth() / 4 + " height=" + getHeight() / 4 + " interpolation=Bicubic average create title=small");
saveAs("PNG", folder + "small");
rename("small");
dip("DIP Super-Resolution...", "input=small preview=false reference=clean factor=4");
print("PSNR enlarged: " + d2s(getResult("PSNR", nResults - 1), 2) + " dB");
saveAs("PNG", folder + "enlarged");
print("The results are in " + folder);

// Runs a command; an error ends the macro with one sentence.
function dip(command, options) {
	error = call("io.github.deepimageprior.host.Bridge.call", command, options);
	if (error != "") exit(error);
}
