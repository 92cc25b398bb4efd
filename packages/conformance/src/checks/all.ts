import type { Definition } from "../definition.js";
import { autoregressiveCache } from "./autoregressive/cache.js";
import { autoregressiveCausal } from "./autoregressive/causal.js";
import { autoregressiveDensity } from "./autoregressive/density.js";
import { autoregressiveFrames } from "./autoregressive/frames.js";
import { autoregressiveGreedy } from "./autoregressive/greedy.js";
import { autoregressiveLeaks } from "./autoregressive/leaks.js";
import { autoregressiveNormalised } from "./autoregressive/normalised.js";
import { autoregressiveSamples } from "./autoregressive/samples.js";
import { autoregressiveSymbols } from "./autoregressive/symbols.js";
import { boundLeaks } from "./bound/leaks.js";
import { boundRows } from "./bound/rows.js";
import { boundTightens } from "./bound/tightens.js";
import { classifierLeaks } from "./classifier/leaks.js";
import { classifierNormalised } from "./classifier/normalised.js";
import { codecBetween } from "./codec/between.js";
import { codecCodes } from "./codec/codes.js";
import { codecKeeps } from "./codec/keeps.js";
import { codecLeaks } from "./codec/leaks.js";
import { codecRows } from "./codec/rows.js";
import { conditionalChain } from "./conditional/chain.js";
import { conditionalJoint } from "./conditional/joint.js";
import { conditionalLeaks } from "./conditional/leaks.js";
import { conditionalSamples } from "./conditional/samples.js";
import { conditionalViews } from "./conditional/views.js";
import { densityLeaks } from "./density/leaks.js";
import { densityNormalised } from "./density/normalised.js";
import { densityRows } from "./density/rows.js";
import { densitySamples } from "./density/samples.js";
import { featuresLeaks } from "./features/leaks.js";
import { featuresRows } from "./features/rows.js";
import { implicitLeaks } from "./implicit/leaks.js";
import { implicitNoise } from "./implicit/noise.js";
import { implicitRows } from "./implicit/rows.js";
import { implicitSamples } from "./implicit/samples.js";
import { flowBase } from "./flow/base.js";
import { flowDensity } from "./flow/density.js";
import { flowInverse } from "./flow/inverse.js";
import { flowJacobian } from "./flow/jacobian.js";
import { flowLeaks } from "./flow/leaks.js";
import { jointBayes } from "./joint/bayes.js";
import { jointDensity } from "./joint/density.js";
import { jointLeaks } from "./joint/leaks.js";
import { latentDivergence } from "./latent/divergence.js";
import { latentLeaks } from "./latent/leaks.js";
import { latentShapes } from "./latent/shapes.js";
import { abort } from "./plugin/abort.js";
import { build } from "./plugin/build.js";
import { capabilities } from "./plugin/capabilities.js";
import { disposal } from "./plugin/disposal.js";
import { files } from "./plugin/files.js";
import { gaps } from "./plugin/gaps.js";
import { leaks } from "./plugin/leaks.js";
import { learning } from "./plugin/learning.js";
import { manifestCapabilities } from "./plugin/manifest-capabilities.js";
import { manifestData } from "./plugin/manifest-data.js";
import { manifestExceptions } from "./plugin/manifest-exceptions.js";
import { manifestLanguages } from "./plugin/manifest-languages.js";
import { manifestSettings } from "./plugin/manifest-settings.js";
import { manifestShape } from "./plugin/manifest-shape.js";
import { resume } from "./plugin/resume.js";
import { seed } from "./plugin/seed.js";
import { training } from "./plugin/training.js";
import { sampleKeys } from "./sample/keys.js";
import { sampleLeaks } from "./sample/leaks.js";
import { sampleOptions } from "./sample/options.js";
import { samplePrefix } from "./sample/prefix.js";
import { sampleRows } from "./sample/rows.js";
import { sampleTrace } from "./sample/trace.js";
import { sequenceEmpty } from "./sequence/empty.js";
import { sequenceEnumeration } from "./sequence/enumeration.js";
import { sequenceLeaks } from "./sequence/leaks.js";
import { sequenceMarginals } from "./sequence/marginals.js";
import { sequencePaths } from "./sequence/paths.js";
import { sequencePosterior } from "./sequence/posterior.js";

/** Every check, in the order in which they are run. */
export const definitions: readonly Definition[] = [
  manifestShape,
  manifestData,
  manifestLanguages,
  manifestSettings,
  manifestCapabilities,
  manifestExceptions,
  build,
  capabilities,
  seed,
  training,
  learning,
  gaps,
  abort,
  resume,
  files,
  disposal,
  leaks,
  sampleKeys,
  sampleOptions,
  samplePrefix,
  sampleRows,
  sampleTrace,
  sampleLeaks,
  densityNormalised,
  densityRows,
  densitySamples,
  densityLeaks,
  boundRows,
  boundTightens,
  boundLeaks,
  latentDivergence,
  latentShapes,
  latentLeaks,
  codecCodes,
  codecRows,
  codecKeeps,
  codecBetween,
  codecLeaks,
  featuresRows,
  featuresLeaks,
  implicitNoise,
  implicitRows,
  implicitSamples,
  implicitLeaks,
  flowBase,
  flowDensity,
  flowInverse,
  flowJacobian,
  flowLeaks,
  jointBayes,
  jointDensity,
  jointLeaks,
  classifierNormalised,
  classifierLeaks,
  conditionalChain,
  conditionalJoint,
  conditionalSamples,
  conditionalViews,
  conditionalLeaks,
  autoregressiveCache,
  autoregressiveCausal,
  autoregressiveDensity,
  autoregressiveFrames,
  autoregressiveGreedy,
  autoregressiveNormalised,
  autoregressiveSamples,
  autoregressiveSymbols,
  autoregressiveLeaks,
  sequenceMarginals,
  sequencePaths,
  sequenceEnumeration,
  sequencePosterior,
  sequenceEmpty,
  sequenceLeaks,
];
