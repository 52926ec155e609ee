// Shows a classifier the plugin's sample image, fools it, explains what it sees before and after, and lets the deep image prior repair the
// image: the classifier's word for every step is in the slice labels and in the Results table, and its confidence in a plot.
//   argument: folder for the results (default: a folder "fooled" in the user's home)
// Without a display: see "Without a display" in the README.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "fooled";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("The folder " + folder + " cannot be made: check its name and your rights.");
setBatchMode(true);
run("Clear Results");
model = "classifier=EfficientNet-Lite0 model_file=[] download=false device=auto";
prior = "iterations=1000 preset=Fast result=averaged seed=0 device=auto precision=auto preview=false classifier=EfficientNet-Lite0 model_file=[] download=false";
map = "score=probability baseline=random trials=2 start_image=[] intervals=15 samples=5 noise=0.15 sum=left values=absolute batch=0 seed=0 top=99 bottom=20 method=MIG-SG mask=true overlay=false";

run("DIP Sample Image");
rename("clean");
run("DIP Classify...", "input=[clean] " + model + " top=1 overlay=false");
truth = getResultString("Name", nResults - 1);
print("Clean: " + said("Name", "Probability"));

run("Generate Adversary...", "input=[clean] " + model + " attack=BI epsilon=10 settings=[as below] alpha=1 rule=[min(e+4, 1.25e)] steps=10 space=pixels quantisation=round true_class=[] perturbation=true gain=0 comparison=false");
selectImage("clean: adversary");
rename("adversary");
selectImage("clean: perturbation");
rename("perturbation");
print("Adversary: " + said("After", "p(after)"));
explain("clean", truth);
explain("adversary", truth);

run("Clear Results"); // the steps have a table of their own
run("DIP Iteration Stack...", "input=[adversary] " + prior + " true_class=[" + truth + "] steps=[every 50] original=true table=true curve=true saliency=false");
rename("repaired");
print("Repaired after 300 steps: " + truth + " " + d2s(at(300), 2) + ", after 1000: " + d2s(at(1000), 2));
saveAs("Tiff", folder + "repaired");
rename("repaired");
run("Duplicate...", "title=best duplicate range=5-5"); // step 200, behind the adversary itself
explain("best", truth);
keep("best", "repaired after 200 steps");

keep("Confidence of adversary", "confidence");
keep("clean", "clean");
keep("adversary", "adversary");
keep("perturbation", "perturbation");
saveAs("Results", folder + "steps.csv");
print("The pictures are in " + folder);

// The last row's class and its probability.
function said(label, probability) {
	return getResultString(label, nResults - 1) + " " + d2s(getResult(probability, nResults - 1), 2);
}

// The probability of the true class at a step.
function at(step) {
	for (i = 0; i < nResults; i++) if (getResult("Step", i) == step) return getResult("p(true)", i);
	return NaN;
}

// Saves what in an image speaks for a class.
function explain(image, class) {
	run("MIG-SG Saliency...", "input=[" + image + "] " + model + " target_class=[" + class + "] " + map);
	keep(image + ": MIG-SG mask", "saliency of " + image);
}

function keep(image, name) {
	selectImage(image);
	saveAs("PNG", folder + name);
	rename(image);
}
