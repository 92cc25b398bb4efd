import { runMain } from "citty";
import { all } from "./commands/all.js";
import { item } from "./commands/item.js";

const [name, ...rest] = process.argv.slice(2);

if (name === "all") await runMain(all, { rawArgs: rest });
else await runMain(item);
