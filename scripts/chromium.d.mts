/** What playwright-core's `chromium.launch` takes from us. */
export interface LaunchOptions {
  readonly headless: true;
  readonly executablePath: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

/** The browser: CHROMIUM_PATH, an installed one, or that of @sparticuz/chromium; undefined where there is none. */
export function launchOptions(): Promise<LaunchOptions | undefined>;

/**
 * The same for tests that need a browser.
 *
 * @param tests - what is left out without one, for the line that says so
 * @throws Error in CI where there is no browser
 */
export function launchOptionsOrLeaveOut(tests: string): Promise<LaunchOptions | undefined>;
