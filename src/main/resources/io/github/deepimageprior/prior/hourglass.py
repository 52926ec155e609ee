class Hourglass(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # A latent of uniform noise in 0..0.1: the same numbers in both memory orders and on all devices.
  #   numbers  see Latent
  def uniform(self: __torch__.Hourglass, numbers: Tensor) -> Tensor:
    wanted = __torch__.read_latent(numbers)
    random = torch.Generator(device=torch.device("cpu"), seed=wanted.seed)
    latent = torch.empty([1, wanted.height, wanted.width, wanted.channels], dtype=6, device=torch.device("cpu"))
    latent = latent.uniform_(0., 0.1, generator=random).to(ops.prim.device(numbers), 6)
    return __torch__.channels_first(latent, wanted)

  # A latent of the coordinates x and y of each pixel, in 0..1.
  #   numbers  see Latent
  def grid(self: __torch__.Hourglass, numbers: Tensor) -> Tensor:
    wanted, device = __torch__.read_latent(numbers), ops.prim.device(numbers)
    height, width = wanted.height, wanted.width
    y = torch.linspace(0., 1., height, dtype=6, device=device).view([height, 1]).expand([height, width])
    x = torch.linspace(0., 1., width, dtype=6, device=device).expand([height, width])
    return __torch__.channels_first(torch.stack([x, y], 2).unsqueeze(0), wanted)

  # Runs optimisation steps; the tensors of the state change in place. Stops early when `halt` is set from outside, when
  # the stopping rule applies, or when a loss exceeds the limit; that last step is not counted.
  # Returns, for each step, the loss before it and what the stopping rule monitors.
  #   observation, tensors, network, integers, floats  see Observed, State, Net, Plan, Coefficients
  def fit(self: __torch__.Hourglass, latent: Tensor, observation: List[Tensor], tensors: List[Tensor], network: Tensor,
      integers: Tensor, floats: Tensor, halt: Tensor) -> Tensor:
    observed, state = __torch__.read_observed(observation), __torch__.read_state(tensors)
    net, plan, c = __torch__.read_net(network), __torch__.read_plan(integers), __torch__.read_coefficients(floats)
    rule_state, moments = __torch__.read_rule_state(state.rule_state), torch.unbind(state.moments)
    average, output = state.average, state.output
    parameters = __torch__.parts(state.parameters, net.shapes)
    means, squares = __torch__.parts(moments[0], net.shapes), __torch__.parts(moments[1], net.shapes)
    noise = torch.empty([0], dtype=6, device=ops.prim.device(latent))
    losses, variances = annotate(List[float], []), annotate(List[float], [])
    for i in range(plan.steps):
      if i > 0 and int(halt[0]) != 0:
        break
      step = plan.first_step + i
      if c.input_noise > 0. and (i == 0 or step % 4 == 0):
        noise = __torch__.draw(latent, c.input_noise, plan.seed, step)
      leaves = __torch__.leaves(parameters, net)
      picture = __torch__.hourglass(__torch__.noisy(latent, noise, step), leaves, net, average.size(2), average.size(3))
      loss = __torch__.distance(picture, observed)
      gradients = __torch__.flat(torch.grad([loss], leaves), parameters, net.channels_last, c.weight_decay)
      value = float(loss) # not before the backward pass has been launched: a GPU would be idle meanwhile
      if not value <= c.limit:
        break
      losses.append(value)
      output.copy_(picture.detach())
      if step == 1:
        average.copy_(output)
      else:
        decay = max(0., min(c.decay, 1. - c.growth / step))
        average.mul_(decay).add_(output, alpha=1. - decay)
      variances.append(__torch__.monitor(state, observed, rule_state, plan, c, step, value))
      __torch__.sample(state, plan, step)
      parameters = __torch__.adam(parameters, means, squares, gradients, step, c.learning_rate, c.beta2)
      if c.langevin_noise > 0.:
        __torch__.langevin(state.parameters, observed.weights, c.langevin_noise, plan.seed - step)
      if float(rule_state.stop) > 0.:
        break
    return torch.stack([torch.tensor(losses, dtype=7), torch.tensor(variances, dtype=7)])

  # Copies saved tensors into those of the state.
  def load(self: __torch__.Hourglass, saved: List[Tensor], tensors: List[Tensor]) -> Tensor:
    for i in range(len(saved)):
      tensors[i].copy_(saved[i])
    return tensors[0]

  # Mean squared difference between what is observed of a picture and the target.
  def error(self: __torch__.Hourglass, picture: Tensor, observation: List[Tensor]) -> Tensor:
    observed = __torch__.read_observed(observation)
    simulated = __torch__.observe(picture, observed.kernel)
    return __torch__.mean(torch.sub(simulated, observed.target).square_(), observed.mask)

# The arguments by name. FitProtocol.java has the same names in the same order and says what they mean.

class Latent(NamedTuple):
  height : int
  width : int
  channels : int
  seed : int
  memory_format : int

def read_latent(x: Tensor) -> __torch__.Latent:
  return __torch__.Latent(int(x[0]), int(x[1]), int(x[2]), int(x[3]), int(x[4]))

class Observed(NamedTuple):
  target : Tensor
  mask : Tensor
  kernel : Tensor
  counts : Tensor
  weights : Tensor

def read_observed(x: List[Tensor]) -> __torch__.Observed:
  return __torch__.Observed(x[0], x[1], x[2], x[3], x[4])

class State(NamedTuple):
  parameters : Tensor
  moments : Tensor
  average : Tensor
  output : Tensor
  rule_state : Tensor
  recent : Tensor
  best : Tensor
  best_parameters : Tensor
  window : Tensor
  mean : Tensor
  squares : Tensor

def read_state(x: List[Tensor]) -> __torch__.State:
  return __torch__.State(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9], x[10])

class RuleState(NamedTuple):
  variance : Tensor
  least_variance : Tensor
  best_step : Tensor
  stop : Tensor
  sum_of_squares : Tensor
  excess : Tensor

def read_rule_state(rule_state: Tensor) -> __torch__.RuleState:
  x = torch.unbind(rule_state)
  return __torch__.RuleState(x[0], x[1], x[2], x[3], x[4], x[5])

class Plan(NamedTuple):
  first_step : int
  steps : int
  seed : int
  rule : int
  skip : int
  patience : int
  window : int
  burn_in : int
  spacing : int
  lag : int

def read_plan(integers: Tensor) -> __torch__.Plan:
  x = __torch__.integers(integers)
  return __torch__.Plan(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9])

class Rule(Enum):
  FIXED = 0
  EMV = 1
  WMV = 2
  NOISE_LEVEL = 3

class Coefficients(NamedTuple):
  learning_rate : float
  input_noise : float
  decay : float
  limit : float
  alpha : float
  level : float
  langevin_noise : float
  weight_decay : float
  beta2 : float
  growth : float
  relative_lag : float

def read_coefficients(floats: Tensor) -> __torch__.Coefficients:
  x = annotate(List[float], [])
  for i in range(floats.size(0)):
    x.append(float(floats[i]))
  return __torch__.Coefficients(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9], x[10])

class Net(NamedTuple):
  scales : int
  reflection : bool
  nearest : bool
  pooling : bool
  pointwise : bool
  bfloat16 : bool
  channels_last : bool
  skips : List[int]
  shapes : List[List[int]]

def read_net(network: Tensor) -> __torch__.Net:
  x = __torch__.integers(network)
  scales = x[0]
  i, shapes = 7 + scales, annotate(List[List[int]], [])
  while i < len(x):
    shapes.append(x[i + 1:i + 1 + x[i]])
    i += 1 + x[i]
  return __torch__.Net(x[0], x[1] == 1, x[2] == 1, x[3] == 1, x[4] == 1, x[5] == 1, x[6] == 1, x[7:7 + scales], shapes)

def integers(x: Tensor) -> List[int]:
  list = annotate(List[int], [])
  for i in range(x.size(0)):
    list.append(int(x[i]))
  return list

def channels_first(latent: Tensor, wanted: __torch__.Latent) -> Tensor:
  return latent.permute([0, 3, 1, 2]).contiguous(memory_format=wanted.memory_format)

# The loss: the mean squared difference between what is observed of a picture and the target (Ulyanov et al. 2018,
# equation 2) or, where the target counts photons, the mean Poisson deviance, whose expected value for the true picture
# is 1. A tenth of a photon is added to both sides: it leaves the minimum in place and keeps the logarithm finite.
def distance(picture: Tensor, observed: __torch__.Observed) -> Tensor:
  target, mask, counts = observed.target, observed.mask, observed.counts
  simulated = __torch__.observe(picture, observed.kernel)
  if counts.numel() > 0:
    k = torch.clamp_min(target * counts[0] + counts[1], 0.) + 0.1
    expected = torch.clamp_min(simulated * counts[0] + counts[1], 0.) + 0.1
    return __torch__.mean((expected - k + k * torch.log(k / expected)) * 2., mask)
  if mask.numel() > 0:
    return __torch__.mean(torch.square(simulated - target), mask)
  return torch.mse_loss(simulated, target)

def mean(x: Tensor, mask: Tensor) -> Tensor:
  if mask.numel() == 0:
    return torch.mean(x)
  return torch.sum(x * mask) / (torch.sum(mask) * x.size(1))

# Downsamples a picture to the size of the target. The kernel is repeated along its first dimension as many times as the
# factor of downsampling; it is empty if there is no downsampling.
def observe(picture: Tensor, kernel: Tensor) -> Tensor:
  if kernel.numel() == 0:
    return picture
  factor, side, channels = kernel.size(0), kernel.size(2), picture.size(1)
  before = (side - factor) // 2
  after = side - factor - before
  padded = torch.replication_pad2d(picture, [before, after, before, after])
  each = kernel[:1].expand([channels, 1, side, side])
  return torch.conv2d(padded, each, None, [factor, factor], [0, 0], [1, 1], channels)

# The stopping rule (Wang et al. 2023): the variance of the outputs over time falls while the picture appears, and rises
# again when the noise does. Keeps the output and the parameters of the step with the least variance, and the average of
# the later step at which outputs since then have most of the weight. EMV ends earlier if only noise is left to fit.
# Returns the variance, or else the loss.
def monitor(state: __torch__.State, observed: __torch__.Observed, rule_state: __torch__.RuleState,
    plan: __torch__.Plan, c: __torch__.Coefficients, step: int, loss: float) -> float:
  emv, wmv = plan.rule == __torch__.Rule.EMV.value, plan.rule == __torch__.Rule.WMV.value
  if plan.rule == __torch__.Rule.NOISE_LEVEL.value and loss <= c.level:
    rule_state.stop.fill_(1.)
  if not emv and not wmv:
    return loss
  output, recent = state.output, state.recent
  if emv:
    if step == 1:
      recent.copy_(output)
    change = output - recent
    recent.add_(change, alpha=c.alpha)
    variance = (1. - c.alpha) * (float(rule_state.variance) + c.alpha * float(torch.mean(change.square_(), dtype=7)))
  else:
    slot = state.window[(step - 1) % plan.window]
    if step > plan.window:
      recent.sub_(slot)
      rule_state.sum_of_squares.sub_(float(torch.mean(torch.square(slot), dtype=7)))
    slot.copy_(output[0])
    recent.add_(slot)
    rule_state.sum_of_squares.add_(float(torch.mean(torch.square(slot), dtype=7)))
    variance = float(rule_state.sum_of_squares) / plan.window - float(torch.mean(torch.square(recent / plan.window)))
  rounded = torch.tensor(variance, dtype=6) # the rule keeps variances with the precision of the outputs
  rule_state.variance.copy_(rounded)
  if step > plan.skip and (float(rule_state.best_step) == 0. or variance < float(rule_state.least_variance)):
    rule_state.least_variance.copy_(rounded)
    rule_state.best_step.fill_(step)
    state.best[0].copy_(output[0])
    state.best_parameters.copy_(state.parameters)
  best_step = float(rule_state.best_step)
  if best_step > 0. and step - best_step <= min(float(plan.lag), c.relative_lag * best_step):
    state.best[1].copy_(state.average[0])
  if best_step > 0. and step - best_step >= plan.patience:
    rule_state.stop.fill_(1.)
  if emv and step % 10 == 0:
    __torch__.check_residual(state, observed, rule_state, step)
  return variance

# While the picture appears, the residual, which is the difference of the averaged output and the target, exceeds the
# noise; when the noise appears, it falls below. The error is least when the residual has been below the noise about as
# long, in the logarithm of the steps, as it was above: when its excess, averaged with weights that grow with the fourth
# power of the step, is zero. That step's output, average and parameters are the result, unless the outputs still vary
# so much that more of the picture must be on its way.
def check_residual(state: __torch__.State, observed: __torch__.Observed, rule_state: __torch__.RuleState,
    step: int) -> NoneType:
  residual, noise = __torch__.residual_and_noise(state.average, observed)
  before = ((step - 10.) / step) ** 4.
  excess = before * float(rule_state.excess) + (1. - before) * (residual - noise)
  rule_state.excess.fill_(excess)
  # Before step 40, a network that has learnt nothing yet may leave no more than noise of an even picture.
  if step >= 40 and excess <= 0. and float(rule_state.variance) <= 0.25 * noise:
    rule_state.best_step.fill_(step)
    rule_state.stop.fill_(2.)
    state.best[0].copy_(state.output[0])
    state.best[1].copy_(state.average[0])
    state.best_parameters.copy_(state.parameters)

# The mean square of the residual and, of that, the white noise: what second differences along x and y leave (Immerkaer
# 1996), and the sampling error, which depends on the number of values. If differences leave more than twice of what is
# there, it is not noise, but structure as fine as a pixel.
def residual_and_noise(picture: Tensor, observed: __torch__.Observed) -> Tuple[float, float]:
  mask = observed.mask
  residual = __torch__.observe(picture, observed.kernel) - observed.target
  total = float(__torch__.mean(torch.square(residual), mask))
  if min(residual.size(2), residual.size(3)) < 3:
    return (total, 0.)
  squares = torch.square(torch.diff(torch.diff(residual, 2, 2), 2, 3) / 6.)
  count = float(squares.numel())
  if mask.numel() > 0: # without differences that need a missing pixel
    whole = torch.neg(torch.max_pool2d(torch.neg(mask), [3, 3], [1, 1]))
    squares, count = squares * whole, float(torch.sum(whole)) * squares.size(1)
  noise = float(torch.sum(squares)) / max(1., count)
  if noise > 2. * total or count == 0.:
    return (total, 0.)
  return (total, noise * (1. + torch.sqrt(2. / count)))

# Mean and squared deviations of the Langevin samples so far (Welford 1962).
def sample(state: __torch__.State, plan: __torch__.Plan, step: int) -> NoneType:
  if plan.spacing > 0 and step > plan.burn_in and (step - plan.burn_in) % plan.spacing == 0:
    n = (step - plan.burn_in) // plan.spacing
    change = state.output - state.mean
    state.mean.add_(change, alpha=1. / n)
    state.squares.add_(change * (state.output - state.mean))

# Stochastic gradient Langevin dynamics (Cheng et al. 2019): noise on the weights of convolutions, where `weights` is 1.
def langevin(parameters: Tensor, weights: Tensor, deviation: float, seed: int) -> NoneType:
  parameters.add_(__torch__.noise.normal(parameters, parameters.numel(), deviation, seed).mul_(weights))

# The input noise of a step, one number for each of the latent's. Drawing it is slow: on a CPU one number after the
# other on one core. So it is drawn at every fourth step only, and the steps between use the same numbers for other
# pixels and channels. Every draw has a seed of its own, so that the noise of a step does not depend on earlier steps.
def draw(latent: Tensor, deviation: float, seed: int, step: int) -> Tensor:
  return __torch__.noise.normal(latent, latent.numel() + 3 * 9973, deviation, seed + step - step % 4)

# Adds the noise. In both memory orders each pixel and channel gets the same number.
def noisy(latent: Tensor, noise: Tensor, step: int) -> Tensor:
  if noise.numel() == 0:
    return latent
  n, c, h, w = latent.size(0), latent.size(1), latent.size(2), latent.size(3)
  first = step % 4 * 9973
  return latent + noise[first:first + latent.numel()].view([n, h, w, c]).permute([0, 3, 1, 2])

# The parameters, each in its shape, as leaves of the graph of gradients. With bfloat16, those of convolutions are
# converted. In channels-last order the weights have the memory layout of the feature maps.
def leaves(parameters: List[Tensor], net: __torch__.Net) -> List[Tensor]:
  leaves, bias = annotate(List[Tensor], []), False
  for i in range(len(parameters)):
    leaf, shape = parameters[i].detach(), net.shapes[i]
    weight = len(shape) == 4
    if net.bfloat16 and (weight or bias):
      leaf = leaf.to(15)
    bias = weight # a bias follows its weight
    if weight and net.channels_last:
      leaf = leaf.view([shape[0], shape[2], shape[3], shape[1]]).permute([0, 3, 1, 2])
    else:
      leaf = leaf.view(shape)
    leaves.append(leaf.requires_grad_(True))
  return leaves

# The gradients as float32 vectors in the memory layout of the parameters, with weight decay.
def flat(gradients: List[Optional[Tensor]], parameters: List[Tensor], channels_last: bool,
    decay: float) -> List[Tensor]:
  vectors = annotate(List[Tensor], [])
  for i in range(len(parameters)):
    gradient = unchecked_cast(Tensor, gradients[i])
    if channels_last and gradient.dim() == 4:
      gradient = gradient.permute([0, 2, 3, 1])
    gradient = gradient.reshape([-1]).to(6)
    if decay > 0.:
      gradient = torch.add(gradient, parameters[i], alpha=decay)
    vectors.append(gradient)
  return vectors

# Adam (Kingma and Ba 2015) with PyTorch's epsilon and beta 1, by PyTorch's fused kernel, which passes over memory once.
# Changes the parameters in place and returns them: TorchScript would remove the call if nothing used its result.
def adam(parameters: List[Tensor], means: List[Tensor], squares: List[Tensor], gradients: List[Tensor], step: int,
    rate: float, beta2: float) -> List[Tensor]:
  count = torch.full([], float(step), dtype=6, device=ops.prim.device(means[0]))
  counts = annotate(List[Tensor], [])
  for mean in means:
    counts.append(count)
  torch._fused_adam_(parameters, gradients, means, squares, annotate(List[Tensor], []), counts, lr=rate, beta1=0.9,
      beta2=beta2, weight_decay=0., eps=1e-08, amsgrad=False, maximize=False)
  return parameters

# The network (Ulyanov et al. 2018): parameters p, used in the order of net.shapes; the output is cropped to the size.
def hourglass(latent: Tensor, p: List[Tensor], net: __torch__.Net, height: int, width: int) -> Tensor:
  reflect, skips = net.reflection, annotate(List[Tensor], [])
  x, i = latent.to(ops.prim.dtype(p[0])), 0
  for scale in range(net.scales):
    if net.skips[scale] == 1:
      skips.append(__torch__.block(x, p, i, 1, reflect, False))
      i += 4
    else:
      skips.append(x)
    x = __torch__.block(x, p, i, 2, reflect, net.pooling)
    x = __torch__.block(x, p, i + 4, 1, reflect, False)
    i += 8
  for k in range(net.scales):
    scale = net.scales - 1 - k
    doubled = [2 * x.size(2), 2 * x.size(3)]
    if net.nearest:
      x = torch.upsample_nearest2d(x, doubled)
    else:
      x = torch.upsample_bilinear2d(x, doubled, False)
    if net.skips[scale] == 1:
      skip = skips[scale]
      h, w = min(x.size(2), skip.size(2)), min(x.size(3), skip.size(3))
      # The factor of 1 gives the gradient a memory layout of its own: the backward pass of upsampling is slow on a
      # slice of the joined tensor's gradient.
      x = torch.cat([__torch__.crop(skip, h, w), __torch__.crop(x, h, w) * 1.], 1)
    x = __torch__.normalise(x, p[i], p[i + 1])
    x = __torch__.block(x, p, i + 2, 1, reflect, False)
    i += 6
    if net.pointwise:
      x = __torch__.block(x, p, i, 1, reflect, False)
      i += 4
  y = torch.sigmoid(__torch__.convolve(x, p[i], p[i + 1], 1, False).to(6))
  return __torch__.crop(y, height, width)

# The parts of a vector, one for each parameter.
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
  outputs, inputs, h, w = weight.size(0), weight.size(1), x.size(2), x.size(3)
  if weight.size(2) == 1 and stride == 1 and x.is_contiguous():
    # As a matrix product: faster than the kernels for convolutions in this memory order.
    product = torch.addmm(bias.view([outputs, 1]), weight.view([outputs, inputs]), x.view([inputs, h * w]))
    return product.view([1, outputs, h, w])
  pad = weight.size(2) // 2
  if reflect and pad > 0:
    x, pad = torch.reflection_pad2d(x, [pad, pad, pad, pad]), 0
  if stride > 1 and x.size(3) + 2 * pad < weight.size(3) + stride:
    # The result is one column wide. With bfloat16, oneDNN's AMX kernels return garbage in this case, different in each
    # call, or crash.
    y = torch.conv2d(x.to(6), weight.to(6), bias.to(6), [stride, stride], [pad, pad])
    return y.to(ops.prim.dtype(x))
  return torch.conv2d(x, weight, bias, [stride, stride], [pad, pad])

# Always with the statistics of the current picture: the batch is a single picture.
def normalise(x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
  return torch.batch_norm(x, gamma, beta, None, None, True, 0.1, 1e-05, True)

# The central part of a picture.
def crop(x: Tensor, height: int, width: int) -> Tensor:
  if x.size(2) != height:
    x = torch.narrow(x, 2, (x.size(2) - height) // 2, height)
  if x.size(3) != width:
    x = torch.narrow(x, 3, (x.size(3) - width) // 2, width)
  return x
