#!/usr/bin/env python3
"""Runs the plugin's TorchScript programs on a GPU from PyTorch, for machines without DJL's native library for CUDA.

usage: gpu.py --reference DIR [--sizes 256 512 1024] [--rounds 3] [--json FILE]

DIR holds the reference code, whose models.skip builds the network. The script first compares losses and variances of
short fits with those on the CPU, for each kind of observation and stopping rule, without input noise, in float32
without TF32. It then checks the distribution of the noise, and whether repeating a fit gives the same bits. Finally it
measures milliseconds per step, the best round of 20 steps, of the reference code as it is (TF32) and in channels-last
order with bfloat16, and of Paper and Fast (float32 uses TF32 again), each with its share of the bfloat16 throughput
that a large matrix product reaches on the same GPU.
"""
import argparse
import io
import json
import math
import pathlib
import sys
import time
import zipfile

import torch
from torch.utils.flop_counter import FlopCounterMode

p = argparse.ArgumentParser()
p.add_argument("--reference", required=True)
p.add_argument("--sizes", type=int, nargs="+", default=[256, 512, 1024])
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--json")
a = p.parse_args()
sys.path.insert(0, a.reference)
from models.skip import skip  # noqa: E402

RESOURCES = pathlib.Path(__file__).parents[2] / "main/resources/io/github/deepimageprior"
LAST, NOTHING = torch.channels_last, torch.zeros(0)


def program(package, name):
    """Loads the archive that TorchScriptArchive writes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("program/data.pkl", b"\x80\x02c__torch__\n" + name.encode()
                      + b"\nq\x00)\x81}(X\x08\x00\x00\x00trainingq\x01\x88ubq\x02.")
        file.write(RESOURCES / package / (name.lower() + ".py"), "program/code/__torch__.py")
        file.write(RESOURCES / "engine/noise.py", "program/code/__torch__/noise.py")
        file.writestr("program/constants.pkl", b"\x80\x02).")
        file.writestr("program/version", "3\n")
    archive.seek(0)
    torch._C._set_graph_executor_optimize(False)
    return torch.jit.load(archive)


HOURGLASS = program("prior", "Hourglass")


def shapes(maps, channels=3):
    """Shapes of Hourglass.parameters() for five scales with equally many feature maps, and skip connections of four."""
    def block(inputs, outputs, side):
        return [[outputs, inputs, side, side], [outputs], [outputs], [outputs]]
    down = [block(32 if scale == 0 else maps, 4, 1) + block(32 if scale == 0 else maps, maps, 3) + block(maps, maps, 3)
            for scale in range(5)]
    up = [[[maps + 4], [maps + 4]] + block(maps + 4, maps, 3) + block(maps, maps, 1) for scale in range(5)]
    return sum(down + up, []) + [[channels, maps, 1, 1], [channels]]


class Fit:
    """One fit of a random image, with tensors laid out as FitProtocol describes."""

    def __init__(self, device, maps, side, half=0, rule=0, noise=1 / 30, decay=0., mask=False, factor=1, counts=False):
        torch.manual_seed(0)
        self.observed = [torch.rand(1, 3, side // factor, side // factor),
                         (torch.rand(1, 1, side, side) > 0.5).float() if mask else NOTHING,
                         torch.full((factor, 1, factor, factor), 1. / factor ** 2) if factor > 1 else NOTHING,
                         torch.tensor([[30., 30., 30.], [0., 0., 0.]]).view(2, 3, 1, 1) if counts else NOTHING]
        parameters = []
        for shape in shapes(maps):
            bound = 1 / math.sqrt(math.prod(shape[1:])) if len(shape) == 4 else 0.1
            parameters.append(torch.empty(math.prod(shape)).uniform_(-bound, bound) + (0. if len(shape) == 4 else 0.5))
        flat = torch.cat(parameters)
        self.observed.append(torch.ones_like(flat) if decay else NOTHING)
        picture, one = torch.zeros(1, 3, side, side), torch.zeros(1)
        watched, sampled = picture if rule else one, picture if decay else one
        self.state = [flat, torch.zeros(2, len(flat)), picture, picture, torch.zeros(6, dtype=torch.float64),
                      watched.to(torch.float64 if rule == 2 else torch.float32), torch.cat([watched, watched]),
                      torch.zeros(len(flat)) if rule else one, torch.zeros(4, 3, side, side) if rule == 2 else one,
                      sampled, sampled]
        self.state = [tensor.clone() if i == 4 else tensor.clone().to(device) for i, tensor in enumerate(self.state)]
        self.observed = [tensor.to(device) for tensor in self.observed]
        self.latent = HOURGLASS.uniform(torch.tensor([side, side, 32, 0, 2], device=device))
        self.net = torch.tensor([5, 0, 0, 0, 1, half, 1, 1, 1, 1, 1, 1]
                                + sum([[len(shape)] + shape for shape in shapes(maps)], []))
        self.numbers = torch.tensor([0.01, noise, 0.99, math.inf, 0.1, 0., 1e-9 if decay else 0., decay, 0.999, 0.,
                                     math.inf], dtype=torch.float64)
        self.rule, self.spacing, self.step = rule, 2 if decay else 0, 1

    def run(self, count):
        steps = torch.tensor([self.step, count, 7, self.rule, 2, 1000, 4, 2, self.spacing, 200])
        self.step += count
        return HOURGLASS.fit(self.latent, self.observed, self.state, self.net, steps, self.numbers,
                             torch.zeros(1, dtype=torch.int64))


class Reference:
    """The optimisation steps of the reference code's notebooks."""

    def __init__(self, side, half):
        torch.manual_seed(0)
        self.net = reference(128)
        self.latent = torch.rand(1, 32, side, side, device="cuda") * 0.1
        self.target, self.half = torch.rand(1, 3, side, side, device="cuda"), half
        if half:
            self.net, self.latent = self.net.to(memory_format=LAST), self.latent.contiguous(memory_format=LAST)
        self.adam = torch.optim.Adam(self.net.parameters(), lr=0.01)
        self.average = torch.zeros_like(self.target)

    def run(self, count):
        for _ in range(count):
            self.adam.zero_grad()
            with torch.autocast("cuda", dtype=torch.bfloat16, enabled=self.half):
                output = self.net(self.latent + torch.randn_like(self.latent) / 30)
            loss = ((output.float() - self.target) ** 2).mean()
            loss.backward()
            self.adam.step()
            self.average = self.average * 0.99 + output.detach().float() * 0.01


def reference(maps):
    wide = [maps] * 5
    return skip(32, 3, num_channels_down=wide, num_channels_up=wide, num_channels_skip=[4] * 5,
                upsample_mode="bilinear", need_sigmoid=True, need_bias=True, pad="zero", act_fun="LeakyReLU").cuda()


def operations(maps, side):
    """Floating-point operations of the convolutions in one step, forward and backward."""
    net = reference(maps)
    with FlopCounterMode(display=False) as counter:
        net(torch.rand(1, 32, side, side, device="cuda")).sum().backward()
    return counter.get_total_flops()


def milliseconds(run, count=20):
    run(5)
    rounds = []
    for _ in range(a.rounds):
        torch.cuda.synchronize()
        start = time.perf_counter()
        run(count)
        torch.cuda.synchronize()
        rounds.append((time.perf_counter() - start) / count * 1000)
    return min(rounds)


def product_rate():
    x = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
    y = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
    return 2 * 8192 ** 3 / milliseconds(lambda n: [x @ y for _ in range(n)]) * 1000


def check():
    torch.backends.cudnn.allow_tf32 = False
    kinds = {"plain": {}, "EMV": {"rule": 1}, "WMV": {"rule": 2}, "mask": {"mask": True},
             "downsampled by 2": {"factor": 2}, "Poisson noise": {"counts": True},
             "weight decay and samples": {"decay": 10.}}
    for kind, options in kinds.items():
        options = {"noise": 0., **options}
        there, here = Fit("cuda", 32, 64, **options), Fit("cpu", 32, 64, **options)
        losses, expected = there.run(8), here.run(8)
        apart = float(((losses - expected).abs() / expected.abs().clamp_min(1e-3)).max())
        samples = float((there.state[9].cpu() - here.state[9]).abs().max())
        print(f"{kind}: relative difference from the CPU, losses and variances of 8 steps {apart:.1e}; "
              f"difference of the mean of samples {samples:.1e}")
        if not (apart < 0.02 and samples < 0.05):
            sys.exit("The fits on GPU and CPU differ too much.")
    torch.backends.cudnn.allow_tf32 = True
    noise = program("saliency", "Saliency").noise(torch.tensor([3, 500, 500, 5, 2], device="cuda")).double()
    third, fourth = float(noise.pow(3).mean()), float(noise.pow(4).mean())
    across = float((noise[0] * noise[1]).mean())
    print(f"noise: mean {float(noise.mean()):.4f}, standard deviation {float(noise.std()):.4f}, "
          f"third and fourth moments {third:.3f} and {fourth:.3f}, correlation between two seeds {across:.4f}")
    if max(abs(float(noise.mean())), abs(float(noise.std()) - 1), abs(third), abs(fourth - 3) / 3, abs(across)) > 0.02:
        sys.exit("The noise is not normally distributed.")
    first, second = Fit("cuda", 32, 128, half=1), Fit("cuda", 32, 128, half=1)
    print("The same seed gives the same bits:", bool(torch.equal(first.run(50), second.run(50))))


print(torch.cuda.get_device_name(), "PyTorch", torch.__version__, flush=True)
check()
peak = product_rate()
print(f"matrix product in bfloat16: {peak / 1e12:.0f} TFLOP/s", flush=True)
result = {"device": torch.cuda.get_device_name(), "peak": peak, "steps": []}
for side in a.sizes:
    work = {maps: operations(maps, side) for maps in (32, 128)}
    kinds = {"reference": lambda: Reference(side, False),
             "reference, channels-last, bfloat16": lambda: Reference(side, True),
             "Paper, float32": lambda: Fit("cuda", 128, side), "Paper, bfloat16": lambda: Fit("cuda", 128, side, 1),
             "Fast, float32": lambda: Fit("cuda", 32, side), "Fast, bfloat16": lambda: Fit("cuda", 32, side, 1)}
    for kind, make in kinds.items():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
        ms = milliseconds(make().run)
        memory = torch.cuda.max_memory_allocated() / 1e6
        rate = work[32 if kind.startswith("Fast") else 128] / ms * 1000
        result["steps"].append({"side": side, "kind": kind, "ms": ms, "flops_a_second": rate, "memory_mb": memory})
        print(f"{side}x{side}  {kind:35} {ms:6.2f} ms per step, {rate / 1e12:5.1f} TFLOP/s, "
              f"{100 * rate / peak:4.1f} %, {memory:5.0f} MB", flush=True)
print(json.dumps(result))
if a.json:
    pathlib.Path(a.json).write_text(json.dumps(result))
