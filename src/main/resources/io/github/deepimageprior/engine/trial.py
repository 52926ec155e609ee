class Trial(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Convolutions like those of a fit, forward and backward. plan: whether in brain floats, libtorch's number for the order of memory, side
  #   of the picture
  def run(self: __torch__.Trial, plan: Tensor) -> Tensor:
    kind = 6
    if int(plan[0]) == 1:
      kind = 15
    device, side = ops.prim.device(plan), int(plan[2])
    x = torch.ones([1, side, side, 64], dtype=kind, device=device).permute([0, 3, 1, 2]).contiguous(memory_format=int(plan[1]))
    weight = torch.ones([64, 64, 3, 3], dtype=kind, device=device).mul_(0.001).requires_grad_(True)
    y = x
    for i in range(2):
      y = torch.conv2d(y, weight, None, [1, 1], [1, 1])
    loss = torch.mean(y.to(6))
    slope = unchecked_cast(Tensor, torch.grad([loss], [weight])[0])
    return torch.sum(slope.to(6))
