class Hourglass(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # A code of noise in 0..0.1, the same in both orders and on all devices. size: height, width, channels, seed, libtorch's number for the order
  def uniform(self: __torch__.Hourglass, size: Tensor) -> Tensor:
    draw = torch.Generator(device=torch.device("cpu"), seed=int(size[3]))
    code = torch.empty([1, int(size[0]), int(size[1]), int(size[2])], dtype=6, device=torch.device("cpu"))
    return __torch__.ordered(code.uniform_(0., 0.1, generator=draw).to(ops.prim.device(size), 6), size)

  # A code of coordinates, x and y, in 0..1. size: as above
  def grid(self: __torch__.Hourglass, size: Tensor) -> Tensor:
    height, width, device = int(size[0]), int(size[1]), ops.prim.device(size)
    y = torch.linspace(0., 1., height, dtype=6, device=device).view([height, 1]).expand([height, width])
    x = torch.linspace(0., 1., width, dtype=6, device=device).expand([height, width])
    return __torch__.ordered(torch.stack([x, y], 2).unsqueeze(0), size)

  # Runs whole optimisation steps; the tensors of `state` change in place. Ends early when `halt` is set from outside, when the stopping
  # rule says so, or when a loss exceeds the limit; that step is not counted. Gives the loss before each step and the rule's variance.
  #   observed  target; mask, kernel, counts, weights: see `distance` and `langevin`; empty if there is none
  #   state     theta, all parameters in the order of `net`, the weights of convolutions as the maps lie in memory; moments, average, output;
  #             then what `watch` and `sample` keep
  #   steps     number of the first step (from 1), count, seed of the input noise; rule, steps that it skips, patience, window;
  #             steps before the first sample, steps between samples; steps from the best output to the best average
  #   numbers   learning rate, standard deviation of the input noise, most weight of the past in the average, limit of the loss; weight of
  #             the present in the rule, loss at which to stop; standard deviation of Langevin noise, weight decay; beta 2 of Adam; growth of
  #             the average; the most steps from the best output to the best average as a share of the best step
  def fit(self: __torch__.Hourglass, code: Tensor, observed: List[Tensor], state: List[Tensor], net: Tensor, steps: Tensor,
      numbers: Tensor, halt: Tensor) -> Tensor:
    integers, plan, values = __torch__.integers(net), __torch__.integers(steps), __torch__.floats(numbers)
    theta, moments, average, output, scores = state[0], torch.unbind(state[1]), state[2], state[3], state[4]
    size, shapes = [average.size(2), average.size(3)], __torch__.shapes(integers)
    half, last = integers[5] == 1, integers[6] == 1
    parameters, means, squares = __torch__.parts(theta, shapes), __torch__.parts(moments[0], shapes), __torch__.parts(moments[1], shapes)
    noise = torch.empty([0], dtype=6, device=ops.prim.device(code))
    losses, variances = annotate(List[float], []), annotate(List[float], [])
    for i in range(plan[1]):
      if i > 0 and int(halt[0]) != 0:
        break
      step = plan[0] + i
      if values[1] > 0. and (i == 0 or step % 4 == 0):
        noise = __torch__.draw(code, values[1], plan[2], step)
      leaves = __torch__.leaves(parameters, shapes, half, last)
      picture = __torch__.hourglass(__torch__.noisy(code, noise, step), leaves, integers, size)
      loss = __torch__.distance(picture, observed)
      slopes = __torch__.slopes(torch.grad([loss], leaves), parameters, last, values[7])
      value = float(loss) # not before the gradient is under way: a GPU would stand still meanwhile
      if not value <= values[3]:
        break
      losses.append(value)
      output.copy_(picture.detach())
      if step == 1:
        average.copy_(output)
      else:
        past = max(0., min(values[2], 1. - values[9] / step))
        average.mul_(past).add_(output, alpha=1. - past)
      variances.append(__torch__.watch(state, plan, values, step, value))
      __torch__.sample(state, plan, step)
      parameters = __torch__.adam(parameters, means, squares, slopes, step, values[0], values[8])
      if values[6] > 0.:
        __torch__.langevin(theta, observed[4], values[6], plan[2] - step)
      if float(scores[3]) > 0.:
        break
    return torch.stack([torch.tensor(losses, dtype=7), torch.tensor(variances, dtype=7)])

  # Copies saved tensors over the changed ones.
  def restore(self: __torch__.Hourglass, saved: List[Tensor], state: List[Tensor]) -> Tensor:
    for i in range(len(saved)):
      state[i].copy_(saved[i])
    return state[0]

  # Mean squared difference of what is observed of a picture and the target.
  def error(self: __torch__.Hourglass, picture: Tensor, observed: List[Tensor]) -> Tensor:
    seen = __torch__.observe(picture, observed[2])
    return __torch__.mean(torch.sub(seen, observed[0]).square_(), observed[1])

def integers(x: Tensor) -> List[int]:
  list = annotate(List[int], [])
  for i in range(x.size(0)):
    list.append(int(x[i]))
  return list

def floats(x: Tensor) -> List[float]:
  list = annotate(List[float], [])
  for i in range(x.size(0)):
    list.append(float(x[i]))
  return list

def ordered(code: Tensor, size: Tensor) -> Tensor:
  return code.permute([0, 3, 1, 2]).contiguous(memory_format=int(size[4]))

# How far what is observed of a picture is from the target: the mean square of the difference or, where the target counts photons, the
# mean deviance of a Poisson distribution, of which 1 is expected of the truth. A tenth of a photon is added to both sides: it leaves
# the minimum where it is, and keeps the logarithm finite.
#   observed  target; mask, 1 where it is known; kernel that downsamples; counts, photons = first * value + second of each channel
def distance(picture: Tensor, observed: List[Tensor]) -> Tensor:
  target, mask, counts = observed[0], observed[1], observed[3]
  seen = __torch__.observe(picture, observed[2])
  if counts.numel() > 0:
    k = torch.clamp_min(target * counts[0] + counts[1], 0.) + 0.1
    expected = torch.clamp_min(seen * counts[0] + counts[1], 0.) + 0.1
    return __torch__.mean((expected - k + k * torch.log(k / expected)) * 2., mask)
  if mask.numel() > 0:
    return __torch__.mean(torch.square(seen - target), mask)
  return torch.mse_loss(seen, target)

def mean(x: Tensor, mask: Tensor) -> Tensor:
  if mask.numel() == 0:
    return torch.mean(x)
  return torch.sum(x * mask) / (torch.sum(mask) * x.size(1))

# kernel: factor x 1 x side x side, all alike, so that its shape tells the factor; empty if the whole picture is observed.
def observe(picture: Tensor, kernel: Tensor) -> Tensor:
  if kernel.numel() == 0:
    return picture
  factor, side, maps = kernel.size(0), kernel.size(2), picture.size(1)
  pad = (side - factor) // 2
  wide = torch.replication_pad2d(picture, [pad, side - factor - pad, pad, side - factor - pad])
  return torch.conv2d(wide, kernel[:1].expand([maps, 1, side, side]), None, [factor, factor], [0, 0], [1, 1], maps)

# The rule that ends a fit (0: none; 1: EMV; 2: WMV; 3: noise level), after Wang et al. (2023): the variance of the outputs over time falls
# while the picture appears and rises with the noise. Keeps the output and the parameters of the step where it is least, and the average
# as it is when most of its weight lies on outputs since that step.
#   state  scores: variance, the least one, its step, whether to stop, sum of the window's mean squares; recent: moving mean of the outputs,
#          or their sum over the window; best output and average; best theta; window, a ring of outputs
def watch(state: List[Tensor], plan: List[int], values: List[float], step: int, loss: float) -> float:
  rule, skip, patience, window = plan[3], plan[4], plan[5], plan[6]
  output, scores = state[3], state[4]
  if rule == 3 and loss <= values[5]:
    scores[3] = 1.
  if rule != 1 and rule != 2:
    return loss
  recent, best = state[5], state[6]
  if rule == 1:
    if step == 1:
      recent.copy_(output)
    change = output - recent
    recent.add_(change, alpha=values[4])
    variance = (1. - values[4]) * (float(scores[0]) + values[4] * float(torch.mean(change.square_(), dtype=7)))
  else:
    ring = state[8]
    slot = ring[(step - 1) % window]
    if step > window:
      recent.sub_(slot)
      scores[4] -= float(torch.mean(torch.square(slot), dtype=7))
    slot.copy_(output[0])
    recent.add_(slot)
    scores[4] += float(torch.mean(torch.square(slot), dtype=7))
    variance = float(scores[4]) / window - float(torch.mean(torch.square(recent / window)))
  scores[0] = variance
  if step > skip and (float(scores[2]) == 0. or variance < float(scores[1])):
    scores[1], scores[2] = variance, step
    best[0].copy_(output[0])
    state[7].copy_(state[0])
  if float(scores[2]) > 0. and step - float(scores[2]) <= min(float(plan[9]), values[10] * float(scores[2])):
    best[1].copy_(state[2][0])
  if float(scores[2]) > 0. and step - float(scores[2]) >= patience:
    scores[3] = 1.
  return variance

# Mean and squared deviations of the samples so far (Welford 1962).
def sample(state: List[Tensor], plan: List[int], step: int) -> NoneType:
  burn, spacing = plan[7], plan[8]
  if spacing > 0 and step > burn and (step - burn) % spacing == 0:
    n = (step - burn) // spacing
    mean, squares = state[9], state[10]
    change = state[3] - mean
    mean.add_(change, alpha=1. / n)
    squares.add_(change * (state[3] - mean))

# Stochastic gradient Langevin dynamics (Cheng et al. 2019): noise on the weights of convolutions, where `weights` is 1.
def langevin(theta: Tensor, weights: Tensor, deviation: float, seed: int) -> NoneType:
  theta.add_(__torch__.noise.normal(theta, theta.numel(), deviation, seed).mul_(weights))

# The noise of a step, one number for each of the code's. To draw it is slow, on a CPU one number after the other on one core: at every
# fourth step all is drawn, and the steps between take the same numbers for other pixels and channels. Every draw has a seed of its own,
# so that the noise of step n depends on nothing that happened before.
def draw(code: Tensor, deviation: float, seed: int, step: int) -> Tensor:
  return __torch__.noise.normal(code, code.numel() + 3 * 9973, deviation, seed + step - step % 4)

# In the code's order of memory; the numbers are the same in both, each for the same pixel and channel.
def noisy(code: Tensor, noise: Tensor, step: int) -> Tensor:
  if noise.numel() == 0:
    return code
  n, c, h, w = code.size(0), code.size(1), code.size(2), code.size(3)
  first = step % 4 * 9973
  return code + noise[first:first + code.numel()].view([n, h, w, c]).permute([0, 3, 1, 2])

# Each parameter in its shape, for gradients: those of convolutions in brain floats, if `half`, and their weights in channels-last order,
# as the maps are, if `last`.
def leaves(parameters: List[Tensor], shapes: List[List[int]], half: bool, last: bool) -> List[Tensor]:
  leaves, bias = annotate(List[Tensor], []), False
  for i in range(len(parameters)):
    leaf, shape = parameters[i].detach(), shapes[i]
    weight = len(shape) == 4
    if half and (weight or bias):
      leaf = leaf.to(15)
    bias = weight # what follows a weight
    if weight and last:
      leaf = leaf.view([shape[0], shape[2], shape[3], shape[1]]).permute([0, 3, 1, 2])
    else:
      leaf = leaf.view(shape)
    leaves.append(leaf.requires_grad_(True))
  return leaves

# The gradients as vectors, like the parameters, with weight decay.
def slopes(gradients: List[Optional[Tensor]], parameters: List[Tensor], last: bool, decay: float) -> List[Tensor]:
  slopes = annotate(List[Tensor], [])
  for i in range(len(parameters)):
    slope = unchecked_cast(Tensor, gradients[i])
    if last and slope.dim() == 4:
      slope = slope.permute([0, 2, 3, 1])
    slope = slope.reshape([-1]).to(6)
    if decay > 0.:
      slope = torch.add(slope, parameters[i], alpha=decay)
    slopes.append(slope)
  return slopes

# Kingma and Ba (2015), with PyTorch's epsilon and beta 1: its own kernel, which passes over memory once. Gives back the parameters, changed
# in place: what nothing reads from the list afterwards, TorchScript takes for unused and leaves out.
def adam(parameters: List[Tensor], means: List[Tensor], squares: List[Tensor], slopes: List[Tensor], step: int, rate: float,
    decay: float) -> List[Tensor]:
  count, counts = torch.full([], float(step), dtype=6, device=ops.prim.device(means[0])), annotate(List[Tensor], [])
  for mean in means:
    counts.append(count)
  torch._fused_adam_(parameters, slopes, means, squares, annotate(List[Tensor], []), counts, lr=rate, beta1=0.9, beta2=decay,
      weight_decay=0., eps=1e-08, amsgrad=False, maximize=False)
  return parameters

# net: scales, reflection padding, nearest upsampling, average pooling, 1x1 after the join, bfloat16, channels-last order, whether each
# scale has a skip, then the shape of every parameter, in the order in which the network uses them: number of dimensions, dimensions.
def hourglass(code: Tensor, p: List[Tensor], net: List[int], size: List[int]) -> Tensor:
  scales, reflect, nearest, pool, pointwise = net[0], net[1] == 1, net[2] == 1, net[3] == 1, net[4] == 1
  skips = annotate(List[Tensor], [])
  x, i = code.to(ops.prim.dtype(p[0])), 0
  for scale in range(scales):
    if net[7 + scale] == 1:
      skips.append(__torch__.block(x, p, i, 1, reflect, False))
      i += 4
    else:
      skips.append(x)
    x = __torch__.block(x, p, i, 2, reflect, pool)
    x = __torch__.block(x, p, i + 4, 1, reflect, False)
    i += 8
  for k in range(scales):
    scale = scales - 1 - k
    doubled = [2 * x.size(2), 2 * x.size(3)]
    if nearest:
      x = torch.upsample_nearest2d(x, doubled)
    else:
      x = torch.upsample_bilinear2d(x, doubled, False)
    if net[7 + scale] == 1:
      skip = skips[scale]
      h, v = min(x.size(2), skip.size(2)), min(x.size(3), skip.size(3))
      # The product changes nothing but the gradient's order of memory: half of a map's gradient would make upsampling's backward slow.
      x = torch.cat([__torch__.crop(skip, h, v), __torch__.crop(x, h, v) * 1.], 1)
    x = __torch__.normalise(x, p[i], p[i + 1])
    x = __torch__.block(x, p, i + 2, 1, reflect, False)
    i += 6
    if pointwise:
      x = __torch__.block(x, p, i, 1, reflect, False)
      i += 4
  y = torch.sigmoid(__torch__.convolve(x, p[i], p[i + 1], 1, False).to(6))
  return __torch__.crop(y, size[0], size[1])

# The shapes of the parameters.
def shapes(net: List[int]) -> List[List[int]]:
  shapes = annotate(List[List[int]], [])
  i = 7 + net[0]
  while i < len(net):
    shapes.append(net[i + 1:i + 1 + net[i]])
    i += 1 + net[i]
  return shapes

# A vector's parts, one for each parameter.
def parts(all: Tensor, shapes: List[List[int]]) -> List[Tensor]:
  sizes = annotate(List[int], [])
  for shape in shapes:
    n = 1
    for d in shape:
      n *= d
    sizes.append(n)
  return torch.split_with_sizes(all, sizes)

# Convolution, batch normalisation, leaky ReLU.
def block(x: Tensor, p: List[Tensor], i: int, stride: int, reflect: bool, pool: bool) -> Tensor:
  if pool:
    y = torch.avg_pool2d(__torch__.convolve(x, p[i], p[i + 1], 1, reflect), [2, 2], [2, 2])
  else:
    y = __torch__.convolve(x, p[i], p[i + 1], stride, reflect)
  return torch.leaky_relu_(__torch__.normalise(y, p[i + 2], p[i + 3]), 0.2)

def convolve(x: Tensor, weight: Tensor, bias: Tensor, stride: int, reflect: bool) -> Tensor:
  maps, channels, h, w = weight.size(0), weight.size(1), x.size(2), x.size(3)
  if weight.size(2) == 1 and stride == 1 and x.is_contiguous():
    # A product of matrices, faster than the convolution's own kernels in this order of memory.
    return torch.addmm(bias.view([maps, 1]), weight.view([maps, channels]), x.view([channels, h * w])).view([1, maps, h, w])
  pad = weight.size(2) // 2
  if reflect and pad > 0:
    x, pad = torch.reflection_pad2d(x, [pad, pad, pad, pad]), 0
  if stride > 1 and x.size(3) + 2 * pad < weight.size(3) + stride:
    # A single column comes out. In brain floats, oneDNN's kernels for AMX then give garbage, other each time, or crash.
    y = torch.conv2d(x.to(6), weight.to(6), bias.to(6), [stride, stride], [pad, pad])
    return y.to(ops.prim.dtype(x))
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
