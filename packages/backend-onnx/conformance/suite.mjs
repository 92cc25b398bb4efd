// One back end under the suite of @tensorflow/tfjs-core: node suite.mjs BACKEND FILE.
import { writeFileSync } from "node:fs";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops";
import { env } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { coverage } from "../src/index.ts";
import { setTestEnvs } from "@tensorflow/tfjs-core/dist/jasmine_util";
import Jasmine from "jasmine";

const [backend, file] = process.argv.slice(2);
const runner = new Jasmine({});
runner.env.configure({ random: false });
runner.exitOnCompletion = false;
env().set("IS_NODE", true);
setTestEnvs([{ name: "test", backendName: backend, isDataSync: true, flags: {} }]);
const passed = [];
const failed = {};
runner.clearReporters();
runner.addReporter({
  specDone({ status, fullName, failedExpectations }) {
    if (status === "passed") passed.push(fullName);
    if (status === "failed") failed[fullName] = failedExpectations[0]?.message.slice(0, 300) ?? "failed";
  },
});
// The tests are described as they are imported, so after the environment is set.
await import("@tensorflow/tfjs-core/dist/tests");
await runner.execute();
const seen = backend === "onnx" ? coverage() : undefined;
writeFileSync(file, JSON.stringify({ passed, failed, coverage: seen }));
process.exit(0);
