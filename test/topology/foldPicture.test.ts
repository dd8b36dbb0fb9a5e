import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../server/src/analysis/picture.ts';
import type { LayoutRunner } from '../../server/src/topology/layout.ts';
import { mainUri, open } from '../kit/lintel.ts';
import { run } from './views/kit.ts';

/** A layout engine that gives up on many boxes, as one does that takes too long. */
const weak: LayoutRunner = (input) => ((input.children ?? []).length > 20 ? Promise.reject(new Error('too much')) : run(input));

const text = 'cluster c hosts h*\nhost h[0..39] { nic n }\nswitch s ports 48\nvm v[1..200] in c { vcpu 2 }\n';
const { workspace } = open(text);
const [design] = workspace.designs(mainUri);

describe('what cannot be laid out', () => {
  const draw = (opened: readonly string[], engine = weak): ReturnType<typeof pictureOf> => {
    if (!design) throw new Error('there is no design');
    return pictureOf(workspace, design, engine, 'light', { open: opened });
  };

  it('is drawn folded again, and that is said', async () => {
    const { nodes, note } = await draw(['all:host:h0', ...Array.from({ length: 40 }, (_, at) => `host:h${at}`)]);
    expect(note).toBe('So much could not be laid out: the boxes that were opened are folded again.');
    expect(nodes).toBeLessThan(20);
  });

  it('is an error where nothing was opened', async () => {
    await expect(draw([], () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
