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

  # Runs optimisation steps of several fits of one size as one; the tensors of their states change in place. Stops early
  # when a halt is set from outside, and when the stopping rule or the limit of its loss ends one of the fits, on a GPU
  # within ten steps; its later steps are not counted.
  #   latents, observations, states  of one fit after the other: see Observed, State
  #   network, integers, floats  see Net, Plan, Coefficients
  #   own, halts  for each fit: see Own; the number 1 to halt
  # Returns, for each step and fit, the loss before it and what the stopping rule monitors; and for each fit the number
  # of steps that count, and whether the loss has exceeded the limit.
  def fit(self: __torch__.Hourglass, latents: List[Tensor], observations: List[Tensor], states: List[Tensor],
      network: Tensor, integers: Tensor, floats: Tensor, own: Tensor, halts: List[Tensor]) -> List[Tensor]:
    n, net, plan = len(latents), __torch__.read_net(network), __torch__.read_plan(integers)
    tensors = __torch__.together(states, n, 1)
    observed = __torch__.read_observed(__torch__.together(observations, n, -1))
    fits = __torch__.begin(__torch__.beside(latents), observed, __torch__.read_state(tensors), plan,
        __torch__.read_coefficients(floats), own)
    for i in range(plan.steps):
      if i > 0 and __torch__.any_set(halts):
        break
      step = plan.first_step + i
      __torch__.advance(fits, net, plan, step)
      # Reading numbers makes the processor wait for a GPU, which would then be idle.
      often = ops.prim.is_cpu(fits.loss) or plan.rule == __torch__.Rule.NOISE_LEVEL.value
      if (often or step % 10 == 0) and not bool(torch.all(fits.active)):
        break
    if n > 1:
      __torch__.apart(tensors, states, n)
    return [fits.losses, fits.variances, fits.taken, fits.exceeded.to(7)]

  # Copies saved tensors into those of the state.
  def load(self: __torch__.Hourglass, saved: List[Tensor], tensors: List[Tensor]) -> Tensor:
    for i in range(len(saved)):
      tensors[i].copy_(saved[i])
    return tensors[0]

  # Mean squared difference between what is observed of a picture and the target.
  def error(self: __torch__.Hourglass, picture: Tensor, observation: List[Tensor]) -> Tensor:
    observed = __torch__.read_observed(__torch__.together(observation, 1, -1))
    simulated = __torch__.observe(picture, observed.kernel)
    return __torch__.mean(torch.sub(simulated, observed.target).square_(), observed.mask)[0]

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
  return __torch__.Observed(x[0].flatten(0, 1), x[1].flatten(0, 1), x[2][0], x[3], x[4][0])

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
  return __torch__.State(x[0], x[1], x[2].flatten(0, 1), x[3].flatten(0, 1), x[4], x[5].flatten(0, 1), x[6], x[7], x[8],
      x[9].flatten(0, 1), x[10].flatten(0, 1))

class RuleState(NamedTuple):
  variance : Tensor
  least_variance : Tensor
  best_step : Tensor
  stop : Tensor
  sum_of_squares : Tensor
  excess : Tensor

def read_rule_state(rule_state: Tensor) -> __torch__.RuleState:
  x = torch.unbind(rule_state, 1)
  return __torch__.RuleState(x[0], x[1], x[2], x[3], x[4], x[5])

class Plan(NamedTuple):
  first_step : int
  steps : int
  rule : int
  skip : int
  patience : int
  window : int
  burn_in : int
  spacing : int
  lag : int
  ends : int

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
  alpha : float
  langevin_noise : float
  weight_decay : float
  beta2 : float
  growth : float
  relative_lag : float

def read_coefficients(floats: Tensor) -> __torch__.Coefficients:
  x = annotate(List[float], [])
  for i in range(floats.size(0)):
    x.append(float(floats[i]))
  return __torch__.Coefficients(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7], x[8])

class Own(NamedTuple):
  seed : Tensor
  limit : Tensor
  level : Tensor

def read_own(own: Tensor) -> __torch__.Own:
  x = torch.unbind(own, 1)
  return __torch__.Own(x[0], x[1], x[2])

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

# Tensors of several fits, each kind in one tensor. One fit's own are used as they are.
#   all  those of the first fit, then those of the next
#   other  which kind has the fits along its second dimension; the others along their first
def together(all: List[Tensor], fits: int, other: int) -> List[Tensor]:
  each, joined = len(all) // fits, annotate(List[Tensor], [])
  for i in range(each):
    dimension = int(i == other)
    if fits == 1:
      joined.append(all[i].unsqueeze(dimension))
    else:
      joined.append(torch.stack(all[i::each], dimension))
  return joined

# The latents; those of several fits in contiguous memory order.
def beside(latents: List[Tensor]) -> Tensor:
  if len(latents) == 1:
    return latents[0]
  return torch.cat(latents).contiguous()

# Copies the tensors of a state back to those of each fit.
def apart(joined: List[Tensor], all: List[Tensor], fits: int) -> NoneType:
  each = len(joined)
  for f in range(fits):
    for i in range(each):
      all[f * each + i].copy_(torch.select(joined[i], int(i == 1), f))

def any_set(halts: List[Tensor]) -> bool:
  for halt in halts:
    if int(halt[0]) != 0:
      return True
  return False

# All that the steps of a call use and change, for several fits at once: their numbers are vectors with one for each
# fit. Nothing of it is read in a step on a GPU, where all numbers that change from step to step are tensors.
class Fits(NamedTuple):
  latent : Tensor
  observed : __torch__.Observed
  state : __torch__.State
  rule_state : __torch__.RuleState
  c : __torch__.Coefficients
  own : __torch__.Own
  seeds : List[int]
  noise : Tensor
  count : Tensor # number of the step
  index : Tensor # the same, from 0 in this call
  active : Tensor # whether the step counts
  loss : Tensor
  losses : Tensor
  variances : Tensor
  taken : Tensor
  exceeded : Tensor

def begin(latent: Tensor, observed: __torch__.Observed, state: __torch__.State, plan: __torch__.Plan,
    c: __torch__.Coefficients, own: Tensor) -> __torch__.Fits:
  device, n = ops.prim.device(latent), latent.size(0)
  drawn = latent.numel() // n + 3 * 9973
  zeros = torch.zeros([n], dtype=7, device=device)
  history = torch.zeros([2, plan.steps, n], dtype=7, device=device)
  return __torch__.Fits(latent, observed, state, __torch__.read_rule_state(state.rule_state), c,
      __torch__.read_own(own.to(device)), __torch__.integers(torch.select(own, 1, 0)),
      torch.zeros([n, drawn], dtype=6, device=device), torch.full([], plan.first_step - 1., dtype=6, device=device),
      torch.full([1], -1, dtype=4, device=device), torch.eq(zeros, 0.), zeros, history[0], history[1],
      torch.zeros_like(zeros), torch.ne(zeros, 0.))

# One step of all fits. What depends on `step`, a number of the processor, repeats itself after 20 steps.
def advance(fits: __torch__.Fits, net: __torch__.Net, plan: __torch__.Plan, step: int) -> NoneType:
  state, c, active, observed, n = fits.state, fits.c, fits.active, fits.observed, fits.latent.size(0)
  fits.count.add_(1.)
  fits.index.add_(1)
  if c.input_noise > 0. and (step % 4 == 0 or step == plan.first_step):
    __torch__.draw(fits, step)
  leaf = state.parameters.detach().requires_grad_(True)
  output = __torch__.hourglass(__torch__.noisy(fits, step), __torch__.leaves(leaf, net), net,
      state.average.size(2), state.average.size(3))
  picture = output.view(state.output.size())
  each = __torch__.distance(picture, observed)
  gradient = unchecked_cast(Tensor, torch.grad([torch.sum(each)], [leaf])[0])
  if c.weight_decay > 0.:
    gradient = torch.add(gradient, state.parameters, alpha=c.weight_decay)
  fits.loss.copy_(each.detach())
  good = torch.le(fits.loss, fits.own.limit) # which no loss that is not a number does
  fits.exceeded.logical_or_(torch.logical_and(active, torch.logical_not(good)))
  active.logical_and_(good)
  fits.taken.add_(active)
  __torch__.replace(state.output, picture.detach(), active)
  decay = torch.clamp(1. - c.growth / fits.count, 0., c.decay) * torch.gt(fits.count, 1.)
  weight = (1. - decay) * active
  state.average.lerp_(state.output, weight.view([n, 1, 1, 1]))
  variance = __torch__.monitor(fits, plan, step)
  fits.losses.index_copy_(0, fits.index, fits.loss.unsqueeze(0))
  fits.variances.index_copy_(0, fits.index, variance.unsqueeze(0))
  __torch__.sample(fits, plan)
  parameters = __torch__.adam(state, gradient, fits.count, c.learning_rate, c.beta2)
  if c.langevin_noise > 0.:
    __torch__.langevin(parameters, fits, step)
  if plan.ends == 1:
    active.logical_and_(torch.eq(fits.rule_state.stop, 0.))

# Replaces the rows of the fits for which a condition holds.
def replace(old: Tensor, new: Tensor, condition: Tensor) -> NoneType:
  if old.size(0) == 1 and ops.prim.is_cpu(old):
    if bool(condition):
      old.copy_(new)
  else:
    shape = [condition.size(0)]
    for i in range(old.dim() - 1):
      shape.append(1)
    old.copy_(torch.where(condition.view(shape), new, old))

# Whether a condition may hold for any fit: on a GPU nobody waits for the answer.
def perhaps(condition: Tensor) -> bool:
  return not ops.prim.is_cpu(condition) or bool(torch.any(condition))

# The loss of each fit: the mean squared difference between what is observed of a picture and the target (Ulyanov et al.
# 2018, equation 2) or, where the target counts photons, the mean Poisson deviance, whose expected value for the true
# picture is 1. A tenth of a photon is added to both sides: it leaves the minimum in place and keeps the logarithm
# finite.
def distance(picture: Tensor, observed: __torch__.Observed) -> Tensor:
  target, counts = observed.target, observed.counts
  simulated = __torch__.observe(picture, observed.kernel)
  if counts.numel() > 0:
    scale, offset = counts[:, 0], counts[:, 1]
    k = torch.clamp_min(target * scale + offset, 0.) + 0.1
    expected = torch.clamp_min(simulated * scale + offset, 0.) + 0.1
    return __torch__.mean((expected - k + k * torch.log(k / expected)) * 2., observed.mask)
  return __torch__.mean(torch.square(simulated - target), observed.mask)

# Mean of each picture's known values. The mask has one channel for all, or as many as the picture.
def mean(x: Tensor, mask: Tensor) -> Tensor:
  if mask.numel() == 0:
    return torch.mean(x, [1, 2, 3])
  return torch.sum(x * mask, [1, 2, 3]) / (torch.sum(mask, [1, 2, 3]) * (x.size(1) // mask.size(1)))

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
# A rule that does not end the fit changes nothing more once it would have ended it.
# Returns the variance, or else the loss.
def monitor(fits: __torch__.Fits, plan: __torch__.Plan, step: int) -> Tensor:
  state, rule, c, count = fits.state, fits.rule_state, fits.c, fits.count
  emv, wmv = plan.rule == __torch__.Rule.EMV.value, plan.rule == __torch__.Rule.WMV.value
  watching = fits.active
  if plan.ends == 0:
    watching = torch.logical_and(watching, torch.eq(rule.stop, 0.))
  if plan.rule == __torch__.Rule.NOISE_LEVEL.value:
    reached = torch.logical_and(torch.le(fits.loss, fits.own.level), watching)
    rule.stop.copy_(torch.where(reached, 1., rule.stop))
  if not emv and not wmv:
    return fits.loss
  output, recent = state.output, state.recent
  if emv:
    if step == 1:
      recent.copy_(output)
    change = output - recent
    recent.add_(change, alpha=c.alpha)
    variance = (rule.variance + c.alpha * torch.mean(change.square_(), [1, 2, 3], dtype=7)) * (1. - c.alpha)
  else:
    slot = torch.remainder(count - 1., plan.window).to(4).view([1])
    before = torch.index_select(state.window, 1, slot).squeeze(1) # zeros before there are as many outputs
    recent.sub_(before)
    rule.sum_of_squares.sub_(torch.mean(torch.square(before), [1, 2, 3], dtype=7))
    state.window.index_copy_(1, slot, output.unsqueeze(1))
    recent.add_(output)
    rule.sum_of_squares.add_(torch.mean(torch.square(output), [1, 2, 3], dtype=7))
    variance = rule.sum_of_squares / plan.window - torch.mean(torch.square(recent / plan.window), [1, 2, 3])
  rounded = variance.to(6) # the rule keeps variances with the precision of the outputs
  rule.variance.copy_(rounded)
  better = torch.logical_or(torch.eq(rule.best_step, 0.), torch.lt(variance, rule.least_variance))
  better = better.logical_and_(torch.gt(count, plan.skip)).logical_and_(watching)
  rule.least_variance.copy_(torch.where(better, rounded.to(7), rule.least_variance))
  __torch__.remember(state, rule, count, better)
  since = count - rule.best_step
  found = torch.logical_and(torch.gt(rule.best_step, 0.), watching)
  lag = torch.clamp_max(rule.best_step * c.relative_lag, plan.lag)
  late = torch.logical_and(found, torch.le(since, lag))
  if __torch__.perhaps(late):
    __torch__.replace(torch.select(state.best, 1, 1), state.average, late)
  rule.stop.copy_(torch.where(torch.logical_and(found, torch.ge(since, plan.patience)), 1., rule.stop))
  if emv and step % 10 == 0:
    __torch__.check_residual(fits, watching)
  return variance

# Keeps the output and the parameters of a step for those fits for which it is the best one so far.
def remember(state: __torch__.State, rule: __torch__.RuleState, count: Tensor, best: Tensor) -> NoneType:
  rule.best_step.copy_(torch.where(best, count.to(7), rule.best_step))
  if __torch__.perhaps(best):
    __torch__.replace(torch.select(state.best, 1, 0), state.output, best)
    __torch__.replace(state.best_parameters, state.parameters, best)

# While the picture appears, the residual, which is the difference of the averaged output and the target, exceeds the
# noise; when the noise appears, it falls below. The error is least when the residual has been below the noise about as
# long, in the logarithm of the steps, as it was above: when its excess, averaged with weights that grow with the fourth
# power of the step, is zero. That step's output, average and parameters are the result, unless the outputs still vary
# so much that more of the picture must be on its way.
def check_residual(fits: __torch__.Fits, watching: Tensor) -> NoneType:
  state, rule = fits.state, fits.rule_state
  residual, noise = __torch__.residual_and_noise(state.average, fits.observed)
  before = ((fits.count - 10.) / fits.count).to(7).pow_(4.)
  rule.excess.copy_(before * rule.excess + (1. - before) * (residual - noise))
  # Before step 40, a network that has learnt nothing yet may leave no more than noise of an even picture.
  small = torch.logical_and(torch.le(rule.excess, 0.), torch.le(rule.variance, 0.25 * noise))
  end = small.logical_and_(torch.ge(fits.count, 40.)).logical_and_(watching)
  __torch__.remember(state, rule, fits.count, end)
  if __torch__.perhaps(end):
    __torch__.replace(torch.select(state.best, 1, 1), state.average, end)
  rule.stop.copy_(torch.where(end, 2., rule.stop))

# The mean square of the residual and, of that, the white noise: what second differences along x and y leave (Immerkaer
# 1996), and the sampling error, which depends on the number of values. If differences leave more than twice of what is
# there, it is not noise, but structure as fine as a pixel.
def residual_and_noise(picture: Tensor, observed: __torch__.Observed) -> Tuple[Tensor, Tensor]:
  mask = observed.mask
  residual = __torch__.observe(picture, observed.kernel) - observed.target
  total = __torch__.mean(torch.square(residual), mask).to(7)
  none = torch.zeros_like(total)
  if min(residual.size(2), residual.size(3)) < 3:
    return (total, none)
  squares = torch.square(torch.diff(torch.diff(residual, 2, 2), 2, 3) / 6.)
  count = torch.full_like(total, float(squares.size(1) * squares.size(2) * squares.size(3)))
  if mask.numel() > 0: # without differences that need a missing pixel
    whole = torch.neg(torch.max_pool2d(torch.neg(mask), [3, 3], [1, 1]))
    squares, count = squares * whole, torch.sum(whole, [1, 2, 3]).to(7) * (squares.size(1) // mask.size(1))
  noise = torch.sum(squares, [1, 2, 3]).to(7) / torch.clamp_min(count, 1.)
  white = torch.logical_and(torch.le(noise, 2. * total), torch.gt(count, 0.))
  return (total, torch.where(white, noise * (torch.sqrt(2. / torch.clamp_min(count, 1.)) + 1.), none))

# Mean and squared deviations of the Langevin samples so far (Welford 1962).
def sample(fits: __torch__.Fits, plan: __torch__.Plan) -> NoneType:
  if plan.spacing > 0:
    state, n = fits.state, (fits.count - plan.burn_in) / plan.spacing
    due = torch.logical_and(fits.active, torch.logical_and(torch.gt(n, 0.), torch.eq(n, torch.floor(n))))
    if __torch__.perhaps(due):
      due = due.view([-1, 1, 1, 1])
      change = (state.output - state.mean) * due
      state.mean.add_(change / torch.clamp_min(n, 1.))
      state.squares.add_(change * (state.output - state.mean))

# Stochastic gradient Langevin dynamics (Cheng et al. 2019): noise on the weights of convolutions, where `weights` is 1.
def langevin(parameters: Tensor, fits: __torch__.Fits, step: int) -> NoneType:
  noise = torch.empty_like(parameters)
  __torch__.noise.each(noise, fits.c.langevin_noise, (fits.own.seed - fits.count).to(4), fits.seeds, -step)
  parameters.add_(noise.mul_(fits.observed.weights))

# The input noise of a step, one number for each of the latent's. Drawing it is slow: on a CPU one number after the
# other on one core. So it is drawn at every fourth step only, and the steps between use the same numbers for other
# pixels and channels. Every draw has a seed of its own, so that the noise of a step does not depend on earlier steps.
def draw(fits: __torch__.Fits, step: int) -> NoneType:
  seeds = (fits.own.seed + (fits.count - step % 4)).to(4)
  __torch__.noise.each(fits.noise, fits.c.input_noise, seeds, fits.seeds, step - step % 4)

# Adds the noise. In both memory orders each pixel and channel gets the same number.
def noisy(fits: __torch__.Fits, step: int) -> Tensor:
  latent, first = fits.latent, step % 4 * 9973
  n, c, h, w = latent.size(0), latent.size(1), latent.size(2), latent.size(3)
  if fits.c.input_noise > 0.:
    noise = torch.narrow(fits.noise, 1, first, c * h * w)
    latent = latent + noise.view([n, h, w, c]).permute([0, 3, 1, 2])
  return latent

# The parameters of all fits, each in its shape, as views of rows with one fit each. With bfloat16, those of
# convolutions are converted. In channels-last order the weights of one fit have the memory layout of its feature maps;
# those of several are copied, since their feature maps lie side by side; where weights of groups are in channels-last
# order, oneDNN's gradients of the maps are wrong with bfloat16.
def leaves(rows: Tensor, net: __torch__.Net) -> List[Tensor]:
  leaves, bias, n = annotate(List[Tensor], []), False, rows.size(0)
  parts = torch.split_with_sizes(rows, __torch__.sizes(net.shapes), 1)
  for i in range(len(parts)):
    leaf, shape = parts[i], net.shapes[i]
    weight = len(shape) == 4
    if net.bfloat16 and (weight or bias):
      leaf = leaf.to(15)
    bias = weight # a bias follows its weight
    if weight and net.channels_last and n == 1:
      leaf = leaf.view([shape[0], shape[2], shape[3], shape[1]]).permute([0, 3, 1, 2])
    elif weight and net.channels_last:
      leaf = leaf.view([n, shape[0], shape[2], shape[3], shape[1]]).permute([0, 1, 4, 2, 3])
      leaf = leaf.contiguous().flatten(0, 1)
    elif weight:
      leaf = leaf.reshape([n * shape[0], shape[1], shape[2], shape[3]])
    else:
      leaf = leaf.reshape([n * shape[0]])
    leaves.append(leaf)
  return leaves

# Adam (Kingma and Ba 2015) with PyTorch's epsilon and beta 1, by PyTorch's fused kernel, which passes over memory once.
# Changes the parameters in place and returns them: TorchScript would remove the call if nothing used the list.
def adam(state: __torch__.State, gradient: Tensor, count: Tensor, rate: float, beta2: float) -> Tensor:
  moments, parameters = torch.unbind(state.moments), [state.parameters]
  torch._fused_adam_(parameters, [gradient], [moments[0]], [moments[1]], annotate(List[Tensor], []), [count], lr=rate,
      beta1=0.9, beta2=beta2, weight_decay=0., eps=1e-08, amsgrad=False, maximize=False)
  return parameters[0]

# The networks (Ulyanov et al. 2018) of all fits side by side: the feature maps of one after those of the other, like
# those of one network whose convolutions have groups. So batch normalisation takes the statistics of each map of each
# fit. The parameters p are used in the order of net.shapes; the output is cropped to the size.
def hourglass(latent: Tensor, p: List[Tensor], net: __torch__.Net, height: int, width: int) -> Tensor:
  n, reflect, skips = latent.size(0), net.reflection, annotate(List[Tensor], [])
  x, i = latent.to(ops.prim.dtype(p[0])), 0
  if n > 1: # reshaping would hide the memory order of a single latent from the padding, which would change it
    x = x.reshape([1, n * latent.size(1), latent.size(2), latent.size(3)])
  for scale in range(net.scales):
    if net.skips[scale] == 1:
      skips.append(__torch__.block(x, p, i, 1, reflect, False, n))
      i += 4
    else:
      skips.append(x)
    x = __torch__.block(x, p, i, 2, reflect, net.pooling, n)
    x = __torch__.block(x, p, i + 4, 1, reflect, False, n)
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
      x = __torch__.side_by_side(__torch__.crop(skip, h, w), __torch__.crop(x, h, w) * 1., n)
    x = __torch__.normalise(x, p[i], p[i + 1])
    x = __torch__.block(x, p, i + 2, 1, reflect, False, n)
    i += 6
    if net.pointwise:
      x = __torch__.block(x, p, i, 1, reflect, False, n)
      i += 4
  y = torch.sigmoid(__torch__.convolve(x, p[i], p[i + 1], 1, False, n).to(6))
  return __torch__.crop(y, height, width)

# Joins the feature maps of each fit.
def side_by_side(x: Tensor, y: Tensor, n: int) -> Tensor:
  if n == 1:
    return torch.cat([x, y], 1)
  c, d, h, w = x.size(1), y.size(1), x.size(2), x.size(3)
  return torch.cat([x.view([n, c // n, h, w]), y.view([n, d // n, h, w])], 1).view([1, c + d, h, w])

# The size of each parameter.
def sizes(shapes: List[List[int]]) -> List[int]:
  sizes = annotate(List[int], [])
  for shape in shapes:
    n = 1
    for d in shape:
      n *= d
    sizes.append(n)
  return sizes

# Convolution, batch normalisation, leaky ReLU.
def block(x: Tensor, p: List[Tensor], i: int, stride: int, reflect: bool, pool: bool, n: int) -> Tensor:
  if pool:
    y = torch.avg_pool2d(__torch__.convolve(x, p[i], p[i + 1], 1, reflect, n), [2, 2], [2, 2])
  else:
    y = __torch__.convolve(x, p[i], p[i + 1], stride, reflect, n)
  return torch.leaky_relu_(__torch__.normalise(y, p[i + 2], p[i + 3]), 0.2)

# The convolutions of n fits, each with its own weights.
def convolve(x: Tensor, weight: Tensor, bias: Tensor, stride: int, reflect: bool, n: int) -> Tensor:
  outputs, inputs, h, w = weight.size(0) // n, weight.size(1), x.size(2), x.size(3)
  if weight.size(2) == 1 and stride == 1 and x.is_contiguous():
    # As matrix products: faster than the kernels for convolutions in this memory order.
    if n == 1:
      product = torch.addmm(bias.view([outputs, 1]), weight.view([outputs, inputs]), x.view([inputs, h * w]))
    else:
      product = torch.baddbmm(bias.view([n, outputs, 1]), weight.view([n, outputs, inputs]), x.view([n, inputs, h * w]))
    return product.view([1, n * outputs, h, w])
  pad = weight.size(2) // 2
  if reflect and pad > 0:
    x, pad = torch.reflection_pad2d(x, [pad, pad, pad, pad]), 0
  if stride > 1 and x.size(3) + 2 * pad < weight.size(3) + stride:
    # The result is one column wide. With bfloat16, oneDNN's AMX kernels return garbage in this case, different in each
    # call, or crash.
    y = __torch__.convolve_each(x.to(6), weight.to(6), bias.to(6), stride, pad, n)
    return y.to(ops.prim.dtype(x))
  return __torch__.convolve_each(x, weight, bias, stride, pad, n)

# Convolutions in groups. On a CPU oneDNN's kernels for them need groups of a multiple of 16 feature maps to be fast; on
# a GPU matrix products are faster for more than 32, but take too much memory for larger pictures.
def convolve_each(x: Tensor, weight: Tensor, bias: Tensor, stride: int, pad: int, n: int) -> Tensor:
  if n == 1:
    return torch.conv2d(x, weight, bias, [stride, stride], [pad, pad])
  outputs, inputs, side, h, w = weight.size(0) // n, weight.size(1), weight.size(2), x.size(2), x.size(3)
  more = -inputs % 16
  if ops.prim.is_cpu(x) and more > 0 and inputs > 16:
    x = torch.constant_pad_nd(x.view([n, inputs, h, w]), [0, 0, 0, 0, 0, more]).view([1, n * (inputs + more), h, w])
    weight = torch.constant_pad_nd(weight, [0, 0, 0, 0, 0, more])
  if ops.prim.is_cpu(x) or inputs <= 32 or h * w > 4096:
    return torch.conv2d(x, weight, bias, [stride, stride], [pad, pad], [1, 1], n)
  columns = torch.im2col(x.view([n, inputs, h, w]), [side, side], [1, 1], [pad, pad], [stride, stride])
  product = torch.baddbmm(bias.view([n, outputs, 1]), weight.view([n, outputs, inputs * side * side]), columns)
  return product.view([1, n * outputs, (h + 2 * pad - side) // stride + 1, (w + 2 * pad - side) // stride + 1])

# Always with the statistics of the current picture: for batch normalisation there is a single picture.
def normalise(x: Tensor, gamma: Tensor, beta: Tensor) -> Tensor:
  return torch.batch_norm(x, gamma, beta, None, None, True, 0.1, 1e-05, True)

# The central part of a picture.
def crop(x: Tensor, height: int, width: int) -> Tensor:
  if x.size(2) != height:
    x = torch.narrow(x, 2, (x.size(2) - height) // 2, height)
  if x.size(3) != width:
    x = torch.narrow(x, 3, (x.size(3) - width) // 2, width)
  return x
