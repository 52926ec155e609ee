"""Clean pictures for the benchmarks: parts of those that scikit-image brings, and synthetic ones."""
import os

import numpy as np
from scipy import ndimage
from skimage import data, io


def crop(name, side, r, colour):
    """The crop with the most contrast of eight of a picture of scikit-image: side x side, or side x side x 3."""
    folder = os.path.dirname(data.__file__)
    x = io.imread(os.path.join(folder, next(f for f in os.listdir(folder) if f.startswith(name + ".")))).astype(float)
    if x.ndim == 3:
        x = x[..., :3] if colour else x[..., :3].mean(2)
    crops = []
    for _ in range(8):
        i, j = r.integers(0, x.shape[0] - side + 1), r.integers(0, x.shape[1] - side + 1)
        crops.append(x[i:i + side, j:j + side])
    return max(crops, key=np.std)


def synthetic(kind, n, r):
    """Spots, filaments or else shapes, n x n."""
    y, x = np.mgrid[0:4 * n, 0:4 * n] / 4.
    z = np.zeros((4 * n, 4 * n))
    if kind == "spots":
        for _ in range(n // 2):
            cy, cx = r.uniform(0, n, 2)
            z += r.uniform(.3, 1) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 2 / r.uniform(1, 2) ** 2)
    elif kind == "filaments":
        for _ in range(n // 6):
            p, a = r.uniform(0, 4 * n, 2), r.uniform(0, 6.3)
            for _ in range(4 * n):
                a += r.normal() * .03
                p = p + [np.sin(a), np.cos(a)]
                i, j = int(p[0]), int(p[1])
                if 0 <= i < 4 * n and 0 <= j < 4 * n:
                    z[i, j] += 1
        z = ndimage.gaussian_filter(z, 4)
    else:
        for _ in range(9 * (n // 64) ** 2 + 5):
            cy, cx = r.uniform(0, n, 2)
            a, b = r.uniform(3, 12, 2)
            t = r.uniform(0, np.pi)
            u, v = (x - cx) * np.cos(t) + (y - cy) * np.sin(t), -(x - cx) * np.sin(t) + (y - cy) * np.cos(t)
            z += r.uniform(.2, .6) * ((u / a) ** 2 + (v / b) ** 2 < 1)
        z = ndimage.gaussian_filter(z, 3)
    return z[2::4, 2::4]
