"""Fills in and enlarges pictures with the plugin and with what users have, and prints a table.

usage: restorers.py FOLDER [--side 128] [--threads 1] [--seed 0] [--kinds random scratches square x2 x4]
                    needs: numpy, scikit-image, Pillow

FOLDER holds clean pictures, grey or RGB, of 8 or 16 bits; of larger ones the central square of --side pixels is taken.
Missing are half of the pixels at random, or five scratches, two pixels wide, or a square of an eighth of the side.
They are filled in by the plugin, by biharmonic inpainting (scikit-image), and by the mean of the known pixels nearest
to each. Pictures are enlarged by 2 and 4 after they were downsampled with a Lanczos filter: by the plugin, and by
Pillow's bicubic and Lanczos filters. All settings are the defaults. Run it from the project folder. Columns: PSNR in dB
with a peak of 1, of the missing pixels or of all but four at the border; SSIM of the whole; CPU seconds.
"""
import argparse
import os
import tempfile
import time

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from skimage.restoration import inpaint_biharmonic

from pictures import clean_pictures, give, halves, plugin, psnr, ssim, take

KINDS = ["random", "scratches", "square", "x2", "x4"]

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("folder")
arguments.add_argument("--side", type=int, default=128)
arguments.add_argument("--threads", type=int, default=1)
arguments.add_argument("--seed", type=int, default=0)
arguments.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
a = arguments.parse_args()
os.environ["OMP_NUM_THREADS"] = str(a.threads)
random = np.random.default_rng(a.seed)


def scratches(shape):
    """Straight lines between points of two opposite borders."""
    known, (h, w) = np.ones(shape, bool), shape
    for _ in range(5):
        left, right = random.uniform(0, w, 2)
        for y in range(h):
            x = int(left + (right - left) * y / h)
            known[y, max(0, x):x + 2] = False
    return known


def square(shape):
    known, side = np.ones(shape, bool), shape[0] // 8
    top, left = random.integers(side, shape[0] - 2 * side, 2)
    known[top:top + side, left:left + side] = False
    return known


def nearest_mean(y, known):
    """Weighted by a Gaussian, as narrow as the gaps allow."""
    result, left = y.copy(), ~known
    for sigma in (.7, 1, 1.5, 2, 3, 4, 6, 8, 12):
        weights = gaussian_filter(known * 1., sigma)
        done = left & (weights > .02)
        for c in range(y.shape[2]):
            result[done, c] = (gaussian_filter(y[..., c] * known, sigma) / np.maximum(weights, 1e-9))[done]
        left &= ~done
    return result


def resize(x, width, height, kind):
    planes = [np.asarray(Image.fromarray(p.astype(np.float32)).resize((width, height), kind))
              for p in np.atleast_3d(x).transpose(2, 0, 1)]
    return np.stack(planes, 2)


def timed(method, *inputs):
    began = time.process_time()
    return method(*inputs), time.process_time() - began


with tempfile.TemporaryDirectory() as scratch:
    cases = {}
    for title, picture in clean_pictures(a.folder, a.side).items():
        clean = np.atleast_3d(picture)[:picture.shape[0] // 4 * 4, :picture.shape[1] // 4 * 4]
        for kind, known in (("random", random.random(clean.shape[:2]) < .5), ("scratches", scratches(clean.shape[:2])),
                            ("square", square(clean.shape[:2]))):
            if kind not in a.kinds:
                continue
            name = f"{title}, {kind}"
            give(scratch, name, clean * known[..., None], known)
            cases[name] = clean, known, 1
        for factor in [factor for factor in (2, 4) if f"x{factor}" in a.kinds]:
            name, (h, w) = f"{title}, x{factor}", clean.shape[:2]
            small = resize(clean, w // factor, h // factor, Image.LANCZOS)
            give(scratch, name, small, factor=factor)
            cases[name] = clean, small, factor
    ours = plugin(scratch, "prior", a.threads)
    kinds = {}
    print(f"{'':32} peer 1 peer 2 plugin  SSIM: peers, plugin  CPU s: peers, plugin")
    for name, (clean, given, factor) in cases.items():
        y = take(scratch, name, clean)
        if factor == 1:
            noisy = clean * given[..., None]
            results = [timed(nearest_mean, noisy, given),
                       timed(lambda: np.atleast_3d(inpaint_biharmonic(noisy, ~given, channel_axis=2)))]
            where = ~given
        else:
            size = clean.shape[1], clean.shape[0]
            results = [timed(resize, given, *size, Image.BICUBIC), timed(resize, given, *size, Image.LANCZOS)]
            where = np.zeros(clean.shape[:2], bool)
            where[4:-4, 4:-4] = True
        results = [*results, (y, ours[name]["cpu_s"])]
        row = [psnr(x[where], clean[where]) for x, _ in results] + [ssim(np.clip(x, 0, 1), clean) for x, _ in results] \
            + [seconds for _, seconds in results]
        kinds.setdefault(name.split(", ")[1], []).append(row)
        print(f"{name:32} " + " ".join(f"{v:6.2f}" for v in row), flush=True)
for kind, rows in kinds.items():
    for name, mean in halves(rows, 1):
        print(f"{kind + ', ' + name:40} " + " ".join(f"{v:6.2f}" for v in mean))
    for name, extreme in ("least", np.min), ("greatest", np.max):
        print(f"{kind + ', ' + name:40} " + " ".join(f"{v:6.2f}" for v in extreme(rows, 0)))
print("Peers: to inpaint, the mean of near pixels and biharmonic; to enlarge, bicubic and Lanczos.")
