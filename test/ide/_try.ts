import { open, show } from '../kit/lintel.ts';
import { readFileSync } from 'node:fs';
const t = readFileSync('/work/shared/design/sketch-scada-plant.lintel','utf8');
const { workspace, fixture } = open(t);
console.log(show(workspace.findings([...fixture.files.keys()][0]!)));
