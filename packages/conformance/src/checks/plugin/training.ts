import { ofPlugin } from "../../definition.js";
import { ensure } from "../../failure.js";

export const training = ofPlugin({
  id: "training",
  why: "Training goes on to its end with finite figures.",
  async run(subject) {
    const { events } = await subject.trainedOnce();
    let steps = 0;
    for (const event of events) {
      if (event.type !== "step") continue;
      steps++;
      const names = Object.keys(event.metrics);
      ensure(names.length > 0, `step ${event.step} tells no figure`);
      for (const name of names)
        ensure(
          Number.isFinite(event.metrics[name]),
          `"${name}" is ${event.metrics[name]!} at step ${event.step}`,
        );
    }
    const last = events.at(-1);
    ensure(last?.type === "end" && last.reason !== "diverged", "training diverged");
    return `${steps} steps, ended by "${last.reason}"`;
  },
});
