import { describe, expect, test } from 'vitest';
import { createPlacing } from '../../server/src/analysis/placing.ts';
import type { Workspace } from '../../server/src/analysis/workspace.ts';
import { refused, rename } from '../../server/src/ide/rename.ts';
import { placedIds, withPlace } from '../../server/src/topology/places.ts';
import { applyEdits, at } from '../ide/kit.ts';
import { mainUri, open } from '../kit/lintel.ts';

const fileOf = (...ids: readonly string[]): string =>
  ids.reduce((text, id, index) => withPlace(text, { view: 'overview', id, at: { x: index, y: 0 } }), '');

/** Types one state of the design after the other, and tells what the placed boxes are called at the end. */
function typed(states: readonly string[], ...ids: readonly string[]): readonly string[] {
  const { workspace } = open(states[0] ?? '');
  const placing = createPlacing();
  let names: readonly string[] = [];
  for (const state of states) {
    write(workspace, state);
    const [design] = workspace.designs(mainUri);
    if (design) names = placedIds(placing.follow(design, fileOf(...ids)));
  }
  return names;
}

function write(workspace: Workspace, text: string): void {
  workspace.openText(mainUri, text);
  workspace.update();
}

describe('a thing that gets another name while one types', () => {
  const host = (name: string): string => `network n\nhost ${name} {\n  vswitch v0\n}\nhost esx9\n`;

  test('keeps its place, letter by letter, and so does what is in it', () => {
    const states = ['esx1', 'esx', 'p', 'pl', 'plc1'].map(host);
    expect(typed(states, 'host:esx1', 'host:esx1/vswitch:v0')).toEqual(['host:plc1', 'host:plc1/vswitch:v0']);
    expect(typed(states, 'host:esx1/vswitch:v0')).toEqual(['host:plc1/vswitch:v0']);
  });

  test('keeps it over a state in which there is no name at all', () => {
    expect(typed([host('esx1'), 'network n\nhost \nhost esx9\n', 'network n\n\nhost esx9\n', host('a')], 'host:esx1')).toEqual([
      'host:a',
    ]);
  });

  test('has its own name again when that is undone', () => {
    expect(typed([host('esx1'), host('b'), host('esx1')], 'host:esx1')).toEqual(['host:esx1']);
  });

  test('keeps it inside of another thing, and together with that', () => {
    const design = (outer: string, inner: string): string => `host ${outer} {\n  vswitch v0\n  vswitch ${inner}\n}\n`;
    expect(typed([design('a', 'v1'), design('a', 'lan')], 'host:a/vswitch:v1')).toEqual(['host:a/vswitch:lan']);
    expect(typed([design('a', 'v1'), design('a', 'lan'), design('b', 'lan'), design('b', 'wan')], 'host:a/vswitch:v1')).toEqual([
      'host:b/vswitch:wan',
    ]);
  });

  test('of a range goes with the other members', () => {
    expect(typed(['host esx[1..3]\nhost z\n', 'host node[1..3]\nhost z\n'], 'host:esx1', 'host:esx3')).toEqual([
      'host:node1',
      'host:node3',
    ]);
  });

  test('is not taken for another: deleted, moved, of another kind, or one among several new ones', () => {
    expect(typed([host('esx1'), 'network n\nhost esx9\n'], 'host:esx1')).toEqual(['host:esx1']);
    expect(typed([host('esx1'), 'network n\nhost esx9\nhost new\n'], 'host:esx1')).toEqual(['host:esx1']);
    expect(typed([host('esx1'), 'network n\nvm new\nhost esx9\n'], 'host:esx1')).toEqual(['host:esx1']);
    expect(typed([host('esx1'), 'network n\nhost new1\nhost new2\nhost esx9\n'], 'host:esx1')).toEqual(['host:esx1']);
    expect(typed([host('esx1'), 'host esx9\nhost esx1\nnetwork n\n'], 'host:esx1')).toEqual(['host:esx1']);
  });

  test('keeps it when the file was written with one of the names on the way', () => {
    const { workspace } = open(host('esx1'));
    const placing = createPlacing();
    const follow = (state: string, id: string): readonly string[] => {
      write(workspace, state);
      const [design] = workspace.designs(mainUri);
      return design ? placedIds(placing.follow(design, fileOf(id))) : [];
    };
    follow(host('esx1'), 'host:esx1');
    follow(host('p'), 'host:esx1');
    expect(follow(host('pl'), 'host:esx1')).toEqual(['host:pl']);
    expect(follow(host('plc'), 'host:p')).toEqual(['host:plc']);
  });

  test('that was never there is left as the file says', () => {
    expect(typed([host('esx1'), host('b')], 'host:gone')).toEqual(['host:gone']);
  });

  test('may be called anything: names of thousands of parts keep nobody waiting', () => {
    // A file as large as is read, each line in so many parts that to follow each of them would take ten seconds.
    const deep = (at: number): string => `overview  "${'/'.repeat(3900)}${at}"  x 1  y 1`;
    const text = `${Array.from({ length: 253 }, (_, at) => deep(at)).join('\n')}\n`;
    const { workspace } = open(host('esx1'));
    const [design] = workspace.designs(mainUri);
    expect(design && createPlacing().follow(design, text)).toBe(text);
  });
});

describe('rename', () => {
  const renamedFile = (text: string, name: string, places: string): string | undefined => {
    const { workspace, uri, position } = at(text);
    const edit = rename(workspace, uri, position, name, () => places);
    if (refused(edit)) return edit.refusal;
    const edits = edit.changes?.['file:///design/main.lintel-places'];
    return edits && applyEdits(places, edits);
  };

  test('takes the places along, in every view, with what is in the thing', () => {
    const places = withPlace(fileOf('host:a', 'host:a/vswitch:v', 'host:ab'), {
      view: 'network',
      id: 'host:a',
      at: { x: 7, y: 7 },
    });
    const renamed = renamedFile('host <|>a { vswitch v }\nhost ab', 'z', places) ?? '';
    expect(placedIds(renamed)).toEqual(['host:z', 'host:ab', 'host:z/vswitch:v']);
    expect(renamed).toBe(
      withPlace(
        ['host:ab 2', 'host:z 0', 'host:z/vswitch:v 1'].reduce((text, entry) => {
          const [id = '', x] = entry.split(' ');
          return withPlace(text, { view: 'overview', id, at: { x: Number(x), y: 0 } });
        }, ''),
        { view: 'network', id: 'host:z', at: { x: 7, y: 7 } },
      ),
    );
  });

  test('renames the members of a range', () => {
    expect(placedIds(renamedFile('host <|>esx[1..3]', 'node', fileOf('host:esx1', 'host:esx2')) ?? '')).toEqual([
      'host:node1',
      'host:node2',
    ]);
  });

  test('has no edit for the file when no line is about the thing, or there is no file', () => {
    expect(renamedFile('host <|>a\nhost b', 'z', fileOf('host:b'))).toBeUndefined();
    expect(renamedFile('host <|>a', 'z', '')).toBeUndefined();
    expect(renamedFile('let <|>a = 3\nvm x { vcpu a }', 'z', fileOf('vm:x'))).toBeUndefined();
  });
});
