import { startBackend } from "./backend.js";
import { channelOf } from "../engine/channel.js";
import type { Reply, Request } from "../engine/protocol.js";
import { serve } from "../engine/server.js";
import { engineHandlers } from "./engine.js";
import { installedPlugins } from "./plugins.js";

serve(channelOf<Reply, Request>(self), engineHandlers({ startBackend, plugins: installedPlugins() }));
