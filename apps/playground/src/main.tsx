import { render } from "preact";
import { manifests } from "virtual:gen-plugins";
import { App, Empty } from "./app.js";
import { channelOf } from "./engine/channel.js";
import { engineOver } from "./engine/client.js";
import type { Reply, Request } from "./engine/protocol.js";
import { message, rememberLanguage } from "./messages/index.js";
import { manifestOf } from "./state/manifest-of.js";
import { settled } from "./state/settled.js";
import { createStore } from "./state/store.js";
import "./style/page.css";
import "./style/parts.css";
import "./style/views.css";

rememberLanguage(localStorage, navigator.languages);

const { found, failures } = await settled(manifests, manifestOf);
const [first, ...rest] = found;
const place = document.getElementById("app") ?? document.body;
if (first === undefined) render(<Empty />, place);
else {
  const worker = new Worker(new URL("./worker/worker.ts", import.meta.url), { type: "module" });
  const engine = engineOver(channelOf<Request, Reply>(worker));
  worker.addEventListener("error", () => engine.fail(message("error.worker")));
  const store = createStore(engine, [first, ...rest]);
  if (failures.length > 0) store.complaint.value = { key: "error.package", sentence: failures.join("; ") };
  render(<App store={store} />, place);
  await store.start();
}
