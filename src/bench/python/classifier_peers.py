"""Times captum and torchattacks on a TorchScript classifier, as ClassifierBenchmark times the plugin.
Prints one line of JSON.

usage: classifier_peers.py MODEL.pt IMAGE.png [THREADS]
needs: torch 2.7.1, captum 0.9, torchattacks 3.5.1, numpy, pillow
"""
import json, sys, time
import numpy as np, torch, torchattacks
from PIL import Image
from captum.attr import IntegratedGradients, NoiseTunnel, Saliency

threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
torch.set_num_threads(threads)
model = torch.jit.load(sys.argv[1]).eval()
x = torch.from_numpy(np.array(Image.open(sys.argv[2]).convert("RGB"), dtype=np.float32) / 255)
x = x.permute(2, 0, 1)[None].contiguous()
label = model(x).argmax(1)
target = int(label)


def best(work, rounds=7):
    work()
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


probability = lambda z: torch.softmax(model(z), 1)
smooth, path = NoiseTunnel(Saliency(probability)), IntegratedGradients(probability)
both = NoiseTunnel(path)
attacks = {
    "fgsm": torchattacks.FGSM(model, eps=10 / 255),
    "bi": torchattacks.BIM(model, eps=10 / 255, alpha=1 / 255, steps=10),
}
figures = {
    "picture": f"{x.shape[3]}x{x.shape[2]}", "threads": threads,
    "smoothgrad_5_gradients_per_s": 5 / best(lambda: smooth.attribute(x, target=target, stdevs=0.15)),
    "smoothgrad_25_gradients_per_s": 25 / best(
        lambda: smooth.attribute(x, target=target, stdevs=0.15, nt_samples=25), 3),
    "integrated_gradients_50_gradients_per_s": 50 / best(lambda: path.attribute(x, target=target), 3),
    "integrated_smoothgrad_50x5_gradients_per_s": 250 / best(
        lambda: both.attribute(x, target=target, stdevs=0.15), 1),
    # including the predictions before and after, which the plugin always reports
    **{name + "_ms": 1e3 * best(lambda: (model(x), model(attack(x, label)))) for name, attack in attacks.items()},
    **{name + "_alone_ms": 1e3 * best(lambda: attack(x, label)) for name, attack in attacks.items()},
}
print(json.dumps(figures))
