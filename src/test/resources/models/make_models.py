"""Writes the small TorchScript modules that the tests use, and PyTorch's results for one of them.

usage: make_models.py FOLDER        needs: torch 2.7.1
"""
import copy, json, sys, torch, torch.nn as nn
from typing import Optional, Tuple

folder = sys.argv[1]
torch.manual_seed(1)


def card(name, size, output="logits"):
    json.dump({"width": size, "height": size, "resize": "squash", "interpolation": "bilinear",
               "mean": [0, 0, 0], "std": [1, 1, 1], "output": output, "labels": "three.txt"},
              open(f"{folder}/{name}.json", "w"), indent=1)


class Linear(nn.Module):
    """Three scores, each linear in the pixels."""
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(3, 3 * 8 * 8))
    def forward(self, x):
        return x.view(x.size(0), -1) @ self.weight.t()


class Smooth(nn.Module):
    """A small network whose gradient is continuous."""
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Tanh(), nn.Conv2d(8, 8, 3), nn.Tanh(), nn.Flatten(),
                                 nn.Linear(128, 3))
    def forward(self, x):
        return self.net(x)


class BatchNorm(nn.Module):
    """Batch normalisation, whose stored statistics differ from those of any batch, and dropout."""
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Dropout(0.5),
                                 nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(32, 3))
        self.net[1].running_mean.normal_(); self.net[1].running_var.uniform_(0.5, 2); self.net[1].weight.data.normal_()
    def forward(self, x):
        return self.net(x)


class Pair(nn.Module):
    def forward(self, x):
        y = x.flatten(1)[:, :3]
        return y, y


class OptionalPair(nn.Module):
    """What torch.jit.script makes of torchvision's inception_v3."""
    def __init__(self, net):
        super().__init__()
        self.net = net
    def forward(self, x) -> Tuple[torch.Tensor, Optional[torch.Tensor]]:
        return self.net(x), None


class Probabilities(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net
    def forward(self, x):
        return torch.softmax(self.net(x), 1)


linear, smooth, norm = Linear(), Smooth(), BatchNorm()
torch.jit.script(linear).save(f"{folder}/linear.pt")
torch.jit.script(smooth).save(f"{folder}/smooth.pt")
torch.jit.script(Probabilities(smooth)).save(f"{folder}/probabilities.pt")
torch.jit.script(Pair()).save(f"{folder}/pair.pt")
torch.jit.script(norm.train()).save(f"{folder}/scripted_training.pt")  # saved in training mode
norm.eval()
torch.jit.script(norm).save(f"{folder}/scripted.pt")
torch.jit.trace(norm, torch.rand(1, 3, 8, 8)).save(f"{folder}/traced.pt")
torch.jit.freeze(torch.jit.script(norm)).save(f"{folder}/frozen.pt")
# Exported in a way that does not suit a classifier.
trained = copy.deepcopy(norm).train()
torch.jit.trace(trained.net[:3] + trained.net[4:], torch.rand(1, 3, 8, 8), check_trace=False).save(f"{folder}/traced_norm.pt")
torch.jit.trace(nn.Sequential(smooth.net[:5], nn.Dropout(0.5), smooth.net[5]).train(), torch.rand(1, 3, 8, 8),
                check_trace=False).save(f"{folder}/traced_dropout.pt")
torch.jit.script(OptionalPair(smooth)).save(f"{folder}/optional_pair.pt")
torch.jit.script(copy.deepcopy(smooth).half()).save(f"{folder}/half.pt")
torch.jit.script(copy.deepcopy(smooth).double()).save(f"{folder}/double.pt")
for name in ("traced_norm", "traced_dropout", "optional_pair", "half", "double"):
    card(name, 8)
for name in ("linear", "smooth", "pair", "scripted", "scripted_training", "traced", "frozen"):
    card(name, 8)
card("probabilities", 8, "probabilities")
open(f"{folder}/three.txt", "w").write("one\ntwo\nthree\n")

x = (torch.arange(3 * 8 * 8).view(1, 3, 8, 8) * 37 % 192 / 192.).requires_grad_(True)
y = norm(x)
g, = torch.autograd.grad(y[0, 1], x)
json.dump({"pixels": x.flatten().tolist(), "logits": y.flatten().tolist(), "gradient of class 1": g.flatten().tolist()},
          open(f"{folder}/batch_norm.json", "w"))
