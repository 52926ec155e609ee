#!/usr/bin/env python3
"""How far the picture that the stopping rule chooses is from the best picture of the same fit.

usage: stopping.py make FOLDER, then StoppingBenchmark for each of its folders (README), then stopping.py table FOLDER

The pictures are cut from those of scikit-image, or synthetic: grey and RGB, 64 to 256 pixels wide, 16 bits, with white
noise, noise whose deviation varies over the field, and photon noise (fitted as Gaussian noise, or "poisson"). They come
in two halves without common sources: tune, on which the rule was designed, and held, which was kept back.
"""
import glob
import json
import os
import sys
import zlib

import numpy as np
from scipy import ndimage

from sources import crop, synthetic

SOURCES = {
    "tune": {"grey": ["camera", "coins", "cell", "page", "grass", "microaneurysms", "ihc", "hubble_deep_field"],
             "rgb": ["astronaut", "ihc", "hubble_deep_field"]},
    "held": {"grey": ["brick", "text", "gravel", "moon", "retina", "motorcycle_left", "rocket", "clock_motion"],
             "rgb": ["rocket", "retina", "motorcycle_left"]}}
# Side in pixels; noise in percent of the range.
GREY = [(64, 5), (64, 10), (64, 20), (64, 10), (96, 5), (96, 10), (96, 20), (96, 20), (128, 5), (128, 10), (128, 20),
        (128, 5), (256, 10)]
RGB = [(64, 5), (64, 10), (64, 20), (64, 10), (96, 5), (96, 10), (96, 20), (96, 10), (128, 5), (128, 10), (128, 20),
       (256, 10)]
# Kind of a synthetic picture, side, noise in percent of the range or photons, kind of noise.
OTHER = [("spots", 64, 10, "white"), ("filaments", 64, 5, "white"), ("spots", 96, 20, "white"),
         ("filaments", 96, 10, "white"), ("shapes", 128, 10, "white"), (None, 64, 10, "varying"),
         (None, 96, 5, "varying"), (None, 128, 10, "varying"), (None, 64, 20, "counts"), (None, 96, 50, "counts"),
         (None, 64, 50, "poisson"), (None, 128, 20, "poisson"), (None, 64, 1, "white")]


def save(folder, name, clean, noisy, photons):
    """As a 16-bit image is read: the least value of a channel becomes 0, the largest 1."""
    os.makedirs(folder, exist_ok=True)
    clean, noisy = [np.atleast_3d(z).transpose(2, 0, 1) for z in (clean, noisy)]
    low = 0 if photons else noisy.min((1, 2), keepdims=True)
    span = noisy.max() if photons else noisy.max((1, 2), keepdims=True) - low
    for ending, z in (".in", noisy), (".clean", clean):
        ((z - low) / span).astype("<f4").tofile(f"{folder}/{name}{ending}")
    json.dump(dict(width=noisy.shape[2], height=noisy.shape[1], channels=len(noisy),
                   photons=float(span) if photons else 0.), open(f"{folder}/{name}.json", "w"))


def make(root, half, i, kind, source, side, level, noise, colour):
    r = np.random.default_rng(zlib.crc32(f"{half}{i}{kind}".encode()))
    x = synthetic(source, side, r) if kind == "synthetic" else crop(source, side, r, colour)
    x = (x - x.min()) / (x.max() - x.min())
    if noise in ("counts", "poisson"):
        noisy = r.poisson(x * level).astype(float)
        x = x * level
    else:
        x = np.round(x * 30000 + 15000)
        sigma = level * 300
        if noise == "varying":
            h, w = x.shape[:2]
            sigma = sigma * (.3 + 1.4 * (np.arange(w)[None] + np.arange(h)[:, None]) / (h + w - 2))
        noisy = np.clip(np.round(x + r.normal(size=x.shape) * sigma), 0, 65535)
    name = f"{source}-{side}{'-rgb' if colour else ''}-{noise}-{level}-{i}"
    save(f"{root}/{half}-{side}", name, x, noisy, noise == "poisson")


def make_all(root):
    for half, names in SOURCES.items():
        for i, (side, level) in enumerate(GREY):
            make(root, half, i, "grey", names["grey"][i % 8], side, level, "white", False)
        for i, (side, level) in enumerate(RGB):
            make(root, half, i, "rgb", names["rgb"][i % 3], side, level, "white", True)
        for i, (kind, side, level, noise) in enumerate(OTHER):
            source = kind or names["grey"][(i + 3) % 8]
            make(root, half, i, "synthetic" if kind else "other", source, side, level, noise, False)


def residual_and_noise(r):
    """As hourglass.py."""
    k = np.array([1, -2, 1])
    d = ndimage.convolve1d(ndimage.convolve1d(r, k, axis=1), k, axis=2)[:, 1:-1, 1:-1] / 6
    total, noise = np.mean(r ** 2), np.mean(d ** 2)
    return total, 0 if noise > 2 * total else noise * (1 + np.sqrt(2 / d.size))


def emv(variances, patience=500):
    """The step whose average EMV alone chooses."""
    best = 101
    for step in range(101, len(variances) + 1):
        if variances[step - 1] < variances[best - 1]:
            best = step
        if step - best >= patience:
            break
    return min(1.49 * best, best + 200, step)


def rule(residuals, variances):
    """The step whose average the rule chooses. The residuals are those of every tenth step."""
    excess = 0
    for i, r in enumerate(residuals):
        step = 10 * (i + 1)
        total, noise = residual_and_noise(r)
        before = ((step - 10) / step) ** 4
        excess = before * excess + (1 - before) * (total - noise)
        if step >= 40 and excess <= 0 and variances[step - 1] <= .25 * noise:
            return step
    return emv(variances)


def psnr(x, clean):
    return -10 * np.log10(np.mean((x - clean) ** 2))


def figures(file):
    """PSNR: at best; as the rule chooses; as EMV alone chooses; of the input; of a Gaussian filter of one pixel."""
    name, shape = file[:-5], json.load(open(file))
    shape = shape["channels"], shape["height"], shape["width"]
    y, clean = [np.fromfile(name + e, "<f4").reshape(shape).astype(float) for e in (".in", ".clean")]
    averages = np.fromfile(name + ".average", "<f4").reshape((-1,) + shape)
    variances = json.load(open(name + ".curves"))["variances"]
    curve = [psnr(x, clean) for x in averages]
    at = [curve[min(len(curve), max(1, round(step / 10))) - 1]
          for step in (rule((y - x for x in averages), variances), emv(variances))]
    return [max(curve), *at, psnr(y, clean), psnr(ndimage.gaussian_filter(y, (0, 1, 1), mode="nearest"), clean)]


def table(root):
    rows = {}
    for file in sorted(glob.glob(f"{root}/*/*.json")):
        if os.path.exists(file[:-5] + ".curves"):
            name = os.path.relpath(file[:-5], root)
            rows[name] = figures(file)
            print(f"{name:50}" + " ".join(f"{v:6.2f}" for v in rows[name]), flush=True)
    groups = {"tune": "tune-", "held": "held-", "both": "", "white grey": "white", "RGB": "-rgb-", "varying": "varying",
              "photons": ("counts", "poisson"), "64": "-64/", "96": "-96/", "128": "-128/", "256": "-256/"}
    print("group, pictures: distance to the best of the rule, and of EMV alone: mean, 95th percentile, worst; "
          "below the input; more than 0.5 dB below the Gaussian filter")
    for group, parts in groups.items():
        parts = (parts,) if isinstance(parts, str) else parts
        v = np.array([row for name, row in rows.items() if any(part in name for part in parts)
                      and not (group == "white grey" and "-rgb-" in name)])
        if len(v):
            text = [f"{np.mean(d):.2f}, {np.percentile(d, 95):.2f}, {max(d):.2f}; {sum(x < v[:, 3])}; "
                    f"{sum(x < v[:, 4] - .5)}" for x in (v[:, 1], v[:, 2]) for d in [v[:, 0] - x]]
            print(f"{group}, {len(v)}: " + " | ".join(text))


if __name__ == "__main__":
    dict(make=make_all, table=table)[sys.argv[1]](sys.argv[2])
