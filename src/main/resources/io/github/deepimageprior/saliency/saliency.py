class Saliency(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Standard normal noise. Each picture has a seed of its own, so the noise does not depend on how pictures are grouped
  # into batches.
  #   size  channels, height, width, seed of the first picture, number of pictures
  def noise(self: __torch__.Saliency, size: Tensor) -> Tensor:
    picture = [int(size[0]), int(size[1]), int(size[2])]
    noise = annotate(List[Tensor], [])
    for i in range(int(size[4])):
      noise.append(__torch__.noise.normal(size, picture[0] * picture[1] * picture[2], 1., int(size[3]) + i)
          .view(picture))
    return torch.stack(noise)

  # Noisy points on the integration path: baseline + fraction * path + deviation * noise.
  #   noise      points x channels x height x width
  #   baseline   the start of the path
  #   path       the picture minus the baseline
  #   where      the fraction of the path for each point
  #   deviation  the standard deviation of the noise, one number
  def points(self: __torch__.Saliency, noise: Tensor, baseline: Tensor, path: Tensor, where: Tensor,
      deviation: Tensor) -> Tensor:
    return torch.mul(noise, deviation).add_(baseline).addcmul_(where.view([where.size(0), 1, 1, 1]), path)

  # Adds the weighted gradients of a batch, or their magnitudes, to a sum, in place.
  #   weights  one for each gradient, then 1 to add magnitudes, 0 to add signed values
  def add(self: __torch__.Saliency, gradients: Tensor, sum: Tensor, weights: Tensor) -> Tensor:
    n = gradients.size(0)
    terms = gradients
    if int(weights[n]) == 1:
      terms = torch.abs(gradients)
    return sum.add_(torch.sum(torch.mul(terms, torch.narrow(weights, 0, 0, n).view([n, 1, 1, 1])), [0], True))

  # A picture blurred by a Gaussian that is cut off at three standard deviations; the picture is mirrored at its edges.
  #   deviation  the standard deviation of the Gaussian, in pixels
  def blur(self: __torch__.Saliency, picture: Tensor, deviation: Tensor) -> Tensor:
    sigma = float(deviation[0])
    radius = min(int(3. * sigma) + 1, picture.size(2) - 1, picture.size(3) - 1)
    d = torch.arange(-radius, radius + 1, dtype=6, device=ops.prim.device(picture))
    kernel = torch.exp(torch.div(torch.neg(torch.mul(d, d)), 2. * sigma * sigma))
    kernel = torch.div(kernel, torch.sum(kernel))
    c = picture.size(1)
    planes = torch.reflection_pad2d(picture.view([c, 1, picture.size(2), picture.size(3)]),
        [radius, radius, radius, radius])
    n = 2 * radius + 1
    planes = torch.conv2d(torch.conv2d(planes, kernel.view([1, 1, 1, n])), kernel.view([1, 1, n, 1]))
    return planes.view(picture.size())
