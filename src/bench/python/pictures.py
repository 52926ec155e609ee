"""What the programs that compare share: pictures, figures, and the plugin's results through FolderBenchmark."""
import json
import os
import subprocess
import sys
import zlib

import numpy as np
from skimage import io
from skimage.metrics import structural_similarity


def read(file):
    """A picture: height x width, or height x width x 3, in 0..1."""
    x = io.imread(file)
    if x.dtype not in (np.uint8, np.uint16) or x.ndim != 2 and x.shape[2:] not in ((3,), (4,)):
        sys.exit(f"{file} is not grey or RGB with 8 or 16 bits: convert it, or leave it out.")
    return (x[..., :3] if x.ndim == 3 else x) / np.float64(np.iinfo(x.dtype).max)


def clean_pictures(folder, side):
    """Names and pictures of a folder: their central squares."""
    if not os.path.isdir(folder):
        sys.exit(f"{folder} is not a folder.")
    found = {}
    for file in sorted(os.listdir(folder)):
        title, ending = os.path.splitext(file)
        if ending.lower() not in (".png", ".tif", ".tiff", ".jpg", ".jpeg"):
            continue
        x = read(os.path.join(folder, file))
        if min(x.shape[:2]) < 16:
            sys.exit(f"{file} has fewer than 16 pixels a side: remove it from the folder.")
        if title in found:
            sys.exit(f"There are two pictures {title}: rename one of them.")
        size = min(side, *x.shape[:2])
        top, left = (x.shape[0] - size) // 2, (x.shape[1] - size) // 2
        found[title] = x[top:top + size, left:left + size]
    if not found:
        sys.exit(f"There are no pictures in {folder}.")
    return found


def digest(x):
    """A checksum of the values as the plugin gets them."""
    return zlib.crc32(np.atleast_3d(x).transpose(2, 0, 1).astype("<f4").tobytes())


def require_same(first, second, *names):
    """Ends the program if two runs differ in what must be equal: their figures could not stand side by side."""
    for name in names or {**first, **second}:
        a, b = first.get(name), second.get(name)
        rounded = isinstance(a, float) and isinstance(b, float) and abs(a - b) < 0.002
        if a != b and not rounded:
            sys.exit(f"These runs cannot be compared: {name} is {a} in one and {b} in the other.")


def psnr(x, clean):
    return -10 * np.log10(np.mean((x - clean) ** 2))


def ssim(x, clean):
    return structural_similarity(clean, x, data_range=1, gaussian_weights=True, sigma=1.5,
                                 use_sample_covariance=False, channel_axis=2 if clean.ndim == 3 else None)


def give(folder, name, picture, known=None, **more):
    """Writes a picture, the mask of its known pixels, and what else FolderBenchmark needs to know."""
    planes = np.atleast_3d(picture).transpose(2, 0, 1).astype("<f4")
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump(dict(width=planes.shape[2], height=planes.shape[1], channels=planes.shape[0], **more), file)
    planes.tofile(os.path.join(folder, name + ".in"))
    if known is not None:
        known.astype("<f4").tofile(os.path.join(folder, name + ".known"))


def take(folder, name, like, kind="out"):
    """Reads a result of FolderBenchmark, in the shape of another picture."""
    planes = np.fromfile(os.path.join(folder, f"{name}.{kind}"), "<f4").astype(np.float64)
    return planes.reshape(np.atleast_3d(like).transpose(2, 0, 1).shape).transpose(1, 2, 0).reshape(like.shape)


def plugin(folder, method, threads, ensemble=0):
    """Restores all pictures of a folder with the plugin. Returns what FolderBenchmark prints, by name."""
    command = ["mvn", "-o", "-B", "-ntp", "-q", "-Pbench", "test-compile", "exec:exec",
               "-Dbench.main=FolderBenchmark", f"-Dbench.arguments={folder} {method} {threads} {ensemble}"]
    out = subprocess.run(command, capture_output=True, text=True)
    # Maven may put escape sequences in front of a line.
    lines = [json.loads(line[line.index("{"):]) for line in out.stdout.splitlines() if '{"name"' in line]
    if out.returncode or not lines:
        sys.exit(out.stdout + out.stderr)
    return {line["name"]: line for line in lines}


def halves(rows, of_each):
    """The means of the first and second half of the pictures, every second one, and of all."""
    table = np.array(rows).reshape(-1, of_each, len(rows[0]))
    return [(f"{which}, mean of {part.shape[0] * of_each}", np.nanmean(part.reshape(-1, part.shape[2]), 0))
            for which, part in (("first half", table[::2]), ("second half", table[1::2]), ("all", table)) if len(part)]
