// Writes over the plugin's sample image and paints what lies beneath the letters; then makes the image four times smaller and four
// times larger again. Saves the pictures.
//   argument: folder for the results (default: a folder "restored" in the user's home)
// Without a display: see "Without a display" in the README.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "restored";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("The folder " + folder + " cannot be made: check its name and your rights.");
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

dip("DIP Inpaint...", "input=damaged iterations=500 missing=[mask image] mask=letters reference=clean preview=false");
print("PSNR inpainted: " + d2s(getResult("PSNR", nResults - 1), 2) + " dB");
saveAs("PNG", folder + "inpainted");

selectImage("clean");
run("Scale...", "x=0.25 y=0.25 width=" + getWidth() / 4 + " height=" + getHeight() / 4 + " interpolation=Bicubic average create title=small");
saveAs("PNG", folder + "small");
rename("small");
dip("DIP Super-Resolution...", "input=small factor=4 reference=clean preview=false");
print("PSNR enlarged: " + d2s(getResult("PSNR", nResults - 1), 2) + " dB");
saveAs("PNG", folder + "enlarged");
print("The pictures are in " + folder);

// Runs a command with the default of every key that is not given, in every host: of run, Fiji asks for missing keys in a dialog.
function dip(command, options) {
	error = call("io.github.deepimageprior.host.Bridge.call", command, options);
	if (error != "") exit(error);
}
