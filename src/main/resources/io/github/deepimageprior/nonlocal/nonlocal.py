class Nonlocal(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # One step of the chain for the reference patches of one tile: finds the patches most similar to each of them,
  # denoises these groups, and adds the denoised patches and their weights to the sums, in place.
  #   noisy     the picture with noise of one standard deviation in all components, components x height x width
  #   pilot     the last estimate, in the same shape
  #   guide     where similar patches are looked for, in its first component
  #   sums      weighted patches and weights, 2 x components x height x width
  #   integers  see Plan
  #   variance  of the noise at each pixel, 1 x height x width; 1 on average at full size
  def tile(self: __torch__.Nonlocal, noisy: Tensor, pilot: Tensor, guide: Tensor, sums: Tensor, integers: Tensor,
      variance: Tensor) -> Tensor:
    plan = __torch__.read_plan(integers)
    p = plan.side
    rows, columns = guide.size(1) - p + 1, guide.size(2) - p + 1 # of patches
    i = __torch__.references(plan.first_row, plan.last_row, plan.stride, rows)
    j = __torch__.references(plan.first_column, plan.last_column, plan.stride, columns)
    area = __torch__.Area(__torch__.window_start(i[0], plan.radius, rows),
        __torch__.window_end(i[-1], plan.radius, rows), max(0, j[0] - plan.radius),
        min(columns, j[-1] + plan.radius + 1))
    groups = __torch__.match(torch.narrow(guide, 0, 0, 1), plan, i, j, area)
    components, first = noisy.size(0), 0
    while first < components:
      count = min(plan.joint, components - first)
      __torch__.denoise(torch.narrow(noisy, 0, first, count), torch.narrow(pilot, 0, first, count),
          torch.narrow(sums, 1, first, count), groups, variance, plan, area)
      first += count
    return sums

  # The estimate that the sums of a step give; the last estimate where no patch has a weight.
  def estimate(self: __torch__.Nonlocal, sums: Tensor, pilot: Tensor) -> Tensor:
    weights = sums[1]
    return torch.where(torch.gt(weights, 0.), sums[0] / torch.clamp_min(weights, 1e-12), pilot)

  # The mean of several estimates.
  def mean(self: __torch__.Nonlocal, estimates: List[Tensor]) -> Tensor:
    return torch.mean(torch.stack(estimates), [0])

  # A picture at half the size: means of 2 x 2 pixels.
  def halve(self: __torch__.Nonlocal, x: Tensor) -> Tensor:
    return __torch__.halve(x)

  # The guide of the first step: the estimate at half the size, enlarged, with some of the details that it lacks.
  #   detail  the share of the details, one number on the CPU
  def guide(self: __torch__.Nonlocal, noisy: Tensor, coarse: Tensor, detail: Tensor) -> Tensor:
    x, c = torch.narrow(noisy, 0, 0, 1), torch.narrow(coarse, 0, 0, 1)
    return __torch__.enlarge(c, x) + (x - __torch__.enlarge(__torch__.halve(x), x)) * float(detail[0])

  # An estimate with its low frequencies moved towards those of the estimate at half the size.
  #   share  how far, one number on the CPU
  def correct(self: __torch__.Nonlocal, x: Tensor, coarse: Tensor, share: Tensor) -> Tensor:
    return x + __torch__.enlarge(coarse - __torch__.halve(x), x) * float(share[0])

# The numbers of a step and a tile. ChainStep.java has the same in the same order.
#   patches   1 to combine the patches of a group, 0 to filter the pixels of each patch
#   size      patches of a group
#   side      of a patch, in pixels
#   radius    of the search window, in pixels
#   stride    of the reference patches, in pixels
#   joint     how many components are denoised together
#   pilot     1 if there is a pilot, 0 in the first step, where the noisy picture stands for it
#   first_row, last_row, first_column, last_column  the reference patches of the tile, from the first to before the last
class Plan(NamedTuple):
  patches : int
  size : int
  side : int
  radius : int
  stride : int
  joint : int
  pilot : int
  first_row : int
  last_row : int
  first_column : int
  last_column : int

def read_plan(x: Tensor) -> __torch__.Plan:
  return __torch__.Plan(int(x[0]), int(x[1]), int(x[2]), int(x[3]), int(x[4]), int(x[5]), int(x[6]), int(x[7]),
      int(x[8]), int(x[9]), int(x[10]))

# The patches that the windows of a tile cover, by their upper left pixels, ends excluded.
class Area(NamedTuple):
  top : int
  bottom : int
  left : int
  right : int

# Where reference patches begin along an axis: every few pixels, and at the last place.
def references(first: int, last: int, stride: int, places: int) -> List[int]:
  list = annotate(List[int], [])
  for i in range(first, last):
    list.append(min(i * stride, places - 1))
  return list

# The first row of the window around a row; a window that reaches over an edge is moved inwards.
def window_start(row: int, radius: int, rows: int) -> int:
  return min(max(0, row - radius), max(0, rows - 2 * radius - 1))

def window_end(row: int, radius: int, rows: int) -> int:
  return min(rows, max(row + radius + 1, 2 * radius + 1))

# Patches of an area as the columns of a matrix: (components * side * side) x (rows * columns).
def unfold(x: Tensor, side: int, top: int, bottom: int, left: int, right: int) -> Tensor:
  part = x[:, top:bottom + side - 1, left:right + side - 1]
  return torch.im2col(torch.unsqueeze(part, 0), [side, side], [1, 1], [0, 0], [1, 1])[0]

# The patches most similar to each reference patch, by the squared distance, which is expanded into a matrix product.
# The reference patch always belongs to its group. Works on a few columns of references at a time, so that few patches
# outside their windows are compared.
# Returns references x size: numbers of patches in the area, row by row.
def match(guide: Tensor, plan: __torch__.Plan, rows: List[int], columns: List[int], area: __torch__.Area) -> Tensor:
  device, found = ops.prim.device(guide), annotate(List[Tensor], [])
  width, first = area.right - area.left, 0
  while first < len(columns):
    here = columns[first:first + 16]
    first += 16
    left, right = max(area.left, here[0] - plan.radius), min(area.right, here[-1] + plan.radius + 1)
    wide = right - left
    patches = __torch__.unfold(guide, plan.side, area.top, area.bottom, left, right)
    norms = torch.sum(torch.square(patches), [0])
    places = torch.sub(torch.tensor(here, dtype=4, device=device), left)
    x = torch.arange(wide, dtype=4, device=device)
    far = torch.gt(torch.abs(torch.sub(x.view([1, 1, wide]), places.view([-1, 1, 1]))), plan.radius)
    for row in rows:
      start = __torch__.window_start(row, plan.radius, guide.size(1) - plan.side + 1) - area.top
      end = __torch__.window_end(row, plan.radius, guide.size(1) - plan.side + 1) - area.top
      own = torch.add(places, (row - area.top) * wide)
      distances = torch.addmm(norms[start * wide:end * wide], torch.t(torch.index_select(patches, 1, own)),
          patches[:, start * wide:end * wide], beta=1, alpha=-2)
      distances.view([len(here), end - start, wide]).masked_fill_(far, 1e+38)
      distances.scatter_(1, torch.sub(own, start * wide).view([-1, 1]), -1e+38)
      values, nearest = torch.topk(distances, plan.size, 1, False, False)
      y = torch.add(torch.floor_divide(nearest, wide), start)
      found.append(torch.add(torch.mul(y, width), torch.add(torch.remainder(nearest, wide), left - area.left)))
  return torch.cat(found)

# Denoises groups of patches and adds them to the sums.
def denoise(noisy: Tensor, pilot: Tensor, sums: Tensor, groups: Tensor, variance: Tensor, plan: __torch__.Plan,
    area: __torch__.Area) -> NoneType:
  side, rows, columns = plan.side, area.bottom - area.top, area.right - area.left
  of_noisy = torch.t(__torch__.unfold(noisy, side, area.top, area.bottom, area.left, area.right)).contiguous()
  of_pilot = of_noisy
  if plan.pilot == 1:
    of_pilot = torch.t(__torch__.unfold(pilot, side, area.top, area.bottom, area.left, area.right)).contiguous()
  length, m, k = of_noisy.size(0), of_noisy.size(1), groups.size(1)
  part = variance[:, area.top:area.bottom + side - 1, area.left:area.right + side - 1]
  of_variance = torch.avg_pool2d(torch.unsqueeze(part, 0), [side, side], [1, 1]).reshape([-1])
  total, weight = torch.zeros_like(of_noisy), torch.zeros_like(torch.select(of_noisy, 1, 0))
  first = 0
  while first < groups.size(0):
    chunk = torch.narrow(groups, 0, first, min(128, groups.size(0) - first))
    first += 128
    index = chunk.reshape([-1])
    y = torch.index_select(of_noisy, 0, index).view([-1, k, m])
    v = torch.index_select(of_variance, 0, index).view([-1, k])
    z = y
    if plan.pilot == 1:
      z = torch.index_select(of_pilot, 0, index).view([-1, k, m])
    if plan.patches == 1:
      x, weights = __torch__.combine(y, z, v, float(plan.pilot))
    else:
      x, weights = __torch__.filter(y, z, v)
    # A group that float32 cannot solve has no weight.
    solved = torch.isfinite(torch.sum(x, [2])).logical_and_(torch.isfinite(weights))
    weights = torch.where(solved, weights, torch.zeros_like(weights))
    x = torch.where(torch.unsqueeze(solved, 2), x, torch.zeros_like(x))
    total.index_add_(0, index, (x * torch.unsqueeze(weights, 2)).view([-1, m]))
    weight.index_add_(0, index, weights.reshape([-1]))
  high, wide = rows + side - 1, columns + side - 1
  patches = torch.col2im(torch.unsqueeze(torch.t(total), 0), [high, wide], [side, side], [1, 1], [0, 0], [1, 1])[0]
  weights = torch.col2im(weight.view([1, 1, length]).expand([1, side * side, length]), [high, wide], [side, side],
      [1, 1], [0, 0], [1, 1])[0]
  sums[0][:, area.top:area.bottom + side - 1, area.left:area.right + side - 1].add_(patches)
  sums[1][:, area.top:area.bottom + side - 1, area.left:area.right + side - 1].add_(weights)

# Replaces each patch of a group by the affine combination of the group's patches that has the least expected squared
# error (NL-Ridge, Herbreteau and Kervrann 2022, sections 2 and 3), here with noise of its own variance in each patch,
# V.
# Y is the group, k patches of m pixels; Z the pilot.
#   T = I - m V P,  P = S - S 1 1' S / (1' S 1),  S = (Z Z' + m V)^-1,  X = T Y
# In the first step Z is Y, whose product has the m V already, and only a hundredth is added, for groups of equal
# patches. P does not change with the mean of the group, which is removed from Z, and with a multiple of 1 1' in the sum,
# which gives that direction the mean eigenvalue: both for the precision of float32. A patch has the inverse of the
# variance of its noise as its weight: 1 / (T V T') of its row, which is between that of the patch and that of the mean
# of k patches.
def combine(y: Tensor, z: Tensor, v: Tensor, pilot: float) -> Tuple[Tensor, Tensor]:
  k, mv = y.size(1), v * y.size(2)
  centred = z - torch.mean(z, [1], True)
  q = torch.bmm(centred, torch.transpose(centred, 1, 2))
  ridge = torch.add(torch.mul(torch.sum(torch.square(centred), [1, 2]), 2e-06), 1e-12)
  diagonal = torch.diagonal(q, 0, 1, 2).add_(torch.unsqueeze(ridge, 1)).add_(mv, alpha=max(pilot, 0.01))
  s = __torch__.inverse(q.add_(torch.div(torch.mean(diagonal, [1]), k).view([-1, 1, 1])))
  r = torch.sum(s, [2], True)
  s = torch.baddbmm(s, r / torch.sum(r, [1], True), torch.transpose(r, 1, 2), beta=1, alpha=-1)
  rows = torch.unsqueeze(mv, 2)
  x = torch.addcmul(y, torch.bmm(s, y), rows, value=-1)
  squares = torch.bmm(torch.square(s), rows)[:, :, 0] * mv - torch.diagonal(s, 0, 1, 2) * (2. * mv) + 1.
  return (x, torch.reciprocal(torch.clamp(squares, 1. / k, 1.) * v))

# The empirical Wiener filter of the pixels of a group (NL-Bayes, Lebrun, Buades and Morel 2013, equation 10): C is the
# covariance of the pixels over the patches of the pilot, mu their mean; v is the mean variance of the group's noise.
#   T = I - v (C + v I)^-1,  X = mu + T (Y - mu)
def filter(y: Tensor, z: Tensor, variance: Tensor) -> Tuple[Tensor, Tensor]:
  k, m, v = y.size(1), y.size(2), torch.mean(variance, [1])
  mu = torch.mean(z, [1], True)
  d = z - mu
  c = torch.bmm(torch.transpose(d, 1, 2), d) / k
  ridge = torch.add(torch.mul(torch.sum(torch.square(d), [1, 2]), 2e-06 / k), v).add_(1e-12)
  torch.diagonal(c, 0, 1, 2).add_(torch.unsqueeze(ridge, 1))
  s = __torch__.inverse(c).mul_(v.view([-1, 1, 1]))
  x = torch.baddbmm(y, y - mu, s, beta=1, alpha=-1)
  squares = torch.sum(torch.square(s), [1, 2]) / m - torch.sum(torch.diagonal(s, 0, 1, 2), [1]) * (2. / m) + 1.
  weights = torch.reciprocal(torch.clamp_min(squares, 1e-06)).clamp_min_(1. / k)
  return (x, torch.unsqueeze(weights, 1) / variance)

# The inverses of symmetric positive definite matrices. Bordering is fast but loses precision where the noise is a
# hundredth of the structure or less. This shows in how well the inverses solve the equations for one vector; then
# LAPACK does it.
def inverse(a: Tensor) -> Tensor:
  n, device = a.size(1), ops.prim.device(a)
  if n <= 24:
    return __torch__.lapack(a)
  s = __torch__.bordering(a)
  x = torch.cos(torch.square(torch.arange(n, dtype=6, device=device))).view([1, n, 1]).expand([a.size(0), n, 1])
  error = torch.abs(torch.sub(torch.bmm(a, torch.bmm(s, x)), x))
  if bool(torch.all(torch.le(error, 0.001))): # not if it is not a number
    return s
  return __torch__.lapack(a)

# From the inverse of a leading block to that of a larger one. Most of it are products of many matrices at once, which
# use all cores, unlike LAPACK, which solves one matrix at a time.
def bordering(a: Tensor) -> Tensor:
  n, done = a.size(1), 24
  s = __torch__.lapack(a[:, :done, :done])
  while done < n:
    more = min(24, n - done)
    b = a[:, :done, done:done + more].contiguous()
    u = torch.bmm(s, b)
    schur = torch.baddbmm(a[:, done:done + more, done:done + more], torch.transpose(b, 1, 2), u, beta=1, alpha=-1)
    corner = __torch__.lapack(schur)
    w = torch.bmm(u, corner)
    s = torch.baddbmm(s, w, torch.transpose(u, 1, 2))
    s = torch.cat([torch.cat([s, torch.neg(w)], 2), torch.cat([torch.neg(torch.transpose(w, 1, 2)), corner], 2)], 1)
    done += more
  return s

# By Cholesky factors. What is not positive definite gets an inverse so large that nothing finite comes of it.
def lapack(a: Tensor) -> Tensor:
  factor, info = torch.linalg_cholesky_ex(a)
  failed = torch.ne(info, 0).view([-1, 1, 1])
  return torch.cholesky_inverse(factor.masked_fill_(failed, 1.)).masked_fill_(failed, 3e+38)

def halve(x: Tensor) -> Tensor:
  return torch.avg_pool2d(torch.unsqueeze(x, 0), [2, 2], [2, 2])[0]

# Enlarges a picture to the size of another one.
def enlarge(x: Tensor, like: Tensor) -> Tensor:
  return torch.upsample_bicubic2d(torch.unsqueeze(x, 0), [like.size(1), like.size(2)], False)[0]
