// The browser for tests, found in this order: CHROMIUM_PATH, an installed one, the npm package @sparticuz/chromium.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

const own = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Flags for a browser without a screen: nothing of its own on the network, WebGL and WebGPU by SwiftShader. */
const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

function installed() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const programs = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...programs, ...applications].find((path) => existsSync(path));
}

/** Run by another Node process, because the package changes environment variables of the one that loads it. */
const unpacking = `
  const { default: chromium } = await import(process.argv[1]);
  await chromium.executablePath();
`;

/**
 * The browser inside @sparticuz/chromium (Linux on x64), unpacked once. It takes its own libraries along only where
 * it believes itself to be on AWS Lambda; they stand beside it and are named to the loader at launch.
 */
async function packaged() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  let entry;
  try {
    entry = import.meta.resolve("@sparticuz/chromium");
  } catch {
    return undefined;
  }
  const version = own.devDependencies["@sparticuz/chromium"];
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    await mkdir(cache, { recursive: true });
    const unpacked = await mkdtemp(join(cache, "unpacking-"));
    const env = { ...process.env, TMPDIR: unpacked, AWS_LAMBDA_JS_RUNTIME: "nodejs20.x" };
    const script = ["--input-type=module", "-e", unpacking, entry];
    await promisify(execFile)(process.execPath, script, { env });
    // Two test processes may have unpacked at once: the first to rename wins.
    await rename(unpacked, folder).catch(() => rm(unpacked, { recursive: true, force: true }));
  }
  const libraries = [join(folder, "al2023/lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    executablePath: join(folder, "chromium"),
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: join(folder, "fonts") },
  };
}

/** Options for playwright-core's `chromium.launch`, or undefined where there is no browser. */
export async function launchOptions() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist.`);
  const path = given || installed();
  const found = path ? { executablePath: path } : await packaged();
  return found && { headless: true, args: flags, ...found };
}

/**
 * The same for tests that need a browser: where there is none they are left out with a line that says so and how to
 * get one, and in CI that is an error.
 */
export async function launchOptionsOrLeaveOut(tests) {
  const options = await launchOptions();
  if (options) return options;
  const line =
    `Left out for want of a browser: ${tests}. ` +
    `Install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run the tests again.`;
  if (process.env.CI && process.env.CI !== "false") throw new Error(line);
  console.warn(line);
  return undefined;
}
