import { writeHeapSnapshot } from 'node:v8';
import { designOf } from '../bench/designs.ts';
import { openSource } from '../server/src/syntax/sourceFile.ts';
import { createLintel } from '../server/src/analysis/lintel.ts';
import { memoryHost } from './kit/lintel.ts';
const w=createLintel({host:memoryHost(new Map()),today:'2026-11-20'});
w.setFile('file:///design/main.lintel',openSource(designOf(Number(process.argv[2])))); w.update(); w.findings('file:///design/main.lintel');
(globalThis as any).gc(); console.log(Math.round(process.memoryUsage().heapUsed/1e6));
if(process.argv[3]) writeHeapSnapshot('/tmp/h.heapsnapshot'); (globalThis as any).w=w;
