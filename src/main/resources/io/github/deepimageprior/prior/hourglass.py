class Hourglass(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # A code of noise in 0..0.1, in channels-last order. size: height, width, channels, seed
  def uniform(self: __torch__.Hourglass, size: Tensor) -> Tensor:
    draw = torch.Generator(device=ops.prim.device(size), seed=int(size[3]))
    code = torch.empty([1, int(size[0]), int(size[1]), int(size[2])], dtype=6, device=ops.prim.device(size))
    return code.uniform_(0., 0.1, generator=draw).permute([0, 3, 1, 2])

  # A code of coordinates, x and y, in 0..1. size: height, width
  def grid(self: __torch__.Hourglass, size: Tensor) -> Tensor:
    height, width, device = int(size[0]), int(size[1]), ops.prim.device(size)
    y = torch.linspace(0., 1., height, dtype=6, device=device).view([height, 1]).expand([height, width])
    x = torch.linspace(0., 1., width, dtype=6, device=device).expand([height, width])
    return torch.stack([x, y], 2).unsqueeze(0).permute([0, 3, 1, 2])

  # Runs whole optimisation steps; `theta`, `moments` and `average` change in place. Ends early when `halt` is set from outside
  # or when a loss exceeds the limit; that step is not counted. Gives the loss before each step, and the last step's output.
  #   steps    number of the first step (from 1), count, seed of the input noise
  #   numbers  learning rate, standard deviation of the input noise, weight of the past in the average, limit of the loss
  def fit(self: __torch__.Hourglass, code: Tensor, target: Tensor, theta: Tensor, moments: Tensor, average: Tensor,
      output: Tensor, net: Tensor, steps: Tensor, numbers: Tensor, halt: Tensor) -> Tensor:
    integers = __torch__.integers(net)
    first, count, seed = int(steps[0]), int(steps[1]), int(steps[2])
    rate, deviation, past, limit = float(numbers[0]), float(numbers[1]), float(numbers[2]), float(numbers[3])
    size = target.size()[2:]
    losses = annotate(List[float], [])
    for i in range(count):
      if i > 0 and int(halt[0]) != 0:
        break
      step = first + i
      leaf = theta.detach().requires_grad_(True)
      picture = __torch__.hourglass(__torch__.noisy(code, deviation, seed + step), leaf, integers, size)
      loss = torch.mse_loss(picture, target)
      value = float(loss)
      if not value <= limit:
        break
      losses.append(value)
      slope = unchecked_cast(Tensor, torch.grad([loss], [leaf])[0])
      __torch__.adam(theta, moments, slope, step, rate)
      output.copy_(picture.detach())
      if step == 1:
        average.copy_(output)
      else:
        average.mul_(past).add_(output, alpha=1. - past)
    return torch.tensor(losses, dtype=7)

  # Copies saved tensors over the changed ones.
  def restore(self: __torch__.Hourglass, theta: Tensor, moments: Tensor, average: Tensor, output: Tensor, toTheta: Tensor,
      toMoments: Tensor, toAverage: Tensor, toOutput: Tensor) -> Tensor:
    toMoments.copy_(moments)
    toAverage.copy_(average)
    toOutput.copy_(output)
    return toTheta.copy_(theta)

def integers(x: Tensor) -> List[int]:
  list = annotate(List[int], [])
  for i in range(x.size(0)):
    list.append(int(x[i]))
  return list

# A generator of its own for every step: the noise of step n depends on nothing that happened before.
# Drawn in channels-last order, where the code has it.
def noisy(code: Tensor, deviation: float, seed: int) -> Tensor:
  if deviation == 0.:
    return code
  draw = torch.Generator(device=ops.prim.device(code), seed=seed)
  n, c, h, w = code.size(0), code.size(1), code.size(2), code.size(3)
  if code.is_contiguous():
    noise = torch.empty([n, c, h, w], dtype=6, device=ops.prim.device(code))
    return noise.normal_(0., deviation, generator=draw).add_(code)
  noise = torch.empty([n, h, w, c], dtype=6, device=ops.prim.device(code))
  return noise.normal_(0., deviation, generator=draw).permute([0, 3, 1, 2]).add_(code)

# Kingma and Ba (2015), with PyTorch's betas and epsilon.
def adam(theta: Tensor, moments: Tensor, slope: Tensor, step: int, rate: float) -> NoneType:
  first, second = moments[0], moments[1]
  first.lerp_(slope, 1. - 0.9)
  second.mul_(0.999).addcmul_(slope, slope, value=1. - 0.999)
  scale = torch.sqrt(second).div_((1. - 0.999 ** step) ** 0.5).add_(1e-08)
  theta.addcdiv_(first, scale, value=-rate / (1. - 0.9 ** step))

# net: scales, reflection padding, nearest upsampling, average pooling, 1x1 after the join, bfloat16, whether each scale has a skip,
# then the shape of every parameter, in the order in which the network uses them: number of dimensions, dimensions.
def hourglass(code: Tensor, theta: Tensor, net: List[int], size: List[int]) -> Tensor:
  scales, reflect, nearest, pool, pointwise, half = net[0], net[1] == 1, net[2] == 1, net[3] == 1, net[4] == 1, net[5] == 1
  p = __torch__.unpack(theta, net, 6 + scales)
  w = p
  if half:
    w = __torch__.unpack(theta.to(15), net, 6 + scales)
  skips = annotate(List[Tensor], [])
  x = code
  if half:
    x = x.to(15)
  i = 0
  for scale in range(scales):
    if net[6 + scale] == 1:
      skips.append(__torch__.block(x, p, w, i, 1, reflect, False))
      i += 4
    else:
      skips.append(x)
    x = __torch__.block(x, p, w, i, 2, reflect, pool)
    x = __torch__.block(x, p, w, i + 4, 1, reflect, False)
    i += 8
  for k in range(scales):
    scale = scales - 1 - k
    doubled = [2 * x.size(2), 2 * x.size(3)]
    if nearest:
      x = torch.upsample_nearest2d(x, doubled)
    else:
      x = torch.upsample_bilinear2d(x, doubled, False)
    if net[6 + scale] == 1:
      skip = skips[scale]
      h, v = min(x.size(2), skip.size(2)), min(x.size(3), skip.size(3))
      x = torch.cat([__torch__.crop(skip, h, v), __torch__.crop(x, h, v)], 1)
    x = __torch__.normalise(x, p[i], p[i + 1])
    x = __torch__.block(x, p, w, i + 2, 1, reflect, False)
    i += 6
    if pointwise:
      x = __torch__.block(x, p, w, i, 1, reflect, False)
      i += 4
  y = torch.sigmoid(__torch__.convolve(x, w[i], w[i + 1], 1, False).to(6))
  return __torch__.crop(y, size[0], size[1])

def unpack(theta: Tensor, net: List[int], start: int) -> List[Tensor]:
  sizes, shapes = annotate(List[int], []), annotate(List[List[int]], [])
  i = start
  while i < len(net):
    shape = net[i + 1:i + 1 + net[i]]
    n = 1
    for d in shape:
      n *= d
    sizes.append(n)
    shapes.append(shape)
    i += 1 + net[i]
  flat = torch.split_with_sizes(theta, sizes)
  parameters = annotate(List[Tensor], [])
  for j in range(len(sizes)):
    parameters.append(flat[j].view(shapes[j]))
  return parameters

# Convolution, batch normalisation, leaky ReLU. `w` are the convolutions' parameters in the precision of the convolutions.
def block(x: Tensor, p: List[Tensor], w: List[Tensor], i: int, stride: int, reflect: bool, pool: bool) -> Tensor:
  if pool:
    y = torch.avg_pool2d(__torch__.convolve(x, w[i], w[i + 1], 1, reflect), [2, 2], [2, 2])
  else:
    y = __torch__.convolve(x, w[i], w[i + 1], stride, reflect)
  return torch.leaky_relu_(__torch__.normalise(y, p[i + 2], p[i + 3]), 0.2)

def convolve(x: Tensor, weight: Tensor, bias: Tensor, stride: int, reflect: bool) -> Tensor:
  pad = weight.size(2) // 2
  if reflect and pad > 0:
    x, pad = torch.reflection_pad2d(x, [pad, pad, pad, pad]), 0
  return torch.conv2d(x, weight, bias, [stride, stride], [pad, pad])

# Always with the statistics of this image: the batch is one picture.
def normalise(x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
  return torch.batch_norm(x, gamma, beta, None, None, True, 0.1, 1e-05, True)

def crop(x: Tensor, height: int, width: int) -> Tensor:
  if x.size(2) != height:
    x = torch.narrow(x, 2, (x.size(2) - height) // 2, height)
  if x.size(3) != width:
    x = torch.narrow(x, 3, (x.size(3) - width) // 2, width)
  return x
