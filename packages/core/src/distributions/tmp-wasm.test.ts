import { it } from "vitest";
import { useBackend } from "../backend/index.js";
import { makeTensor, equal, all, any, sum, logicalOr, logicalAnd, greater, oneHot } from "../backend/engine.js";
it("x", async () => {
  console.log(await useBackend("wasm"));
  const x = makeTensor([[0,1,0],[1,0,0]]);
  const h = oneHot(makeTensor([1,0],[2],"int32"), 3, 1, 0, "float32");
  console.log("oneHot", Array.from(h.dataSync()), h.dtype);
  const one = equal(x, 1);
  console.log(Array.from(one.dataSync()));
  const bin = logicalOr(one, equal(x, 0));
  console.log("or", Array.from(bin.dataSync()), "all", Array.from(all(bin, -1).dataSync()), "sum", Array.from(sum(x,-1).dataSync()), Array.from(equal(sum(x,-1),1).dataSync()));
  const pos = logicalAnd(one, greater(makeTensor([-1,-2,-3]), -Infinity));
  console.log("and", Array.from(pos.dataSync()), Array.from(any(pos,-1).dataSync()));
  console.log("and3", Array.from(logicalAnd(makeTensor([[1,0,1],[1,1,0]],[2,3],"bool"), makeTensor([1,1,0],[3],"bool")).dataSync()));
});
