/** Ids of items: the same thing keeps its id, whatever happens around it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checklistFor } from '../../server/src/analysis/checklist.ts';
import { idsOf } from '../../server/src/checklist/id.ts';
import { renderMarkdown } from '../../server/src/checklist/render/markdown.ts';
import { openSource } from '../../server/src/syntax/sourceFile.ts';
import { mainUri, open } from '../kit/lintel.ts';
import { itemsOf, listOf, markdownOf, words } from './plant.ts';
import { entries, riverside } from './riverside.ts';

/** Id by what an item is about: its task cannot be seen in the data, but its subject and words can. */
const idsBy = (text: string): ReadonlyMap<string, string> =>
  new Map(itemsOf(listOf(text)).map((item) => [`${item.subject} ${words(item)}`, item.id]));
const idSet = (text: string): ReadonlySet<string> => new Set(itemsOf(listOf(text)).map((item) => item.id));
const base = idsBy(riverside);

/** The list without places in the text, which move with it. */
const unplaced = (text: string): string => markdownOf(text).replace(/main\.lintel:\d+/g, '');

describe('ids of items', () => {
  it('do not depend on the order of the design', () => {
    const [first = '', ...rest] = entries;
    fc.assert(
      fc.property(fc.shuffledSubarray([...rest], { minLength: rest.length, maxLength: rest.length }), (shuffled) => {
        expect(unplaced(`${[first, ...shuffled].join('\n')}\n`)).toBe(unplaced(riverside));
      }),
      { numRuns: 4 },
    );
  });

  it('survive things that have nothing to do with them', () => {
    const more = idSet(`${riverside}
host aaa { hypervisor hyperv 2022; model "Other"; nic n0 speed 1Gbps port sw-a/30 }
switch sw-z ports 8
network aaa purpose production vlan 900
vm AAA in scada { vcpu 1; memory 1GB }
service "Aaa" { on AAA }
`);
    expect([...base.values()].filter((id) => !more.has(id))).toEqual([]);
  });

  it('survive a new name next door', () => {
    const renamed = idsBy(
      riverside.replaceAll('E3-B', 'ZZ-TOP').replaceAll('sw-b', 'other-switch').replaceAll('storage-b', 'b-storage'),
    );
    const lost = [...base]
      .filter(([what, id]) => !what.match(/E3-B|sw-b|storage-b/) && ![...renamed.values()].includes(id))
      .map(([what]) => what);
    expect(lost).toEqual([]);
  });

  it('survive other values of the same thing, and another member of a range', () => {
    const larger = idSet(
      riverside
        .replace('memory 64GB', 'memory 96GB')
        .replace('vlan 100 ', 'vlan 101 ')
        .replace('uplinks vmnic0, vmnic1 {', 'uplinks vmnic1, vmnic0 {'),
    );
    expect([...base].filter(([, id]) => !larger.has(id)).map(([what]) => what)).toEqual([]);
    const wider = idSet(riverside.replaceAll('esx[1..3]', 'esx[0..3]').replace('esx[i in 1..3]', 'esx[i in 0..3]'));
    expect([...base].filter(([, id]) => !wider.has(id)).map(([what]) => what)).toEqual([]);
  });

  it('are the same in a long session as in a fresh one', () => {
    const { workspace } = open(riverside);
    workspace.setFile(mainUri, openSource(riverside.replaceAll('E3-B', 'E3-C')));
    workspace.update();
    workspace.setFile(mainUri, openSource(`host first\n${riverside}`));
    workspace.update();
    workspace.setFile(mainUri, openSource(riverside));
    workspace.update();
    const [design] = workspace.designs(mainUri);
    expect(design && renderMarkdown(checklistFor(workspace, design))).toBe(markdownOf(riverside));
  });

  it('get longer where they would be equal, whichever comes first', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => ({ prefix: 'NET', key: `network/port-group\nhost:esx${at}` }));
    const ids = idsOf(keys);
    expect(new Set(ids).size).toBe(keys.length);
    expect(ids.some((id) => id.length > 'NET-00000'.length)).toBe(true);
    expect([...idsOf([...keys].reverse())].reverse()).toEqual(ids);
    expect(idsOf([...keys.slice(0, 2), ...keys.slice(0, 1)])).toEqual([ids[0], ids[1], `${ids[0]}.2`]);
  });
});
