import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tidy } from "@tensorflow/tfjs-core";
import { key } from "@gen/core";
import { normal } from "@gen/core/random";
import type { BenchOptions, Figures } from "../item.js";
import { items } from "../items.js";
import { dcgan } from "../models/dcgan.js";
import { images } from "../models/images.js";
import { runPeer } from "../peer.js";
import { networkProgram } from "./network.js";

const [count, part] = [5000, 500];

/** Images with values in [-1, 1] as an idx file of bytes. */
function idx3(samples: Float32Array): Uint8Array {
  const file = Buffer.alloc(16 + samples.length);
  [0x803, count, 28, 28].forEach((value, i) => file.writeUInt32BE(value, 4 * i));
  samples.forEach((value, i) => (file[16 + i] = Math.round((255 * (value + 1)) / 2)));
  return file;
}

/** The peer's figures of samples, in the features of its own classifier. */
async function scored(samples: Float32Array, options: BenchOptions): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "gen-bench-"));
  try {
    const score = join(folder, "samples-idx3-ubyte");
    writeFileSync(score, idx3(samples));
    return await runPeer(items["dcgan"]!, "quality", { ...options, score });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export default networkProgram({
  item: "dcgan",
  make: dcgan,
  table: ({ mnist }) => images(mnist!, (level) => level / 127.5 - 1).train,
  steps: ({ epochs = 3 }) => 937 * epochs,
  async score(network, options) {
    const samples = new Float32Array(count * 784);
    for (let from = 0; from < count; from += part) {
      const drawn = tidy(() => network.generate(normal(key(1234).fold(from), [part, 64])).dataSync());
      samples.set(drawn, from * 784);
    }
    const { frechet, precision, recall, density, coverage } = await scored(samples, options);
    return {
      frechet: frechet!,
      precision: precision!,
      recall: recall!,
      density: density!,
      coverage: coverage!,
    };
  },
});
