class Trial(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Convolutions like those of a fit, forward and backward.
  #   plan  whether in bfloat16 (1 or 0); libtorch's number of the memory format; side of the picture in pixels
  def run(self: __torch__.Trial, plan: Tensor) -> Tensor:
    bfloat16, memory_format, side, device = int(plan[0]) == 1, int(plan[1]), int(plan[2]), ops.prim.device(plan)
    dtype = 6
    if bfloat16:
      dtype = 15
    x = torch.ones([1, side, side, 64], dtype=dtype, device=device).permute([0, 3, 1, 2])
    x = x.contiguous(memory_format=memory_format)
    weight = torch.ones([64, 64, 3, 3], dtype=dtype, device=device).mul_(0.001).requires_grad_(True)
    y = x
    for i in range(2):
      y = torch.conv2d(y, weight, None, [1, 1], [1, 1])
    loss = torch.mean(y.to(6))
    gradient = unchecked_cast(Tensor, torch.grad([loss], [weight])[0])
    return torch.sum(gradient.to(6))
