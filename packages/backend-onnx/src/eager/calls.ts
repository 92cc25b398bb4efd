/** How often each kernel ran natively, and how often on the cpu back end's own. */
export const calls = { native: new Map<string, number>(), fallback: new Map<string, number>() };

export function count(kind: keyof typeof calls, kernelName: string): void {
  calls[kind].set(kernelName, (calls[kind].get(kernelName) ?? 0) + 1);
}
