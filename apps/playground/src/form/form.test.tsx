import type { Property, Schema } from "@gen/core";
import { parseSetting, validate } from "@gen/core";
import { signal } from "@preact/signals";
import fc from "fast-check";
import { render } from "preact-render-to-string";
import { expect, test } from "vitest";
import { check, grouped, shown, textsOf, valuesOf } from "./field.js";
import { SchemaForm } from "./schema-form.js";
import { hasSlider, positionOf, positions, valueAt } from "./slider.js";

const text = fc.string({ minLength: 1, maxLength: 12 });
const help = fc.record({ en: text, zh: text });
const common = fc.record({ help, title: help, group: text }, { requiredKeys: [] });

const numeric = fc
  .record({
    type: fc.constantFrom("integer" as const, "number" as const),
    ends: fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 20_000 })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    bounded: fc.constantFrom("both", "minimum", "none"),
    scale: fc.constantFrom("linear" as const, "log" as const),
  })
  .map(({ type, ends: [low, width], share, bounded, scale }): Property => {
    const minimum = scale === "log" ? Math.abs(low) : low;
    const between = minimum + share * width;
    return {
      type,
      scale,
      default: type === "integer" ? Math.round(between) : between,
      ...(bounded !== "none" && { minimum }),
      ...(bounded === "both" && { maximum: minimum + width }),
    };
  });
const property: fc.Arbitrary<Property> = fc
  .oneof(
    numeric,
    fc.record({ type: fc.constant("boolean" as const), default: fc.boolean() }),
    fc
      .uniqueArray(text, { minLength: 1, maxLength: 5 })
      .map((names): Property => ({ type: "string", enum: names, default: names[0]! })),
    fc.record({ type: fc.constant("string" as const), default: text }),
  )
  .chain((one) => common.map((more) => ({ ...one, ...more })));
const schemas: fc.Arbitrary<Schema> = fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{0,9}$/), property, {
  maxKeys: 6,
});

test("any schema: its form says its defaults, and core takes what the form reads", () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const values = valuesOf(schema, textsOf(schema));
      expect(values).toEqual(validate(schema, {}, "made-up"));
      expect(
        grouped(schema)
          .flatMap(([, properties]) => properties.map(([name]) => name))
          .sort(),
      ).toEqual(Object.keys(schema).sort());
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("any schema renders one labelled control for each setting", () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const html = render(
        <SchemaForm
          form={{
            schema: signal(schema),
            texts: signal(textsOf(schema)),
            values: signal(undefined),
            complaints: signal({}),
            set: () => undefined,
          }}
        />,
      );
      expect(html.match(/<label /g) ?? []).toHaveLength(Object.keys(schema).length);
      expect(html).not.toContain('aria-invalid="true"');
    }),
    { seed: 7, numRuns: 100 },
  );
});

test("any text: the form refuses what core refuses, and reads the same number", () => {
  const texts = fc.oneof(
    fc.constantFrom(
      "",
      " ",
      "1e400",
      "-0",
      "0x10",
      "1_000",
      "١",
      "NaN",
      "Infinity",
      "1e3",
      ".5",
      "5.",
      "true",
    ),
    fc.double().map(String),
    fc.integer().map(String),
    fc.string(),
  );
  fc.assert(
    fc.property(numeric, texts, (one, input) => {
      const checked = check(one, input);
      let expected: unknown;
      try {
        expected = parseSetting(one, input);
      } catch {
        expected = undefined;
      }
      expect("value" in checked ? checked.value : undefined).toBe(expected);
    }),
    { seed: 7, numRuns: 1000 },
  );
});

test("says in a field what is wrong with it", () => {
  const rate: Property = { type: "number", default: 0.1, minimum: 0, maximum: 1 };
  expect(check(rate, "2")).toEqual({ problem: { key: "tooLarge", limit: 1 } });
  expect(check(rate, "-1")).toEqual({ problem: { key: "tooSmall", limit: 0 } });
  expect(check(rate, "much")).toEqual({ problem: { key: "notANumber" } });
  expect(check({ type: "integer", default: 1 }, "1.5")).toEqual({ problem: { key: "notAnInteger" } });
  const form = {
    schema: signal<Schema>({ rate }),
    texts: signal({ rate: "2" }),
    values: signal(undefined),
    complaints: signal({}),
    set: () => undefined,
  };
  const html = render(<SchemaForm form={form} />);
  expect(html).toContain("Give at most 1.");
  expect(html).toContain('aria-invalid="true"');
});

test("a slider gives values of its property, and stands where the value is", () => {
  fc.assert(
    fc.property(numeric, fc.integer({ min: 0, max: positions }), (one, position) => {
      if ((one.type !== "integer" && one.type !== "number") || !hasSlider(one)) return;
      const value = valueAt(one, position);
      expect(check(one, shown(value))).toEqual({ value });
      expect(positionOf(one, valueAt(one, 0))).toBeLessThanOrEqual(positionOf(one, value));
    }),
    { seed: 7, numRuns: 500 },
  );
  const log: Property & { type: "number" } = {
    type: "number",
    default: 1,
    minimum: 1e-4,
    maximum: 1,
    scale: "log",
  };
  expect(valueAt(log, positions / 2)).toBe(0.01);
  expect(positionOf(log, 0.01)).toBe(positions / 2);
});
