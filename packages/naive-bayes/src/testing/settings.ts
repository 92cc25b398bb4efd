import { validate, type DataSpec } from "@gen/core";
import { manifest } from "../manifest.js";
import { NaiveBayes } from "../model.js";
import type { NaiveBayesConfig } from "../config.js";

/** A model with the manifest's defaults for what is not given. */
export const naiveBayesOf = (spec: DataSpec, config: Partial<NaiveBayesConfig> = {}): NaiveBayes =>
  new NaiveBayes(spec, validate(manifest.model, config, "test"));
