import { has, membersOf } from "@gen/core";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { conditionOf } from "./condition.js";

export const conditionalViews = ofCapability({
  id: "conditional-views",
  capability: "conditional",
  why: "What may be given has a specification, and the model given a condition has the members of the capabilities that it names.",
  async run(model, subject) {
    ensure(Object.keys(model.condition.fields).length > 0, "the condition has no field");
    const view = model.given(conditionOf(model, await subject.rows(1)));
    ensure(view.capabilities.size > 0, "the model given a condition can do nothing");
    for (const capability of view.capabilities) {
      const missing = membersOf(capability).filter((member) => !(member in view));
      ensure(missing.length === 0, `the view names "${capability}" but has no ${missing.join(", ")}`);
      ensure(has(view, capability), `the view names "${capability}" but has() says that it has not`);
    }
    return [...view.capabilities].sort().join(", ");
  },
});
