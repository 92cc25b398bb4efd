import { runMain } from "citty";
import { all } from "./commands/all.js";
import { item } from "./commands/item.js";
import { memory } from "./commands/memory.js";
import { points } from "./commands/points.js";
import { punctuation } from "./commands/punctuation.js";
import { scale } from "./commands/scale.js";
import { start } from "./commands/start.js";

const [name, ...rest] = process.argv.slice(2);

if (name === "all") await runMain(all, { rawArgs: rest });
else if (name === "memory") await runMain(memory, { rawArgs: rest });
else if (name === "points") await runMain(points, { rawArgs: rest });
else if (name === "punctuation") await runMain(punctuation, { rawArgs: rest });
else if (name === "scale") await runMain(scale, { rawArgs: rest });
else if (name === "start") await runMain(start, { rawArgs: rest });
else await runMain(item);
