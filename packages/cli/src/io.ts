/** Where text goes: a stream, or a list in a test. */
export interface Output {
  write(text: string): unknown;
}

/** All that a command touches of the process that it runs in. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether stderr is a terminal, where a line can be written over. */
  readonly terminal: boolean;
  /** The caller's folder: paths start from it. */
  readonly cwd: string;
  /** The program's own folder: plugins beside it are in reach too. */
  readonly home: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

export const line = (output: Output, text: string): unknown => output.write(`${text}\n`);
