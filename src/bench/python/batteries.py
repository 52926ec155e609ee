#!/usr/bin/env python3
"""Makes the clean pictures of the denoising tables: parts of those of scikit-image, and synthetic ones.

usage: batteries.py FOLDER, then denoisers.py FOLDER/grey and denoisers.py FOLDER/other

grey: 24 crops of 64, 96 and 128 pixels, 16 bits. other: 24 crops of 128 pixels, ten of them RGB (8 bits), the others
grey with 8 or 16 bits. The same pictures each time. The names are such that the two halves of denoisers.py show
different things, but for a retina and a motorcycle in both halves of other.
"""
import os
import sys
import zlib

import numpy as np
from skimage import io

from sources import crop, synthetic

GREY = ["camera", "coins", "brick", "page", "cell", "ihc", "spots", "filaments"]
OTHER = ["camera", "coins", "brick", "page", "cell", "spots", "filaments", "text", "grass", "gravel", "moon",
         "clock_motion", "hubble_deep_field", "retina"]
RGB = ["astronaut", "coffee", "chelsea", "rocket", "retina", "ihc", "hubble_deep_field", "motorcycle_left", "color",
       "motorcycle_right"]


def picture(source, side, colour):
    """A picture in 0..1; grey ones span that range."""
    r = np.random.default_rng(zlib.crc32(f"{source}{side}{colour}".encode()))
    x = synthetic(source, side, r) if source in ("spots", "filaments") else crop(source, side, r, colour)
    return x / 255 if colour else (x - x.min()) / (x.max() - x.min())


def save(folder, name, x, kind):
    os.makedirs(folder, exist_ok=True)
    io.imsave(f"{folder}/{name}.png", np.round(x * np.iinfo(kind).max).astype(kind), check_contrast=False)


if len(sys.argv) != 2:
    sys.exit(__doc__)
grey, other = os.path.join(sys.argv[1], "grey"), os.path.join(sys.argv[1], "other")
for source in GREY:
    for side in 64, 96, 128:
        save(grey, f"{side:03}-{source}", picture(source, side, False), np.uint16)
for i, source in enumerate(OTHER):
    save(other, "grey-" + source, picture(source, 128, False), (np.uint8, np.uint16)[i % 2])
for source in RGB:
    save(other, "rgb-" + source, picture(source, 128, True), np.uint8)
