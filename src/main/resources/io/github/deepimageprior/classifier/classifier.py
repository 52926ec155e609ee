class Classifier(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # Crops, resizes and normalises pixels in 0..1. Returns the pixels, with respect to which gradients are computed, and
  # the model's input.
  #   pixels  pictures x 1 or 3 channels x height x width
  #   crop    left, top, width and height of the part to classify; width and height of the input; 1 for bicubic, 0 for
  #           bilinear; libtorch's number of the memory order
  #   norm    2 x 3: mean and standard deviation of red, green and blue
  def prepare(self: __torch__.Classifier, pixels: Tensor, crop: Tensor, norm: Tensor) -> List[Tensor]:
    leaf = pixels.detach().requires_grad_(True)
    x = leaf
    if x.size(1) == 1:
      x = x.expand([x.size(0), 3, x.size(2), x.size(3)])
    left, top, width, height, w, h = int(crop[0]), int(crop[1]), int(crop[2]), int(crop[3]), int(crop[4]), int(crop[5])
    if width != x.size(3) or height != x.size(2):
      x = torch.narrow(torch.narrow(x, 3, left, width), 2, top, height)
    if width != w or height != h:
      if int(crop[6]) == 1:
        x = torch._upsample_bicubic2d_aa(x, [h, w], False)
        # white overshoots by a rounding error; clamp alone would set its gradient to 0
        x = x + (torch.clamp(x, 0., 1.) - x).detach()
      else:
        x = torch._upsample_bilinear2d_aa(x, [h, w], False)
    x = (x - norm[0].view([1, 3, 1, 1])) / norm[1].view([1, 3, 1, 1])
    return [leaf, x.contiguous(memory_format=int(crop[7]))]

  # The model's output in 32-bit numbers.
  def scores(self: __torch__.Classifier, output: Tensor) -> Tensor:
    return output.to(6)

  # 1 if the model's output is of a floating type.
  def floating(self: __torch__.Classifier, output: Tensor) -> Tensor:
    return torch.tensor(int(torch.is_floating_point(output)))

  # The model's input in another form.
  #   kind  number of channels; libtorch's number of the type
  def converted(self: __torch__.Classifier, x: Tensor, kind: Tensor) -> Tensor:
    return torch.narrow(x, 1, 0, int(kind[0])).to(int(kind[1]))

  # The gradient of the score of a class with respect to the pixels, for each picture of the batch.
  #   output  the model's output, pictures x classes
  #   leaf    the pixels, as prepare returned them
  #   how     1 if the output is probabilities, 0 if it is logits; number of the class; score: 0 logit, 1 probability,
  #           2 cross-entropy
  def gradient(self: __torch__.Classifier, output: Tensor, leaf: Tensor, how: Tensor) -> Tensor:
    logits = output.to(6)
    if int(how[0]) == 1:
      logits = torch.log(torch.clamp(logits, 1e-37))
    target, kind = int(how[1]), int(how[2])
    if kind == 0:
      score = torch.sum(torch.select(logits, 1, target))
    elif kind == 1:
      score = torch.sum(torch.select(torch.softmax(logits, 1), 1, target))
    else:
      score = torch.neg(torch.sum(torch.select(torch.log_softmax(logits, 1), 1, target)))
    return unchecked_cast(Tensor, torch.grad([score], [leaf])[0])
