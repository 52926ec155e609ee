"""Lists the operators of PyTorch that do nothing but compute, as namespace::name, one a line.

usage: list_operators.py > operators.txt        needs: torch 2.7.1
"""
import torch

# Namespaces that a saved network uses. Not among them: c10d and its like (network), inductor (memory that it does not own),
# debugprims (files), and those that no saved module contains.
NAMESPACES = {"aten", "prim", "quantized", "_quantized", "mkldnn", "mkldnn_prepacked", "prepacked", "onednn", "mkl", "sparse",
              "quantization", "cuda", "profiler"}
# Files; references to objects of other processes; addresses and counters of this one.
OTHERWISE = {"aten::save", "aten::from_file", "aten::to_here", "aten::owner", "aten::owner_name", "aten::is_owner",
             "aten::local_value", "aten::confirmed_by_owner", "prim::rpc_async", "prim::rpc_sync", "prim::rpc_remote",
             "prim::PythonOp", "prim::IgnoredPythonOp", "prim::AddStatValue", "prim::TimePoint", "mkldnn::data_ptr"}
# Functions that PyTorch itself writes in TorchScript: torch/csrc/jit/frontend/builtin_functions.cpp.
WRITTEN = {"aten::" + name for name in ("_single", "_pair", "_triple", "_quadruple", "_assert_int_or_pair")}
WRITTEN |= {"prim::" + name for name in ("ndim", "T", "H", "mT", "mH", "shape")}

registered = {schema.name for schema in torch._C._jit_get_all_schemas()}
print("\n".join(sorted({name for name in registered if name.split("::")[0] in NAMESPACES} - OTHERWISE | WRITTEN)))
