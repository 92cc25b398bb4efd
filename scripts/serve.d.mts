/** Serves a folder's files on this machine, on the next free port from `port`. */
export function serve(
  folder: string,
  port: number,
): Promise<{ readonly address: string; close(): Promise<void> }>;
