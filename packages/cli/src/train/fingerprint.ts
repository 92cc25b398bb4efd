import { createHash } from "node:crypto";
import { chunks, key, type Column, type Dataset } from "@gen/core";

/** SHA-256 of all rows of a data set: whether a run goes on with the data that it began with. */
export async function fingerprint(data: Dataset): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(data.spec));
  for await (const rows of chunks(data, 4096, key(0))) {
    for (const [name, column] of Object.entries(rows.columns))
      hash.update(JSON.stringify(name)).update(bytesOf(column));
  }
  return hash.digest("hex");
}

function bytesOf({ data, lengths }: Column): Uint8Array | string {
  const ends = lengths === undefined ? "" : JSON.stringify([...lengths]);
  if (ArrayBuffer.isView(data)) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return ends === "" ? bytes : Buffer.concat([bytes, Buffer.from(ends)]);
  }
  if (Array.isArray(data)) return JSON.stringify(data);
  throw new TypeError("Data sets hold JavaScript arrays.");
}
