import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchOptionsOrLeaveOut } from "../../../scripts/chromium.mjs";
import { serve } from "../../../scripts/serve.mjs";

const app = fileURLToPath(new URL("..", import.meta.url));
const site = `${app}dist`;
const options = await launchOptionsOrLeaveOut("the playground in a browser");

let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;

/** A fresh page, with what its console complained of. */
async function open(context: Parameters<Browser["newContext"]>[0] = {}): Promise<{
  page: Page;
  context: BrowserContext;
  complaints: string[];
}> {
  const opened = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: "en",
    ...context,
  });
  const page = await opened.newPage();
  const complaints: string[] = [];
  page.on("console", (entry) => {
    if (["error", "warning"].includes(entry.type())) complaints.push(entry.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(server.address);
  await ready(page);
  return { page, context: opened, complaints };
}

const train = (page: Page): Locator => page.locator("[data-action=train]:enabled");
const ready = (page: Page): Promise<void> => train(page).waitFor({ timeout: 30_000 });
const steps = (page: Page): Locator => page.getByRole("textbox", { name: "Steps" });
const plugins = (page: Page): Promise<string[]> =>
  page.$$eval("[data-plugin]", (tiles) => tiles.map((tile) => tile.getAttribute("data-plugin") ?? ""));

/** Chooses a plugin with its default data, small if it offers that, for some steps. */
async function choose(page: Page, plugin: string, count: number): Promise<void> {
  await page.locator(`[data-plugin="${plugin}"]`).click();
  await ready(page);
  const small = page.locator("select:has(option[value=small])");
  if ((await small.count()) > 0) await small.selectOption("small");
  await steps(page).fill(String(count));
}

/** What a model shows of itself: samples, what its codes keep, or what it predicts. */
const shown = (page: Page): Locator => page.locator(".stage:not([data-view=data]):not([data-samples='0'])");
const appeared = (page: Page): Promise<void> => shown(page).waitFor({ timeout: 180_000 });

const finished = (page: Page): Promise<void> =>
  page.locator(".status[data-phase=ready]").waitFor({ timeout: 180_000 });

/** Of each metric its first, last, lowest and highest value. */
const metrics = (page: Page): Promise<Record<string, readonly number[]>> =>
  page.$$eval("[data-metric]", (rows) =>
    Object.fromEntries(
      rows.map((row) => [
        row.getAttribute("data-metric") ?? "",
        [...row.querySelectorAll("[data-value]")].map((cell) => Number(cell.getAttribute("data-value"))),
      ]),
    ),
  );

describe.runIf(options !== undefined)("the page in a browser", () => {
  beforeAll(async () => {
    if (!existsSync(`${site}/index.html`)) await build({ root: app, logLevel: "error" });
    server = await serve(site, 5300);
    browser = await chromium.launch(options);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  test("every installed plugin trains on its default data: the loss falls, samples, reconstructions or predictions appear, a file is saved", async () => {
    const { page, context, complaints } = await open();
    const found = await plugins(page);
    expect(found.length).toBeGreaterThan(0);
    for (const plugin of found) {
      await choose(page, plugin, 10);
      await train(page).click();
      await finished(page);
      await appeared(page);
      const told = await metrics(page);
      for (const value of Object.values(told).flat()) expect(value, plugin).not.toBeNaN();
      const { loss, logLikelihood } = told;
      // A step's loss may be by chance, and two networks that play against each other have none.
      if (loss) expect(loss[2], plugin).toBeLessThan(loss[0]!);
      if (logLikelihood) expect(logLikelihood[3], plugin).toBeGreaterThan(logLikelihood[0]!);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("[data-action=save]").click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${plugin}.safetensors`);
      const bytes = await readFile(await download.path());
      const header = bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString();
      expect((JSON.parse(header) as Record<string, unknown>)["__metadata__"]).toMatchObject({
        plugin,
        step: expect.any(String) as string,
      });

      // The file opens again: the same model, with samples of its own.
      await page.locator(".buttons button", { hasText: "Reset" }).first().click();
      await page.locator("[data-view=data]").waitFor();
      await page
        .locator("[data-action=open]")
        .setInputFiles({ name: "mine.safetensors", mimeType: "", buffer: bytes });
      await page.locator(".status", { hasText: "Opened mine.safetensors" }).waitFor();
      await appeared(page);
    }
    expect(complaints).toEqual([]);
    await context.close();
  }, 600_000);

  test("pausing, resuming and stopping keep the model; frames of a draw are shown", async () => {
    const { page, context, complaints } = await open({ reducedMotion: "reduce" });
    const drawing = page.locator("[data-plugin]", { hasText: "draws samples" }).last();
    const plugin = (await drawing.getAttribute("data-plugin")) ?? "";
    await choose(page, plugin, 100_000);
    await train(page).click();
    await shown(page).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const status = page.locator(".status");
    await expect.poll(() => status.textContent()).toMatch(/^Paused at step/);
    const paused = await status.textContent();
    await page.waitForTimeout(300);
    expect(await status.textContent()).toBe(paused);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => status.textContent()).toMatch(/^Step .* of 100,000/);
    await page.getByRole("button", { name: "Stop" }).click();
    await finished(page);
    expect(await status.textContent()).toMatch(/^Stopped at step/);
    await page.locator("[data-action=trace]").click();
    await page.locator("[data-action=trace]").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("bad files and settings give a sentence at their place and lose nothing", async () => {
    const { page, context, complaints } = await open();
    const [plugin = ""] = await plugins(page);
    await choose(page, plugin, 2);
    await train(page).click();
    await finished(page);
    const status = await page.locator(".status").textContent();

    await page
      .locator("[data-action=open]")
      .setInputFiles({ name: "broken.safetensors", mimeType: "", buffer: Buffer.from("no model at all") });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/can't be opened: .*safetensors.*\./);
    expect(await page.locator(".status").textContent()).toBe(status);
    expect(await shown(page).count()).toBe(1);
    await page.getByRole("button", { name: "Dismiss" }).click();

    await page.locator("[data-action=folder]").setInputFiles(`${app}src`);
    const about = page.locator(".wrong .problem");
    await expect.poll(() => about.textContent()).toMatch(/folder ".\/src" holds no PNG file/);
    await page
      .locator("[data-action=file]")
      .setInputFiles({ name: "ragged.csv", mimeType: "", buffer: Buffer.from("a,b\n1,2\n3\n") });
    await expect.poll(() => about.textContent()).toMatch(/ragged\.csv.*line 3/);
    await steps(page).fill("many");
    await page.locator(".problem", { hasText: "Give a number." }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("any column of a table of one's own can be its label", async () => {
    const { page, context, complaints } = await open();
    const classifying = page.locator("[data-plugin]", { hasText: "classifies" }).first();
    await choose(page, (await classifying.getAttribute("data-plugin")) ?? "", 3);
    const table = Array.from(
      { length: 20 },
      (_, i) => `${i % 7},${i % 2 ? "yes" : "no"},${i % 3 ? "x" : "y"}`,
    );
    await page.locator("[data-action=file]").setInputFiles({
      name: "mine.csv",
      mimeType: "",
      buffer: Buffer.from(`a,b,class\n${table.join("\n")}\n`),
    });
    const label = page.getByRole("combobox", { name: "Column of labels" });
    await expect.poll(() => label.inputValue()).toBe("class");
    await label.selectOption("b");
    const heads = () => page.locator(".stage[data-view=data] th[scope=col]").allTextContents();
    await expect.poll(heads).toEqual(expect.arrayContaining(["a", "b", "class"]));
    await label.selectOption("none");
    await expect.poll(heads).not.toContain("class");
    await label.selectOption("b");
    await expect.poll(heads).toContain("b");
    await train(page).click();
    await finished(page);
    const told = page.getByRole("region", { name: "Predictions, row by row" });
    expect(await told.locator("tbody").textContent()).toMatch(/yes|no/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("both languages, both themes and both widths: nothing overflows, nothing that a reader of the screen would miss", async () => {
    const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
    for (const [colorScheme, width] of [
      ["light", 1280],
      ["dark", 360],
    ] as const) {
      const { page, context, complaints } = await open({ colorScheme, viewport: { width, height: 800 } });
      // One that predicts draws the most of the page.
      const predicting = page.locator("[data-plugin]", { hasText: "classifies" }).first();
      await choose(page, (await predicting.getAttribute("data-plugin")) ?? "", 3);
      await train(page).click();
      await finished(page);
      await page.locator(".predictions").waitFor();
      await page.addScriptTag({ path: axe });
      for (const [language, title] of [
        ["中文", "模型"],
        ["English", "Model"],
      ] as const) {
        await page.getByRole("button", { name: language }).click();
        await expect.poll(() => page.locator("legend").first().textContent()).toContain(title);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const findings = await page.evaluate(async () => {
          const { axe } = window as unknown as {
            readonly axe: {
              run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
            };
          };
          const { violations } = await axe.run();
          return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html ?? ""}`);
        });
        expect(findings).toEqual([]);
      }
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      expect(complaints).toEqual([]);
      await context.close();
    }
  });
});
