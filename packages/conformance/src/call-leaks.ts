import type { AnyInstance, Capability, Capable, Rows } from "@gen/core";
import { ofCapability, type Definition } from "./definition.js";
import { misfits } from "./data/misfits.js";
import type { Subject } from "./subject.js";
import { ensureNoLeak, ensureRefuses, ensureThrows } from "./tensors.js";

type Calls = Readonly<Record<string, () => unknown>>;

interface Rule<C extends Capability> {
  /** Calls of the capability's members on rows; what they return is disposed. */
  onRows?(model: AnyInstance & Capable<C>, rows: Rows, subject: Subject): Calls;
  /** Calls that take no rows. */
  others?(model: AnyInstance & Capable<C>, subject: Subject): Calls;
}

/** A check that a capability's members leave no tensor behind, also on rows that they must refuse. */
export const callLeaks = <C extends Capability>(capability: C, rule: Rule<C>): Definition =>
  ofCapability<C>({
    id: `${capability}-leaks`,
    capability,
    why: "Calls leave no tensor behind but what they return, and refuse rows that do not fit, leaving nothing.",
    async run(model, subject) {
      const calls = { ...rule.onRows?.(model, await subject.x(), subject), ...rule.others?.(model, subject) };
      for (const [name, call] of Object.entries(calls)) await ensureNoLeak(name, call);
      if (!rule.onRows) return undefined;
      const { missing, misshapen } = misfits(subject.data.spec, await subject.x());
      for (const [name, call] of Object.entries(rule.onRows(model, missing, subject)))
        await ensureRefuses(`${name} of rows without their columns`, call);
      for (const [name, call] of Object.entries(rule.onRows(model, misshapen, subject)))
        await ensureThrows(`${name} of rows of another shape`, call);
      return undefined;
    },
  });
