import { readFileSync, writeFileSync } from 'node:fs';
import { open, mainUri } from './kit/lintel.ts';
import { pictureOf } from '../server/src/analysis/picture.ts';
import { createInProcessRunner } from '../server/src/topology/layoutInProcess.ts';
const {workspace}=open(readFileSync(process.argv[2]??'/work/shared/design/sketch-scada-plant.lintel','utf8'));
const t=performance.now();
const p=await pictureOf(workspace, workspace.designs(mainUri)[0]!, createInProcessRunner(), 'light');
console.log(p.title,p.nodes,p.svg.length,(performance.now()-t).toFixed(0)+'ms');
writeFileSync('/tmp/p.svg',p.svg);
