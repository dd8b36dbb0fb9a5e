/** What users see, in the packaged extension in the real VS Code; the plant of examples/scada-plant is what they work on. */
import type { Scenario } from './harness.ts';
import { editing } from './scenarios/editing.ts';
import { findings } from './scenarios/findings.ts';
import { panels } from './scenarios/panels.ts';
import { pictures } from './scenarios/pictures.ts';
import { topology } from './scenarios/topology.ts';
import { viewpoints } from './scenarios/viewpoints.ts';
import { workbench } from './scenarios/workbench.ts';

export const scenarios: readonly Scenario[] = [
  ...findings,
  ...editing,
  ...topology,
  ...panels,
  ...workbench,
  ...pictures,
  ...viewpoints,
];
