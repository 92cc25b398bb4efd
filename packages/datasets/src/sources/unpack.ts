import { gunzip } from "../formats/gunzip.js";

/** The bytes of a built-in file: gzip as base64. */
export const unpack = (base64: string, name: string): Uint8Array =>
  gunzip(
    Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    name,
  );
