#!/usr/bin/env python3
"""Checks that the program of the method non-local works on a GPU; most of it also where there is none.

usage: devices.py [--side 128]      needs: torch

With a GPU, the steps denoise a noisy picture of --side pixels, with one and with three components, there and on the
CPU, and a line for each says how much the results differ, in units of the noise, and how many seconds each took. First,
and without a GPU as well, the program runs with tensors that have a device, a type and a shape but no values (PyTorch's
FakeTensorMode): an operation on tensors of several devices, or one without a kernel for GPUs where PyTorch is built for
them, ends the script with an error. It cannot tell whether a kernel takes tensors of a type.
"""
import argparse
import time

import torch
from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode
from torch.utils._python_dispatch import TorchDispatchMode, _disable_current_modes
from torch.utils._pytree import tree_leaves

from programs import program

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--side", type=int, default=128)
a = p.parse_args()
NONLOCAL, ATEN = program("nonlocal", "Nonlocal"), torch.ops.aten
# Whether patches are combined, size of a group, side of a patch, whether there is a pilot: see ChainStep.java.
STEPS = [(1, 24, 9, 0), (1, 120, 9, 1), (0, 120, 7, 1), (0, 90, 5, 1)]


class WithoutValues(TorchDispatchMode):
    """What FakeTensorMode lacks: small tensors of the CPU keep their values, and the caller says what a test gives."""

    def __init__(self, test):
        super().__init__()
        self.test, self.operations = test, set()

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        tensors = [x for x in tree_leaves((args, kwargs)) if isinstance(x, torch.Tensor)]
        fake, device = any(isinstance(x, FakeTensor) for x in tensors), torch.device(kwargs.get("device") or "cpu")
        if not fake and device.type == "cpu":
            with _disable_current_modes():
                return operation(*args, **kwargs)
        if operation.namespace == "aten":
            self.operations.add(operation.name())
        if operation is ATEN._local_scalar_dense.default:
            assert tensors[0].dtype == torch.bool, "a number is read from the GPU"
            return self.test
        if operation is ATEN._to_copy.default and not fake:
            return torch.empty(args[0].shape, dtype=kwargs.get("dtype") or args[0].dtype, device=device)
        if operation is ATEN.im2col.default:
            (n, c, h, w), (k, _) = args[0].shape, args[1]
            return args[0].new_empty(n, c * k * k, (h - k + 1) * (w - k + 1))
        if operation is ATEN.col2im.default:
            return args[0].new_empty(1, args[0].size(1) // args[2][0] ** 2, *args[1])
        return operation(*args, **kwargs)


def run(noisy, variance):
    """The results of all methods."""
    components, height, width = noisy.shape
    coarse = NONLOCAL.halve(noisy)
    guide = NONLOCAL.guide(noisy, coarse, torch.tensor([.25]))
    results = []
    for patches, size, side, pilot in STEPS:
        sums = torch.zeros((2, *noisy.shape), device=noisy.device)
        references = [(length - side + 3) // 4 + 1 for length in (height, width)]
        NONLOCAL.tile(noisy, noisy, guide, sums, torch.tensor(
            [patches, size, side, 64 if components == 1 else 32, 4, 1 if patches else 4, pilot, 0, references[0], 0,
             references[1]]), variance)
        results.append(NONLOCAL.estimate(sums, noisy))
    results.append(NONLOCAL.correct(NONLOCAL.mean(results), coarse, torch.tensor([.2])))
    assert all(x.device == noisy.device and x.dtype == torch.float32 and x.shape == noisy.shape for x in results)
    return results


def timed(noisy, device):
    began = time.perf_counter()
    results = [x.cpu() for x in run(noisy.to(device), torch.ones_like(noisy[:1]).to(device))]
    return results, time.perf_counter() - began


with torch.no_grad():
    operations = set()
    for components in 1, 3:
        for test in True, False:
            with FakeTensorMode(allow_non_fake_inputs=True), WithoutValues(test) as mode:
                run(*(torch.empty(count, a.side, a.side, device="cuda") for count in (components, 1)))
            operations |= mode.operations
    print(len(operations), "operations, each with all its tensors on one device:", *sorted(operations))
    if torch.version.cuda:
        has = torch._C._dispatch_has_computed_kernel_for_dispatch_key
        missing = [name for name in operations if not has(name, "CUDA")]
        assert not missing, f"there are no kernels for GPUs: {missing}"
        print(f"PyTorch for CUDA {torch.version.cuda} has kernels for all of them.")
    if torch.cuda.is_available():
        x = torch.linspace(0, 20, a.side)
        for components in 1, 3:
            noisy = 5 * torch.sin(x)[:, None] * torch.sin(x) + torch.randn(
                components, a.side, a.side, generator=torch.Generator().manual_seed(0))
            timed(noisy, "cuda")  # loads its kernels
            (there, gpu), (here, cpu) = timed(noisy, "cuda"), timed(noisy, "cpu")
            print(f"{components} components, GPU {gpu:.2f} s, CPU {cpu:.2f} s; root mean square differences:", *(
                f"{(x - y).square().mean().sqrt():.5f}" for x, y in zip(there, here)))
    else:
        print("There is no GPU: its results were not compared.")
