// Opens the plugin's sample image, adds noise, and denoises it with several fits, which also say how sure the result is.
// The command stops by itself; the clean image serves only to tell how near it comes.
//   argument: folder for the results (default: a folder "denoised" in the user's home)

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "denoised";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
setBatchMode(true);

run("DIP Sample Image");
rename("clean");
run("Duplicate...", "title=noisy");
run("Add Specified Noise...", "standard=25");

run("DIP Denoise...", "input=noisy reference=clean uncertainty=seeds fits=2 preview=false");
row = nResults - 1;
print("PSNR before: " + d2s(getResult("PSNR before", row), 2) + " dB");
print("PSNR after: " + d2s(getResult("PSNR", row), 2) + " dB");
selectImage("noisy: denoised");
saveAs("Tiff", folder + "denoised");
selectImage("noisy: standard deviation");
saveAs("Tiff", folder + "standard_deviation");
print("The pictures are in " + folder);
