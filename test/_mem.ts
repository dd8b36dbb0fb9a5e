import { startClient } from '/work/main/bench/client.ts';
import { designOf } from '/work/main/bench/designs.ts';
const flags=process.argv.slice(2);
const c=await startClient(process.execPath,[...flags,'/work/main/dist/server.mjs','--stdio']);
const t=performance.now(); const n=c.next(); await c.open('file:///tmp/a.lintel',designOf(100000)); await n; const cold=performance.now()-t;
const times:number[]=[]; for(let k=0;k<100;k++){const d=c.next();const s=performance.now();await c.change('file:///tmp/a.lintel',k+2,{start:{line:50000+k*7,character:3},end:{line:50000+k*7,character:3}},'x');times.push((await d)-s);}
times.sort((a,b)=>a-b);
console.log(flags.join(' ')||'none','cold',cold.toFixed(0),'p50',times[50]!.toFixed(1),'p95',times[95]!.toFixed(1),'peak MB',(c.peakMemory()/1048576).toFixed(0)); await c.stop(); process.exit();
