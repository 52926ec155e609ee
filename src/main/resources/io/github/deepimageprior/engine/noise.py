# Normally distributed numbers that depend only on the seed, and on whether the device is a CPU.
#   like  a tensor on the device that is to hold them
def normal(like: Tensor, count: int, deviation: float, seed: int) -> Tensor:
  device = ops.prim.device(like)
  if ops.prim.is_cpu(like):
    draw = torch.Generator(device=device, seed=seed)
    return torch.empty([count], dtype=6, device=device).normal_(0., deviation, generator=draw)
  seeds = torch.full([1], seed, dtype=4, device=device)
  return __torch__.noise.hashed(like, count, deviation, seeds)[0] # TorchScript has generators for the CPU only

# Fills each row with the numbers that `normal` gives for its seed.
#   seeds  of the rows, on their device
#   first, more  the same seeds on the processor, as sums
def each(rows: Tensor, deviation: float, seeds: Tensor, first: List[int], more: int) -> NoneType:
  if ops.prim.is_cpu(rows):
    for i in range(len(first)):
      rows[i].copy_(__torch__.noise.normal(rows, rows.size(1), deviation, first[i] + more))
  else:
    rows.copy_(__torch__.noise.hashed(rows, rows.size(1), deviation, seeds))

# The same without a generator: pairs of numbers (Box and Muller 1958), each from a hash of the seed and of its index.
#   seeds  one for each row
def hashed(like: Tensor, count: int, deviation: float, seeds: Tensor) -> Tensor:
  device = ops.prim.device(like)
  keys = __torch__.noise.mix(torch.add(seeds, -7046029254386353131)).unsqueeze(1)
  bits = __torch__.noise.mix(torch.arange((count + 1) // 2, dtype=4, device=device) + keys)
  low = torch.bitwise_and(bits, 4294967295).to(6)
  high = torch.bitwise_and(bits.bitwise_right_shift_(32), 4294967295).to(6)
  # Times 2^-32; the half avoids the logarithm of 0.
  radius = high.add_(0.5).mul_(2.3283064365386963e-10).log_().mul_(-2.).sqrt_().mul_(deviation)
  angle = low.mul_(1.4629180792671596e-09) # times 2 pi / 2^32
  return torch.narrow(torch.cat([torch.cos(angle).mul_(radius), angle.sin_().mul_(radius)], 1), 1, 0, count)

# The finaliser of SplitMix64 (Steele, Lea and Flood 2014), in place: each input bit changes half of the output bits.
def mix(x: Tensor) -> Tensor:
  x.bitwise_xor_(torch.bitwise_right_shift(x, 30).bitwise_and_(17179869183)).mul_(-4658895280553007687)
  x.bitwise_xor_(torch.bitwise_right_shift(x, 27).bitwise_and_(137438953471)).mul_(-7723592293110705685)
  return x.bitwise_xor_(torch.bitwise_right_shift(x, 31).bitwise_and_(8589934591))
