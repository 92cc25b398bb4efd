import { demand, type AnyInstance, type Key, type Rows } from "@gen/core";
import { membersIn } from "../../capability-names.js";
import { ofCapability } from "../../definition.js";
import { ensure } from "../../failure.js";
import { conditionOf } from "./condition.js";

export const conditionalViews = ofCapability({
  id: "conditional-views",
  capability: "conditional",
  why: "What may be given has a specification, and the model given a condition has the members of the capabilities that it names.",
  async run(model, subject) {
    ensure(Object.keys(model.condition.fields).length > 0, "the condition has no field");
    const condition = conditionOf(model, await subject.rows(1));
    const view = model.given(condition);
    ensure(view.capabilities.size > 0, "the model given a condition can do nothing");
    // In the model's own space: the border supplies every member of a capability that is named.
    const inner = demand(model.inner, "conditional").given(encodedCondition(model, condition, subject.key));
    for (const capability of inner.capabilities) {
      const missing = membersIn(subject.plugin, capability).filter((member) => !(member in inner));
      ensure(missing.length === 0, `the view names "${capability}" but has no ${missing.join(", ")}`);
    }
    return [...view.capabilities].sort().join(", ");
  },
});

const encodedCondition = ({ encoding }: AnyInstance, condition: Rows, key: Key): Rows =>
  encoding.encode(condition, encoding.stochastic ? key.fold("condition") : undefined);
