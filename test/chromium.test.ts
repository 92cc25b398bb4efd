import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { launchOptions, launchOptionsOrLeaveOut } from "../scripts/chromium.mjs";
import { serve } from "../scripts/serve.mjs";

afterEach(() => {
  vi.unstubAllEnvs();
});

const options = await launchOptionsOrLeaveOut("test/chromium.test.ts");

describe("the browser", () => {
  it.runIf(options !== undefined)("opens a page that we serve, isolated and with WebGL 2", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gen-chromium-"));
    await writeFile(join(folder, "index.html"), "<canvas></canvas>");
    const server = await serve(folder, 0);
    const browser = await chromium.launch(options);
    try {
      const page = await browser.newPage();
      await page.goto(server.address);
      expect(await page.evaluate("crossOriginIsolated")).toBe(true);
      expect(await page.evaluate('document.querySelector("canvas").getContext("webgl2") !== null')).toBe(
        true,
      );
    } finally {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true });
    }
  });

  it("is refused where CHROMIUM_PATH names nothing", async () => {
    vi.stubEnv("CHROMIUM_PATH", "/no/such/browser");
    await expect(launchOptions()).rejects.toThrow(
      "CHROMIUM_PATH names /no/such/browser, which does not exist.",
    );
  });
});
