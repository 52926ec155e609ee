"""Denoises clean pictures to which noise is added, with the plugin and with what users have, and prints a table.

usage: denoisers.py FOLDER [--sigma 10 25 50] [--photons 5 20 100] [--method non-local] [--threads 1] [--side 256]
                    [--seed 0] [--field 1] [--clip]        needs: numpy, scikit-image, bm3d

FOLDER holds clean pictures, grey or RGB, of 8 or 16 bits; of larger ones the central square of --side pixels is taken.
SIGMA is in grey levels on the 0-255 scale; with --photons the brightest value stands for so many photons. With --field
5 the standard deviation is five times as large at the right edge as at the left; SIGMA is its root mean square. With
--clip the noisy values are clipped to the range of the values, as a detector does. All methods get the same noisy
picture. The plugin estimates the noise level; BM3D (CBM3D for RGB) and non-local means are given SIGMA, and of six
Gaussian filters the clean picture chooses the best. For photon noise these work on the variance-stabilised picture
(Anscombe, with the exact unbiased inverse in closed form). Every second picture is in the second half, whose mean is
printed by itself. Run it from the project folder. Columns: PSNR in dB with a peak of 1, SSIM, and CPU seconds.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import bm3d
import numpy as np
from skimage import io
from skimage.filters import gaussian
from skimage.metrics import structural_similarity
from skimage.restoration import denoise_nl_means

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("folder")
arguments.add_argument("--sigma", type=float, nargs="*", default=[])
arguments.add_argument("--photons", type=float, nargs="*", default=[])
arguments.add_argument("--method", choices=["non-local", "prior"], default="non-local")
arguments.add_argument("--threads", type=int, default=1)
arguments.add_argument("--side", type=int, default=256)
arguments.add_argument("--seed", type=int, default=0)
arguments.add_argument("--field", type=float, default=1.)
arguments.add_argument("--clip", action="store_true")
a = arguments.parse_args()
if not a.sigma and not a.photons:
    a.sigma = [10., 25., 50.]


def picture(file):
    """Height x width, or height x width x 3, in 0..1."""
    x = io.imread(file)
    x = (x[..., :3] if x.ndim == 3 else x) / np.float64(np.iinfo(x.dtype).max)
    side = min(a.side, *x.shape[:2])
    top, left = (x.shape[0] - side) // 2, (x.shape[1] - side) // 2
    return x[top:top + side, left:left + side]


def field(clean):
    """The standard deviation at each pixel, relative to its root mean square."""
    rises = np.broadcast_to(a.field ** np.linspace(0, 1, clean.shape[1]), clean.shape[:2])
    rises = rises / np.sqrt(np.mean(rises ** 2))
    return rises[..., None] if clean.ndim == 3 else rises


def psnr(x, clean):
    return -10 * np.log10(np.mean((x - clean) ** 2))


def ssim(x, clean):
    return structural_similarity(clean, x, data_range=1, gaussian_weights=True, sigma=1.5,
                                 use_sample_covariance=False, channel_axis=2 if clean.ndim == 3 else None)


def stabilised(method):
    """What a method for Gaussian noise of one level makes of photon counts."""
    def run(counts, sigma):
        y = 2 * np.sqrt(np.maximum(counts, 0) + .375)
        low, span = y.min(), y.max() - y.min()
        d = np.maximum(method((y - low) / span, 1 / span) * span + low, 1e-3)
        exact = (d / 2) ** 2 + np.sqrt(1.5) / 4 / d - 11 / 8 / d ** 2 + 5 * np.sqrt(1.5) / 8 / d ** 3 - 1 / 8
        return np.maximum(np.where(d < 2 * np.sqrt(.375), 0, exact), 0)
    return run


def nl_means(y, sigma):
    return denoise_nl_means(y, patch_size=5, patch_distance=6, h=.8 * sigma, sigma=sigma, fast_mode=True,
                            channel_axis=2 if y.ndim == 3 else None)


def bm(y, sigma):
    return (bm3d.bm3d_rgb if y.ndim == 3 else bm3d.bm3d)(y, sigma)


def plugin(folder):
    """Figures of the plugin by name."""
    command = ["mvn", "-o", "-B", "-ntp", "-q", "-Pbench", "test-compile", "exec:exec",
               "-Dbench.main=DenoiseBenchmark", f"-Dbench.arguments={folder} {a.method} {a.threads}"]
    out = subprocess.run(command, capture_output=True, text=True)
    # Maven may put escape sequences in front of a line.
    lines = [json.loads(line[line.index("{"):]) for line in out.stdout.splitlines() if '{"name"' in line]
    if out.returncode or not lines:
        sys.exit(out.stdout + out.stderr)
    return {line["name"]: line for line in lines}


os.environ["OMP_NUM_THREADS"] = str(a.threads)
random, rows = np.random.default_rng(a.seed), []
with tempfile.TemporaryDirectory() as folder:
    cases = {}
    for file in sorted(os.listdir(a.folder)):
        if not file.lower().endswith((".png", ".tif", ".tiff", ".jpg", ".jpeg")):
            continue
        clean = picture(os.path.join(a.folder, file))
        for kind, levels in ("sigma", a.sigma), ("photons", a.photons):
            for level in levels:
                if kind == "sigma":
                    noisy = clean + random.normal(size=clean.shape) * level / 255 * field(clean)
                else:
                    noisy = random.poisson(clean * level) / level
                if a.clip:
                    noisy = np.clip(noisy, 0, 1)
                name = f"{os.path.splitext(file)[0]}, {kind} {level:g}"
                y = np.atleast_3d(noisy).transpose(2, 0, 1).astype("<f4")
                shape = dict(width=y.shape[2], height=y.shape[1], channels=y.shape[0],
                             photons=level if kind == "photons" else 0)
                json.dump(shape, open(os.path.join(folder, name + ".json"), "w"))
                y.tofile(os.path.join(folder, name + ".in"))
                cases[name] = clean, noisy, kind, level
    if not cases:
        sys.exit(f"There are no pictures in {a.folder}.")
    ours = plugin(folder)
    print(f"{'':32} {'noisy':>6} {'Gauss':>6} {'NLM':>6} {'BM3D':>6} {'plugin':>6}  SSIM: BM3D plugin"
          "  CPU s: NLM BM3D plugin  sigma found/true")
    for name, (clean, noisy, kind, level) in cases.items():
        y = np.fromfile(os.path.join(folder, name + ".out"), "<f4").astype(np.float64)
        y = y.reshape(np.atleast_3d(clean).transpose(2, 0, 1).shape).transpose(1, 2, 0).reshape(clean.shape)
        results, seconds = {}, {}
        for key, method in ("nlm", nl_means), ("bm3d", bm):
            began = time.process_time()
            if kind == "sigma":
                results[key] = method(noisy, level / 255)
            else:
                results[key] = stabilised(method)(noisy * level, None) / level
            seconds[key] = time.process_time() - began
        blurred = max(psnr(gaussian(noisy, s, channel_axis=2 if clean.ndim == 3 else None), clean)
                      for s in (.5, .75, 1, 1.5, 2, 3))
        found = np.sqrt(np.mean(np.square(ours[name]["noise"]))) * 255 / level if ours[name]["noise"] else np.nan
        row = [psnr(noisy, clean), blurred, psnr(results["nlm"], clean), psnr(results["bm3d"], clean), psnr(y, clean),
               ssim(results["bm3d"], clean), ssim(y, clean), seconds["nlm"], seconds["bm3d"],
               ours[name]["cpu_s"], found]
        rows.append(row)
        print(f"{name:32} " + " ".join(f"{v:6.2f}" for v in row), flush=True)
table = np.array(rows).reshape(-1, len(a.sigma) + len(a.photons), len(rows[0]))
for which, part in ("first half", table[::2]), ("second half", table[1::2]), ("all", table):
    if len(part):
        mean = np.nanmean(part.reshape(-1, part.shape[2]), 0)
        name = f"{which}, mean of {part.shape[0] * part.shape[1]}"
        print(f"{name:32} " + " ".join(f"{v:6.2f}" for v in mean))
print(f"plugin minus BM3D: {mean[4] - mean[3]:+.2f} dB, minus non-local means: {mean[4] - mean[2]:+.2f} dB; least gain "
      f"over the noisy picture {min(row[4] - row[0] for row in rows):+.2f} dB")
