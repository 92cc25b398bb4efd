import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "../scripts/serve.mjs";

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gen-serve-"));
  await mkdir(join(folder, "site/assets"), { recursive: true });
  await writeFile(join(folder, "secret.txt"), "secret");
  await writeFile(join(folder, "site/index.html"), "<title>page</title>");
  await writeFile(join(folder, "site/assets/a.wasm"), new Uint8Array([0, 97, 115, 109]));
  server = await serve(join(folder, "site"), 0);
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** fetch would tidy up a path before it sends it. */
function status(path: string, method = "GET"): Promise<number | undefined> {
  const { port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, method, host: "127.0.0.1" }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("serve", () => {
  it("serves the page, cross-origin isolated", async () => {
    const response = await fetch(server.address);
    expect(await response.text()).toBe("<title>page</title>");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(response.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  });

  it("names WebAssembly's type, without which no page compiles it while it streams", async () => {
    const response = await fetch(`${server.address}assets/a.wasm`);
    expect(response.headers.get("content-type")).toBe("application/wasm");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0, 97, 115, 109]));
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/assets", "/%", "/a%00b", "/none.js"])(
    "gives nothing for %s",
    async (path) => {
      expect(await status(path)).toBe(404);
    },
  );

  it("only reads", async () => {
    expect(await status("/", "POST")).toBe(405);
    expect(await status("/", "HEAD")).toBe(200);
  });

  it("takes the next free port", async () => {
    const port = Number(new URL(server.address).port);
    const second = await serve(join(folder, "site"), port);
    expect(Number(new URL(second.address).port)).toBeGreaterThan(port);
    await second.close();
  });
});
