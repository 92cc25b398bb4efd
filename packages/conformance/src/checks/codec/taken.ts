import { download, type Rows } from "@gen/core";
import { release } from "../../tensors.js";

/** Rows that a call gave, in JavaScript arrays; its tensors are disposed. */
export async function taken(rows: Rows): Promise<Rows> {
  try {
    return await download(rows);
  } finally {
    release(rows);
  }
}
