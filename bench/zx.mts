import { useBackend } from "@gen/core/backend";
import { toShares } from "../packages/gmm/src/em/responsibilities.js";
const k=10,n=50000; const src=new Float64Array(n*k).map((_,i)=>-Math.abs(Math.sin(i*i))*200); const v=new Float64Array(n*k);
const ts=[];const cpu=()=>{const u=process.cpuUsage();return (u.user+u.system)/1e3};
for(let r=0;r<30;r++){v.set(src);const t=cpu();toShares(v,k);ts.push(cpu()-t)} console.log("toShares cpu",ts.sort((a,b)=>a-b).slice(0,20).map(x=>x.toFixed(1)).join(" "));
