import { encodedView, identity, pipe, refuseGaps, selectFields } from "../data/index.js";
import type { Dataset } from "../data/types.js";
import { InputError } from "../errors.js";
import type { Key } from "../random/types.js";
import { assemble } from "./assemble.js";
import { takenSpec } from "./check-data.js";
import { firstEncoding, isModel, type FirstStage } from "./first-stage.js";
import type { Of } from "./schema.js";
import type { AnyInstance, Instance, Manifest, Model, Plugin, Sure } from "./types.js";
import { validate } from "./validate.js";

/** What a model is made from. */
export interface Start<M extends Manifest> {
  readonly data: Dataset;
  readonly config?: Partial<Of<M["model"]>>;
  readonly key: Key;
}

type OfDensity = "density" | "bound" | "joint" | "flow" | "autoregressive";

/**
 * A model of a plugin for some data, in the data's units: fits the plugin's encoding, builds the family's model in
 * the encoding's space with `key.fold("model")`, and puts the border between. `over` makes it stand on a frozen
 * first stage, which it borrows: the caller disposes it later than the instance.
 * Throws `InputError` for settings out of their schema and for data that the plugin does not take.
 */
export function instantiate<M extends Manifest, N extends Model>(
  plugin: Plugin<M, N>,
  options: Start<M> & { readonly over?: undefined },
): Promise<Instance<M, N>>;
export function instantiate<M extends Manifest, N extends Model>(
  plugin: Plugin<M, N>,
  options: Start<M> & { readonly over: FirstStage },
): Promise<Instance<M, N, Exclude<Sure<M>, OfDensity>>>;
export async function instantiate(
  plugin: Plugin,
  options: Start<Manifest> & { readonly over?: FirstStage | undefined },
): Promise<AnyInstance> {
  const { data, key, over } = options;
  const { manifest } = plugin;
  const config = validate(manifest.model, options.config ?? {}, manifest.id);
  if (data.length === 0)
    throw new InputError(`The data have no rows; ${manifest.id} needs some to be made for.`);
  const first = over && firstEncoding(over, manifest, data.spec);
  const spec = first?.to ?? takenSpec(manifest, data.spec);
  await refuseGaps(data, first?.from ?? spec);
  const given = first === undefined ? data : encodedView(data, first);
  // The fields as the plugin takes them: checked, they have no gaps.
  const seen = { ...selectFields(given, Object.keys(spec.fields)), spec };
  const own = (await plugin.encoding?.(seen, config)) ?? identity(spec);
  const encoding = first === undefined ? own : pipe(first, own);
  const inner = plugin.build({ spec: encoding.to, config, key: key.fold("model") });
  return assemble({
    plugin,
    config,
    encoding,
    inner,
    ...(over !== undefined && isModel(over) && { over }),
    ownsOver: false,
  });
}
