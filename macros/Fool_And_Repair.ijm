// Classifies the sample image, generates an adversary, repairs it with the deep image prior, and computes saliency maps of the clean,
// adversarial and repaired image. The prediction at every listed step is in the slice labels and in the Results table, the probability
// of the true class in a plot.
//   argument: folder for the results (default: "fooled" in the home folder)
// To run it without a display, see the page "Macros, headless, batch" of the documentation.

folder = getArgument();
if (folder == "") folder = getDirectory("home") + "fooled";
if (!endsWith(folder, File.separator)) folder = folder + File.separator;
File.makeDirectory(folder);
if (!File.isDirectory(folder)) exit("Cannot create the folder " + folder + ": check its name and your write permission.");
setBatchMode(true);
run("Clear Results");
model = "classifier=EfficientNet-Lite0 model_file=[] download=false trust=false device=auto";
prior = "preset=Fast result=averaged seed=0 device=auto precision=auto preview=false iterations=1000 classify_with=EfficientNet-Lite0 model_file=[] download=false trust=false";
saliency = "score=probability baseline=random random_baselines=2 baseline_image=[] intervals=15 noise_samples=5 noise_share=0.15 quadrature=left values=absolute batch=0 seed=0 saturate_above=99 hide_below=20 method=MIG-SG show_mask=true show_overlay=false";

run("DIP Sample Image");
rename("clean");
run("DIP Classify...", "input=[clean] " + model + " classes=1 label_overlay=false");
truth = getResultString("Name", nResults - 1);
print("Clean: " + prediction("Name", "Probability"));

run("Generate Adversary...", "input=[clean] " + model + " attack=BI epsilon=10 attack_settings=custom alpha=1 step_count=[min(e+4, 1.25e)] fixed_steps=10 space=pixels rounding=round true_class=[] show_perturbation=true amplification=0 comparison=false");
selectImage("clean: adversary");
rename("adversary");
selectImage("clean: perturbation");
rename("perturbation");
print("Adversary: " + prediction("After", "p(after)"));
explain("clean", truth);
explain("adversary", truth);

run("Clear Results"); // so that the table holds only the steps
run("DIP Iteration Stack...", "input=[adversary] " + prior + " true_class=[" + truth + "] steps=[every 50] original=true table=true plot_confidence=true saliency=false");
rename("repaired");
print("Repaired after 300 steps: " + truth + " " + d2s(confidence(300), 2) + ", after 1000: " + d2s(confidence(1000), 2));
saveAs("Tiff", folder + "repaired");
rename("repaired");
run("Duplicate...", "title=best duplicate range=5-5"); // slice 5 is step 200; slice 1 is the adversarial image itself
explain("best", truth);
keep("best", "repaired after 200 steps");

keep("Confidence of adversary", "confidence");
keep("clean", "clean");
keep("adversary", "adversary");
keep("perturbation", "perturbation");
saveAs("Results", folder + "steps.csv");
print("The results are in " + folder);

// The class in the last row of the Results table and its probability.
function prediction(name, probability) {
	return getResultString(name, nResults - 1) + " " + d2s(getResult(probability, nResults - 1), 2);
}

// The probability of the true class at a step.
function confidence(step) {
	for (i = 0; i < nResults; i++) if (getResult("Step", i) == step) return getResult("p(true)", i);
	return NaN;
}

// Saves an image, masked by its saliency map for a class.
function explain(image, class) {
	run("MIG-SG Saliency...", "input=[" + image + "] " + model + " target_class=[" + class + "] " + saliency);
	keep(image + ": MIG-SG mask", "saliency of " + image);
}

function keep(image, name) {
	selectImage(image);
	saveAs("PNG", folder + name);
	rename(image);
}
