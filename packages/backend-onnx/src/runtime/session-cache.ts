import type { Session } from "./session.js";

/** Sessions by what they compute; beyond `capacity` the one that was idle longest is given up. */
export class SessionCache {
  private readonly known = new Map<string, Session>();

  constructor(private readonly capacity: number) {}

  get(key: string, make: () => Session): Session {
    const session = this.known.get(key) ?? make();
    this.known.delete(key);
    this.known.set(key, session);
    if (this.known.size > this.capacity) {
      const [oldest, idle] = this.known.entries().next().value!;
      this.known.delete(oldest);
      idle.dispose();
    }
    return session;
  }

  get size(): number {
    return this.known.size;
  }

  dispose(): void {
    for (const session of this.known.values()) session.dispose();
    this.known.clear();
  }
}
