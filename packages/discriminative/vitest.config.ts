import { genTests } from "../../vitest.base.js";

export default genTests("discriminative");
