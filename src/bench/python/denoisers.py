"""Denoises clean pictures to which noise is added, with the plugin and with what users have, and prints a table.

usage: denoisers.py FOLDER [--sigma 10 25 50] [--photons 5 20 100] [--method non-local] [--threads 1] [--side 256]
                    [--seed 0] [--field 1] [--clip] [--bits 8] [--border 0] [--told] [--ensemble 0] [--save FILE]
                    [--beside FILE]
                    needs: numpy, scikit-image, bm3d

FOLDER holds clean pictures, grey or RGB, of 8 or 16 bits; of larger ones the central square of --side pixels is taken.
SIGMA is in grey levels on the 0-255 scale; with --photons the brightest value stands for so many photons. With --field
5 the standard deviation is five times as large at the right edge as at the left; SIGMA is its root mean square. With
--clip the noisy values are clipped to the range of the values, as a detector does; with --bits, 8 or 16, also rounded,
as an image of so many bits has them. With --border N the outermost N pixels are 0 in both pictures, as in an image that
was rotated or stitched; the figures are those of the pixels inside. All methods get the same noisy picture. The plugin
estimates the noise, and whether it grows with the signal (with --told it is told the photons); BM3D (CBM3D for RGB) and
non-local means are given SIGMA, and of six Gaussian filters the clean picture chooses the best. For photon noise these
work on the variance-stabilised picture (Anscombe, with the exact unbiased inverse in closed form). Every second picture
is in the second half, whose mean is printed by itself. Run it from the project folder. Columns: PSNR in dB with a peak
of 1, SSIM, and CPU seconds; with --ensemble, of how many repetitions, also the correlation of the plugin's standard
deviation with its true error, for pixels and for squares of 8x8, and the ratio of their root mean squares. --save
writes the figures to a file; --beside compares the plugin's PSNR with that of a saved run, of another method or
version, which must have had the same pictures, noise and threads.
"""
import argparse
import json
import os
import tempfile
import time

import bm3d
import numpy as np
from skimage.filters import gaussian
from skimage.restoration import denoise_nl_means

from pictures import clean_pictures, digest, give, halves, plugin, psnr, require_same, ssim, take

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
arguments.add_argument("--bits", type=int, choices=[8, 16])
arguments.add_argument("--border", type=int, default=0)
arguments.add_argument("--told", action="store_true")
arguments.add_argument("--ensemble", type=int, default=0)
arguments.add_argument("--save")
arguments.add_argument("--beside")
a = arguments.parse_args()
if not a.sigma and not a.photons:
    a.sigma = [10., 25., 50.]
if min(a.sigma + a.photons) <= 0 or a.field <= 0:
    arguments.error("SIGMA, photons and --field must be above 0")
if a.field != 1 and a.photons:
    arguments.error("--field does not change the noise of photons: use it without --photons")
if a.told and not a.photons:
    arguments.error("--told tells the photons: use it with --photons")
if a.ensemble == 1:
    arguments.error("--ensemble takes at least 2 repetitions, or 0 for none")
if a.border < 0:
    arguments.error("--border must be at least 0")
settings = {key: getattr(a, key) for key in ("sigma", "photons", "threads", "side", "seed", "field", "clip", "told")}
settings.update(bits=a.bits, border=a.border or None)


def field(clean):
    """The standard deviation at each pixel, relative to its root mean square."""
    rises = np.broadcast_to(a.field ** np.linspace(0, 1, clean.shape[1]), clean.shape[:2])
    rises = rises / np.sqrt(np.mean(rises ** 2))
    return rises[..., None] if clean.ndim == 3 else rises


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


def inside(x):
    return x[a.border:x.shape[0] - a.border, a.border:x.shape[1] - a.border]


def framed(x):
    """A picture with the border of zeros."""
    frame = np.zeros_like(x)
    inside(frame)[...] = inside(x)
    return frame


def agreement(deviation, error):
    """Correlation of two pictures, pixel by pixel and in squares of 8x8, and the ratio of their root mean squares."""
    def squares(x):
        x = np.atleast_3d(x)
        h, w = x.shape[0] // 8 * 8, x.shape[1] // 8 * 8
        return np.sqrt((x[:h, :w] ** 2).reshape(h // 8, 8, w // 8, 8, -1).mean((1, 3, 4))).ravel()
    pixels = np.corrcoef(deviation.ravel(), np.abs(error).ravel())[0, 1]
    return [pixels, np.corrcoef(squares(deviation), squares(error))[0, 1],
            np.sqrt(np.mean(deviation ** 2) / np.mean(error ** 2))]


def row(name, clean, noisy, kind, level, folder):
    y, results, seconds = take(folder, name, clean), {}, {}
    deviation = inside(take(folder, name, clean, "deviation")) if a.ensemble else None
    for key, method in ("nlm", nl_means), ("bm3d", bm):
        began = time.process_time()
        if kind == "sigma":
            results[key] = method(noisy, level / 255)
        else:
            results[key] = stabilised(method)(noisy * level, None) / level
        seconds[key] = time.process_time() - began
    blurred = [gaussian(noisy, s, channel_axis=2 if clean.ndim == 3 else None) for s in (.5, .75, 1, 1.5, 2, 3)]
    y, clean, noisy, blurred = inside(y), inside(clean), inside(noisy), [inside(x) for x in blurred]
    results = {key: inside(x) for key, x in results.items()}
    found = np.sqrt(np.mean(np.square(ours[name]["noise"]))) if ours[name]["noise"] else np.nan
    found /= np.sqrt(np.mean((noisy - clean) ** 2))
    figures = [psnr(noisy, clean), max(psnr(x, clean) for x in blurred), psnr(results["nlm"], clean),
               psnr(results["bm3d"], clean), psnr(y, clean), ssim(results["bm3d"], clean), ssim(y, clean),
               seconds["nlm"], seconds["bm3d"], ours[name]["cpu_s"], found]
    return figures + (agreement(deviation, y - clean) if a.ensemble else [])


os.environ["OMP_NUM_THREADS"] = str(a.threads)
random, rows = np.random.default_rng(a.seed), {}
with tempfile.TemporaryDirectory() as scratch:
    cases = {}
    for title, picture in clean_pictures(a.folder, a.side).items():
        if min(picture.shape[:2]) - 2 * a.border < 16:
            arguments.error(f"--border leaves fewer than 16 pixels of {title}")
        picture = framed(picture)
        for kind, levels in ("sigma", a.sigma), ("photons", a.photons):
            for level in levels:
                if kind == "sigma":
                    noisy = picture + random.normal(size=picture.shape) * level / 255 * field(picture)
                else:
                    noisy = random.poisson(picture * level) / level
                if a.clip or a.bits:
                    noisy = np.clip(noisy, 0, 1)
                if a.bits:
                    noisy = np.round(noisy * (2 ** a.bits - 1)) / (2 ** a.bits - 1)
                noisy = framed(noisy)
                noisy = noisy.astype(np.float32).astype(np.float64)  # as precise as what the plugin gets
                name = f"{title}, {kind} {level:g}"
                give(scratch, name, noisy, photons=level if kind == "photons" and a.told else 0)
                cases[name] = picture, noisy, kind, level
                settings["clean " + title], settings["noisy " + name] = digest(picture), digest(noisy)
    if a.beside:
        with open(a.beside) as file:
            other = json.load(file)
        require_same(settings, other["settings"])
    ours = plugin(scratch, a.method, a.threads, a.ensemble)
    print(f"{'':32} {'noisy':>6} {'Gauss':>6} {'NLM':>6} {'BM3D':>6} {'plugin':>6}  SSIM: BM3D plugin"
          "  CPU s: NLM BM3D plugin  sigma found/true" + ("  deviation: r, r 8x8, ratio" if a.ensemble else "")
          + (f"  {other['method']}: PSNR" if a.beside else ""))
    for name, case in cases.items():
        require_same({"noisy " + name: digest(case[1])}, {"noisy " + name: ours[name]["digest"]})
        rows[name] = row(name, *case, scratch)
        beside = [other["rows"][name][4]] if a.beside else []
        print(f"{name:32} " + " ".join(f"{v:6.2f}" for v in rows[name] + beside), flush=True)
for name, mean in halves(list(rows.values()), len(a.sigma) + len(a.photons)):
    print(f"{name:32} " + " ".join(f"{v:6.2f}" for v in mean))
mean = np.nanmean(np.array(list(rows.values())), 0)
print(f"plugin minus BM3D: {mean[4] - mean[3]:+.2f} dB, minus non-local means: {mean[4] - mean[2]:+.2f} dB; least gain "
      f"over the noisy picture {min(row[4] - row[0] for row in rows.values()):+.2f} dB")
if a.ensemble:
    ratios = np.array([row[-1] for row in rows.values()])
    print(f"deviation over error: {ratios.min():.2f} to {ratios.max():.2f}, typically off by a factor of "
          f"{np.exp(np.sqrt(np.mean(np.log(ratios) ** 2))):.2f}")
if a.beside:
    print(f"plugin minus {other['method']} of {a.beside}: "
          f"{mean[4] - np.mean([row[4] for row in other['rows'].values()]):+.2f} dB")
if a.save:
    with open(a.save, "w") as file:
        json.dump(dict(settings=settings, method=a.method, rows=rows), file)
