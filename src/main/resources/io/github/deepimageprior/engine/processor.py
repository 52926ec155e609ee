class Processor(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Whether the processor has AVX-512: libtorch's own test for its 16-bit kernels on x86.
  def avx512(self: __torch__.Processor, any: Tensor) -> Tensor:
    return torch.tensor(int(ops.mkldnn._is_mkldnn_bf16_supported()))
