import { useBackend, matrixProduct } from "@gen/core/backend";
await useBackend();
const n=50000,k=10;
const cpu=()=>{const u=process.cpuUsage();return (u.user+u.system)/1e3};
for (const width of [153,33]) for (const size of [512,1024,2048,4096,8192,16384]) {
  const nb=Math.ceil(n/size); const blocks=Array.from({length:nb},()=>new Float64Array(size*width).map((_,i)=>Math.sin(i)));
  const th=new Float64Array(k*width).map((_,i)=>Math.cos(i)*5);
  let te=0,ts=0,tm=0,tc=0; let best=Infinity;
  for(let rep=0;rep<12;rep++){ let a=0,b=0,c=0; const c0=cpu();
    for(const v of blocks){ const t0=performance.now(); const E=matrixProduct(v,th,{rows:size,inner:width,columns:k,transposeB:true}); const t1=performance.now();
      for(let at=0;at<E.length;at+=k){let l=-Infinity;for(let j=at;j<at+k;j++)if(E[j]!>l)l=E[j]!;let s=0;for(let j=at;j<at+k;j++){const q=E[j]!-l;if(q<-40)E[j]=0;else{const e=Math.exp(q);E[j]=e;s+=e}}const f=1/s;for(let j=at;j<at+k;j++)E[j]!*=f}
      const t2=performance.now(); matrixProduct(E,v,{rows:k,inner:size,columns:width,transposeA:true}); const t3=performance.now(); a+=t1-t0;b+=t2-t1;c+=t3-t2 }
    const cc=cpu()-c0;
    if(a+b+c<best){best=a+b+c;te=a;ts=b;tm=c;tc=cc} }
  console.log(width,size,"E",te.toFixed(1),"soft",ts.toFixed(1),"M",tm.toFixed(1),"cpu",tc.toFixed(1));
}
