class NoiseTrial(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Numbers of deviation 0.5. plan: how many, seed
  def hashed(self: __torch__.NoiseTrial, plan: Tensor) -> Tensor:
    return __torch__.noise.hashed(plan, int(plan[0]), 0.5, plan[1:2])[0]
