#!/usr/bin/env python3
"""Runs this project and the reference code in alternation, and prints tables and one line of JSON.

usage: compare.py --driver DRIVER.py --reference DIR --pairs CLEAN.png NOISY.png [CLEAN.png NOISY.png ...]
                  [--rounds 3] [--threads 2] [--iterations 1500] [--quality] [--json FILE]

DRIVER.py runs the reference code in the folder DIR, and prints the figures of FitBenchmark under the same names
(src/bench/README.md). Seconds per step are measured on the first pair, without bfloat16 where the processor emulates
it; --rounds 0 skips them. With --quality, the reference code fits every pair to its peak within --iterations, Fast fits
it until its averaged output is within 0.1 dB of that peak, and the method non-local denoises it, which counts if its
result is at least as near to the clean picture as that peak. Runs are compared only if they have the same images,
threads and, for seconds per step, networks.
"""
import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

from pictures import digest, give, plugin, psnr, read, require_same, take

p = argparse.ArgumentParser()
p.add_argument("--driver", required=True)
p.add_argument("--reference", required=True)
p.add_argument("--pairs", nargs="+", required=True)
p.add_argument("--rounds", type=int, default=3)
p.add_argument("--threads", type=int, default=2)
p.add_argument("--iterations", type=int, default=1500)
p.add_argument("--quality", action="store_true")
p.add_argument("--json")
a = p.parse_args()
pairs = list(zip(a.pairs[::2], a.pairs[1::2]))


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    lines = [line[line.index("{"):] for line in done.stdout.splitlines() if '{"' in line]  # Maven's output is coloured
    if not lines:
        sys.exit(f"{' '.join(command)} printed no figures:\n{done.stdout}\n{done.stderr}")
    return json.loads(lines[-1])


def reference(pair, iterations, *options):
    return run([sys.executable, a.driver, "--reference", a.reference, *pair,
                "--iterations", str(iterations), "--threads", str(a.threads), *options])


def ours(pair, iterations, **options):
    text = " ".join(["--" + key + " " + str(value) for key, value in options.items()])
    paths = [os.path.abspath(path) for path in pair]
    arguments = f"{paths[0]} {paths[1]} --iterations {iterations} --threads {a.threads} {text}"
    figures = run(["mvn", "-o", "-B", "-ntp", "-q", "-Pbench", "test-compile", "exec:exec",
                   "-Dbench.arguments=" + arguments])
    require_same({"threads": a.threads}, figures, "threads")
    return figures


def filtered(pair):
    """PSNR and CPU seconds of the method non-local, without those of the start of libtorch."""
    clean, noisy = (read(file) for file in pair)
    require_same({"shape": clean.shape}, {"shape": noisy.shape})
    with tempfile.TemporaryDirectory() as folder:
        give(folder, "pair", noisy)
        figures = plugin(folder, "non-local", a.threads)["pair"]
        require_same({"noisy picture": digest(noisy)}, {"noisy picture": figures["digest"]})
        return {"cpu_s": figures["cpu_s"], "psnr": psnr(take(folder, "pair", clean), clean)}


def table(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)))


kinds = {
    "reference, default": lambda: reference(pairs[0], 12, "--time-only"),
    "reference, channels-last": lambda: reference(pairs[0], 12, "--time-only", "--channels-last"),
    "Paper, float32": lambda: ours(pairs[0], 40, preset="Paper", precision="float32", every=40),
    "Fast, float32": lambda: ours(pairs[0], 200, preset="Fast", precision="float32", every=200),
}
# elsewhere bfloat16 is emulated and many times slower
if ours(pairs[0], 2, preset="Fast", precision="auto", every=1)["precision"] == "bfloat16":
    kinds["reference, channels-last, bfloat16"] = lambda: reference(
        pairs[0], 12, "--time-only", "--channels-last", "--bf16")
    kinds["Paper, bfloat16"] = lambda: ours(pairs[0], 40, preset="Paper", precision="bfloat16", every=40)
    kinds["Fast, bfloat16"] = lambda: ours(pairs[0], 200, preset="Fast", precision="bfloat16", every=200)
seconds = {kind: [] for kind in kinds}
paper = None
for _ in range(a.rounds):
    for kind, measure in kinds.items():
        figures = measure()
        if not kind.startswith("Fast"):
            paper = paper or figures
            require_same(paper, figures, "size", "noisy_psnr", "params")
        seconds[kind].append(figures["s_per_iteration"])
if a.rounds:
    median = {kind: statistics.median(values) for kind, values in seconds.items()}
    default = median["reference, default"]
    best = min(value for kind, value in median.items() if kind.startswith("reference"))
    table([["seconds per step", "median", "min", "max", "speed-up, default", "speed-up, fastest"]]
          + [[kind, f"{median[kind]:.3f}", f"{min(values):.3f}", f"{max(values):.3f}", f"{default / median[kind]:.2f}",
              f"{best / median[kind]:.2f}"] for kind, values in seconds.items()])
result = {"threads": a.threads, "seconds_a_step": seconds}

if a.quality:
    rows, ratios, filters = [["pair", "reference: dB", "step", "CPU s", "Fast within 0.1 dB: step", "CPU s", "ratio",
                              "non-local: dB", "CPU s", "ratio"]], [], []
    result["quality"] = []
    for pair in pairs:
        theirs = reference(pair, a.iterations)
        mine = ours(pair, 3000, preset="Fast", precision="auto", target=theirs["peak_psnr"] - 0.1)
        require_same(theirs, mine, "size", "noisy_psnr")
        row = [os.path.basename(pair[0]), theirs["peak_psnr"], theirs["peak_iteration"], theirs["cpu_s_to_peak"]]
        if mine["target_iteration"]:
            ratios.append(theirs["cpu_s_to_peak"] / mine["cpu_s_to_target"])
            row += [mine["target_iteration"], round(mine["cpu_s_to_target"], 1), round(ratios[-1], 1)]
        else:
            row += ["not reached", "", f"peak {mine['peak_psnr']:.3f} dB"]
        other = filtered(pair)
        row += [round(other["psnr"], 2), round(other["cpu_s"], 1)]
        if other["psnr"] >= theirs["peak_psnr"]:
            filters.append(theirs["cpu_s_to_peak"] / other["cpu_s"])
            row.append(round(filters[-1], 1))
        else:
            row.append("below")
        rows.append(row)
        result["quality"].append({"reference": theirs, "fast": mine, "non-local": other})
        print(*rows[-1], file=sys.stderr, flush=True)  # the table may take an hour
    print()
    table(rows)
    for name, reached in ("Fast", ratios), ("non-local", filters):
        mean = round(math.exp(sum(map(math.log, reached)) / len(reached)), 2) if reached else "none"
        print(f"{name}: target reached on {len(reached)} of {len(pairs)} pairs, geometric mean of the ratios: {mean}")
print(json.dumps(result))
if a.json:
    with open(a.json, "w") as file:
        json.dump(result, file)
