/** The pictures of the examples, byte by byte. After a change that is meant: LINTEL_GOLDEN=1, then look at the files and at `git diff`. */

import { readdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { placeGraph } from '../../server/src/topology/layout.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { renderSvg } from '../../server/src/topology/svg.ts';
import { golden, renew } from '../kit/golden.ts';
import { exampleNames, picturesOf } from '../kit/pictures.ts';

const run = createInProcessRunner();
/** The plant in every view; of the others those that show most. */
const shown = exampleNames
  .flatMap(picturesOf)
  .filter(
    ({ name, example, view }) =>
      name === `${example}.${view}` && (example === 'scada-plant' || view === 'overview' || view === 'network'),
  );

describe('golden pictures', () => {
  test.each(shown.map(({ name, graph }) => [name, graph] as const))('%s', async (name, graph) => {
    const svg = renderSvg(await placeGraph(graph, run), { theme: 'light' });
    renew(`${name}.svg`, svg);
    const known = golden(`${name}.svg`);
    expect(known, `there is no golden file ${name}.svg yet: run with LINTEL_GOLDEN=1`).toBeDefined();
    // Not toEqual: a difference of two long lines helps nobody.
    expect(known === svg, `the picture differs from golden/${name}.svg; if that is meant, run with LINTEL_GOLDEN=1`).toBe(true);
  });

  test('there are no others, and they stay small', () => {
    const folder = new URL('./golden/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.svg'));
    expect(files.toSorted()).toEqual(shown.map(({ name }) => `${name}.svg`).toSorted());
    expect(files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0)).toBeLessThan(3_000_000);
  });
});
