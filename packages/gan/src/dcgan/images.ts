import { reshape, transpose, type Tensor } from "@tensorflow/tfjs-core";
import { InputError, tensor, xFields, type DataSpec, type Rows } from "@gen/core";
import type { Layout } from "../networks.js";

/** One column of images, [height, width, channels] in rows and channels first inside. */
export class Images implements Layout {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;

  /** @throws InputError unless x is one column of images of one size. */
  constructor(spec: DataSpec) {
    const fields = Object.entries(xFields(spec));
    const [name, field] = fields[0] ?? [];
    if (name === undefined || field === undefined || fields.length > 1)
      throw new InputError(`This model takes one column of images, but the data have ${fields.length}.`);
    if (
      field.type !== "real" ||
      field.shape.length !== 3 ||
      field.optional === true ||
      field.sequence === true
    )
      throw new InputError(
        `The column "${name}" is no column of images of one size: its rows must be [height, width, channels].`,
      );
    this.name = name;
    [this.height, this.width, this.channels] = field.shape as [number, number, number];
  }

  input(x: Rows): Tensor {
    const { name, height, width, channels } = this;
    const images = tensor(x, name);
    return channels === 1 ? reshape(images, [x.length, 1, height, width]) : transpose(images, [0, 3, 1, 2]);
  }

  output(x: Tensor): Record<string, Tensor> {
    const { name, height, width, channels } = this;
    const images = channels === 1 ? reshape(x, [x.shape[0], height, width, 1]) : transpose(x, [0, 2, 3, 1]);
    return { [name]: images };
  }
}
