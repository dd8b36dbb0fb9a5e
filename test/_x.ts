import { readFileSync, readdirSync } from 'node:fs';
import { createLintel } from '../server/src/analysis/lintel.ts';
import { createDiskHost, uriOfPath } from '../server/src/node/diskHost.ts';
import { show } from './kit/lintel.ts';
const root='/work/main/examples/'+(process.argv[2]??'scada-plant');
const host=createDiskHost([uriOfPath(root)]); const w=createLintel({host,today:'2026-11-20'});
for(const u of host.list()) w.fileChanged(u); w.update();
console.log('roots',w.roots().map(r=>r.split('/').at(-1)));
for(const u of host.list()) console.log(u.split('/').at(-1)+'\n'+show(w.findings(u)));
