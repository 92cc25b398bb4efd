export type { Fans, Initialiser } from "./initialisers/initialiser.js";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  normal,
  ones,
  torchDefault,
  uniform,
  zeros,
} from "./initialisers/initialisers.js";
export { orthogonal } from "./initialisers/orthogonal.js";
export { gelu, geluTanh, silu } from "./layers/activations.js";
export {
  causalMask,
  scaledDotProductAttention,
  SelfAttention,
  type AttentionCache,
  type SelfAttentionOptions,
} from "./layers/attention.js";
export { BatchNorm, type BatchNormOptions, type Updates } from "./layers/batch-norm.js";
export { Conv2d, type Conv2dOptions } from "./layers/convolution.js";
export { Dense, type DenseOptions } from "./layers/dense.js";
export { dropout } from "./layers/dropout.js";
export { Embedding, type EmbeddingOptions } from "./layers/embedding.js";
export { GroupNorm, type GroupNormOptions } from "./layers/group-norm.js";
export type { Pair } from "./layers/images.js";
export { LayerNorm, type LayerNormOptions } from "./layers/layer-norm.js";
export { oneHot } from "./layers/one-hot.js";
export { averagePool, maxPool, upsampleNearest } from "./layers/pooling.js";
export { SpectralNorm, type SpectralNormOptions } from "./layers/spectral-norm.js";
export { ConvTranspose2d, type ConvTranspose2dOptions } from "./layers/transposed-convolution.js";
export { softmaxCrossEntropy } from "./losses/cross-entropy.js";
export { Adam, adamW, type AdamOptions } from "./optimizers/adam.js";
export { clipByGlobalNorm, clipped } from "./optimizers/clipped.js";
export { cosine, exponential, linear, rateAt, type Schedule } from "./optimizers/schedules.js";
export { Sgd, type SgdOptions } from "./optimizers/sgd.js";
export { collect, disposeAll, type Layer, type Variables } from "./variables.js";
