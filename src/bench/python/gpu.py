#!/usr/bin/env python3
"""Runs the plugin's TorchScript programs on a GPU from PyTorch, for machines without DJL's native library for CUDA.

usage: gpu.py [--reference DIR] [--quick] [--sizes 256 512 1024] [--rounds 3] [--json FILE]

The script first compares losses and variances of short fits with those on the CPU, for each kind of observation and
stopping rule, without input noise, in float32 without TF32, and those of several fits as one with those of each fit
alone. It then checks the distribution of the noise, and whether repeating a fit gives the same bits. It measures
milliseconds per step, the best round of 20 steps, of several fits as one: small pictures with the paper's
architectures 1 and 2, and Fast at 224x224. Finally, unless it is to be quick, the same of Paper and Fast at larger
sizes (float32 uses TF32 again), and, if DIR holds the reference code, whose models.skip builds the network, of that
code as it is (TF32) and in channels-last order with bfloat16, with the share of each in the bfloat16 throughput that a
large matrix product reaches on the same GPU. Where there is no GPU, the checks and the small pictures run on the CPU.
"""
import argparse
import json
import math
import pathlib
import sys
import time

import torch
from torch.utils.flop_counter import FlopCounterMode

from programs import program

p = argparse.ArgumentParser()
p.add_argument("--reference")
p.add_argument("--quick", action="store_true")
p.add_argument("--sizes", type=int, nargs="+", default=[256, 512, 1024])
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--json")
a = p.parse_args()
if a.reference:
    sys.path.insert(0, a.reference)
    from models.skip import skip

LAST, NOTHING = torch.channels_last, torch.zeros(0)
CUDA = torch.cuda.is_available()
DEVICE = "cuda" if CUDA else "cpu"
HOURGLASS = program("prior", "Hourglass")


def shapes(maps, scales=5, channels=3):
    """Shapes of Hourglass.parameters() for equally many feature maps in all scales, and skip connections of four."""
    def block(inputs, outputs, side):
        return [[outputs, inputs, side, side], [outputs], [outputs], [outputs]]
    down = [block(32 if scale == 0 else maps, 4, 1) + block(32 if scale == 0 else maps, maps, 3) + block(maps, maps, 3)
            for scale in range(scales)]
    up = [[[maps + 4], [maps + 4]] + block(maps + 4, maps, 3) + block(maps, maps, 1) for scale in range(scales)]
    return sum(down + up, []) + [[channels, maps, 1, 1], [channels]]


class Fit:
    """One fit of a random image, with tensors laid out as FitProtocol describes."""

    def __init__(self, device, maps, side, half=0, rule=0, noise=1 / 30, decay=0., mask=False, factor=1, counts=False,
                 scales=5, seed=0, last=1, reflect=0):
        torch.manual_seed(seed)
        small = side // factor
        self.observed = [torch.rand(1, 3, small, small),
                         (torch.rand(1, 1, small, small) > 0.5).float() if mask else NOTHING,
                         torch.full((factor, 1, factor, factor), 1. / factor ** 2) if factor > 1 else NOTHING,
                         torch.tensor([[30. + seed] * 3, [0.] * 3]).view(2, 3, 1, 1) if counts else NOTHING]
        parameters, all_shapes = [], shapes(maps, scales)
        for shape in all_shapes:
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
        self.state = [tensor.clone().to(device) for tensor in self.state]
        self.observed = [tensor.to(device) for tensor in self.observed]
        self.latent = HOURGLASS.uniform(torch.tensor([side, side, 32, seed, 2 if last else 0], device=device))
        self.net = torch.tensor([scales, reflect, 0, 0, 1, half, last] + [1] * scales
                                + sum([[len(shape)] + shape for shape in all_shapes], []))
        self.numbers = [0.01, noise, 0.99, 0.1, 1e-9 if decay else 0., decay, 0.999, 0., math.inf]
        self.rule, self.spacing, self.step, self.seed = rule, 2 if decay else 0, 1, 7 + seed

    def run(self, count):
        return together([self], count)


def together(fits, count):
    """Steps of several fits as one. Returns losses and variances, each a column for each fit."""
    first = fits[0]
    plan = [first.step, count, first.rule, 2, 1000, 4, 2, first.spacing, 200, 1]
    own = torch.tensor([[fit.seed, math.inf, 0.] for fit in fits], dtype=torch.float64)
    done = HOURGLASS.fit([fit.latent for fit in fits], sum([fit.observed for fit in fits], []),
                         sum([fit.state for fit in fits], []), first.net, torch.tensor(plan),
                         torch.tensor(first.numbers, dtype=torch.float64), own,
                         [torch.zeros(1, dtype=torch.int64) for _ in fits])
    for fit in fits:
        fit.step += count
    return torch.stack(done[:2]).cpu()


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


def synchronise():
    if CUDA:
        torch.cuda.synchronize()


def milliseconds(run, count=20, rounds=None):
    run(4)
    best = []
    for _ in range(rounds or a.rounds):
        synchronise()
        start = time.perf_counter()
        run(count)
        synchronise()
        best.append((time.perf_counter() - start) / count * 1000)
    return min(best)


def product_rate():
    x = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
    y = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
    return 2 * 8192 ** 3 / milliseconds(lambda n: [x @ y for _ in range(n)]) * 1000


def apart(here, there):
    """The largest relative difference."""
    return float(((here - there).abs() / there.abs().clamp_min(1e-3)).max())


def check():
    torch.backends.cudnn.allow_tf32 = False
    kinds = {"plain": {}, "EMV": {"rule": 1}, "WMV": {"rule": 2}, "mask": {"mask": True},
             "downsampled by 2": {"factor": 2}, "Poisson noise": {"counts": True},
             "weight decay and samples": {"decay": 10.}}
    for kind, options in kinds.items():
        quiet = {"noise": 0., **options}
        there, here = Fit(DEVICE, 32, 64, **quiet), Fit("cpu", 32, 64, **quiet)
        from_cpu = apart(there.run(8), here.run(8))
        samples = float((there.state[9].cpu() - here.state[9]).abs().max())
        print(f"{kind}: relative difference from the CPU, losses and variances of 8 steps {from_cpu:.1e}; "
              f"difference of the mean of samples {samples:.1e}", flush=True)
        if not (from_cpu < 0.02 and samples < 0.05):
            sys.exit("The fits on GPU and CPU differ too much.")
        for maps, scales in ((16, 3), (128, 3)):
            joined, alone = [[Fit(DEVICE, maps, 32, scales=scales, seed=seed, **options) for seed in range(3)]
                             for _ in range(2)]
            done = together(joined, 4)
            difference = max(apart(done[:, :, i], fit.run(4)[:, :, 0]) for i, fit in enumerate(alone))
            print(f"  three fits of {maps} feature maps as one: relative difference from each alone {difference:.1e}",
                  flush=True)
            if not difference < 0.02:
                sys.exit("Fits as one and alone differ too much.")
    torch.backends.cudnn.allow_tf32 = True
    noise = program("saliency", "Saliency").noise(torch.tensor([3, 500, 500, 5, 2], device=DEVICE)).double()
    third, fourth = float(noise.pow(3).mean()), float(noise.pow(4).mean())
    across = float((noise[0] * noise[1]).mean())
    print(f"noise: mean {float(noise.mean()):.4f}, standard deviation {float(noise.std()):.4f}, "
          f"third and fourth moments {third:.3f} and {fourth:.3f}, correlation between two seeds {across:.4f}")
    if max(abs(float(noise.mean())), abs(float(noise.std()) - 1), abs(third), abs(fourth - 3) / 3, abs(across)) > 0.02:
        sys.exit("The noise is not normally distributed.")
    for kind, fits in (("", 1), ("three fits as one: ", 3)):
        first, second = [[Fit(DEVICE, 16, 32, scales=3, seed=seed) for seed in range(fits)] for _ in range(2)]
        print(f"{kind}the same seed gives the same bits:",
              bool(torch.equal(together(first, 40), together(second, 40))), flush=True)


def bulk():
    """Several fits as one."""
    kinds = [("Arch-2 32x32", 16, 3, 32, 0), ("Arch-1 32x32", 128, 3, 32, 0), ("Fast 224x224", 32, 5, 224, 1)]
    for kind, maps, scales, side, reflect in kinds if CUDA else kinds[:1]:
        rates = []
        for many in (1, 4, 16, 64):
            if CUDA:
                torch.cuda.empty_cache()
                torch.cuda.reset_peak_memory_stats()
            fits = [Fit(DEVICE, maps, side, rule=1, scales=scales, seed=seed, reflect=reflect)
                    for seed in range(many)]
            ms = milliseconds(lambda count: together(fits, count), *((10, 2) if a.quick else ()))
            memory = torch.cuda.max_memory_allocated() / 1e6 if CUDA else 0
            rates.append(many / ms * 1000)
            result["bulk"].append({"kind": kind, "fits": many, "ms": ms, "steps_a_second": rates[-1],
                                   "times_one": rates[-1] / rates[0], "memory_mb": memory})
            print(f"{kind}  {many:3} fits as one: {ms:7.2f} ms per step, {rates[-1]:7.0f} steps of a fit per second, "
                  f"{rates[-1] / rates[0]:5.1f} times one fit, {memory:6.0f} MB", flush=True)


def large():
    peak = product_rate()
    result["peak"] = peak
    print(f"matrix product in bfloat16: {peak / 1e12:.0f} TFLOP/s", flush=True)
    for side in a.sizes:
        kinds = {"Paper, float32": lambda: Fit("cuda", 128, side), "Paper, bfloat16": lambda: Fit("cuda", 128, side, 1),
                 "Fast, float32": lambda: Fit("cuda", 32, side), "Fast, bfloat16": lambda: Fit("cuda", 32, side, 1)}
        work = {}
        if a.reference:
            kinds = {"reference": lambda: Reference(side, False),
                     "reference, channels-last, bfloat16": lambda: Reference(side, True), **kinds}
            work = {maps: operations(maps, side) for maps in (32, 128)}
        for kind, make in kinds.items():
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()
            ms = milliseconds(make().run)
            memory = torch.cuda.max_memory_allocated() / 1e6
            step = {"side": side, "kind": kind, "ms": ms, "memory_mb": memory}
            line = f"{side}x{side}  {kind:35} {ms:6.2f} ms per step, {memory:5.0f} MB"
            if work:
                step["flops_a_second"] = work[32 if kind.startswith("Fast") else 128] / ms * 1000
                line += (f", {step['flops_a_second'] / 1e12:5.1f} TFLOP/s, "
                         f"{100 * step['flops_a_second'] / peak:4.1f} %")
            result["steps"].append(step)
            print(line, flush=True)


device = torch.cuda.get_device_name() if CUDA else "CPU"
print(device, "PyTorch", torch.__version__, flush=True)
result = {"device": device, "bulk": [], "steps": []}
check()
bulk()
if CUDA and not a.quick:
    large()
print(json.dumps(result))
if a.json:
    pathlib.Path(a.json).write_text(json.dumps(result))
