/** The parts of the panels that need no VS Code. */
import { describe, expect, it } from 'vitest';
import { importsIn, olderFiles } from '../../client/src/topology/older.ts';
import { createPuller } from '../../client/src/topology/puller.ts';
import { aboveThing, draws, opened, widerChoices } from '../../client/src/topology/seek.ts';
import { fileName, panelTitle, shortName } from '../../client/src/topology/titles.ts';

const views = [
  { id: 'overview', title: 'Overview', question: '' },
  { id: 'network', title: 'Network', question: '' },
];

describe('titles', () => {
  it('tell the design and the viewpoint', () => {
    expect(panelTitle('file:///w/scada-plant/plant.lintel', {}, views, false)).toBe('Topology: plant');
    expect(panelTitle('file:///w/plant.lintel', { view: 'network' }, views, false)).toBe('Topology: plant – network');
    expect(panelTitle('file:///w/plant.lintel', { view: 'network' }, views, true)).toBe('Topology: plant – network – changes');
    expect(panelTitle('file:///w/north%20side/main.lintel', { view: 'gone' }, views, false)).toBe('Topology: north side');
  });

  it('stand addresses that are broken', () => {
    expect(shortName('file:///w/100%.lintel')).toBe('100%');
    expect(shortName('untitled:Untitled-1')).toBe('untitled:Untitled-1');
  });

  it('make names of files, never of folders', () => {
    expect(fileName('file:///w/plant.lintel', { view: 'storage' })).toBe('plant-storage');
    expect(fileName('file:///w/a%2F..%2Fb.lintel', {})).not.toContain('/');
    expect(fileName('file:///w/..%2F.lintel', { view: '../../x' })).toMatch(/^[^./][^/]*$/);
  });
});

describe('pulling', () => {
  it('runs once at a time, and once more for all who asked meanwhile', async () => {
    const gates: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const pull = createPuller(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((open) => gates.push(open));
      running -= 1;
    });
    const all = [pull(), pull(), pull()];
    expect(gates).toHaveLength(1);
    gates[0]?.();
    await expect.poll(() => gates.length).toBe(2);
    gates[1]?.();
    await Promise.all(all);
    expect([gates.length, most]).toEqual([2, 1]);
  });

  it('goes on after a failure', async () => {
    let times = 0;
    const pull = createPuller(async () => {
      times += 1;
      if (times === 1) throw new Error('away');
    });
    await expect(pull()).rejects.toThrow('away');
    await pull();
    expect(times).toBe(2);
  });
});

describe('finding a thing that is not drawn', () => {
  it('tells a box by its id, written as a picture writes it', () => {
    expect(draws('<g data-id="vm:a&amp;&quot;b"/>', 'vm:a&"b')).toBe(true);
    expect(draws('<g data-id="vm:ab"/>', 'vm:a')).toBe(false);
  });

  it('knows what a thing stands in', () => {
    expect(aboveThing('host:a/b/vswitch:v/port:1')).toEqual(['host:a/b/vswitch:v/port:1', 'host:a/b/vswitch:v', 'host:a/b']);
  });

  it('looks in the present part first, then in the whole viewpoint, then in the overview', () => {
    expect(widerChoices({ view: 'network', site: 'north', open: ['host:a'] })).toEqual([
      { view: 'network', site: 'north', open: ['host:a'] },
      { view: 'network', open: ['host:a'] },
      {},
    ]);
    expect(widerChoices({})).toEqual([{}]);
  });

  it('opens the boxes around it and leaves the others shut', () => {
    const thing = { id: 'vm:a', role: 'vm', label: 'a', shownAs: 'host:h', within: ['cluster:c', 'host:h'] };
    expect(opened({ view: 'network', open: ['host:x'], shut: ['host:h', 'host:y'] }, thing)).toEqual({
      view: 'network',
      open: ['host:x', 'cluster:c', 'host:h'],
      shut: ['host:y'],
    });
    expect(opened({ shut: ['host:h'] }, thing)).not.toHaveProperty('shut');
  });
});

describe('the files of an older state', () => {
  const older: Readonly<Record<string, string>> = {
    '/plant': 'import "hosts"\n  import "gone"\nnetwork a\n// import "no"',
    '/hosts': 'import "plant"\nimport "shared"',
    '/gone': 'host old',
    '/shared': '',
    '/other': 'never asked for',
  };
  const follow = (root: string, limit?: (path: string) => boolean): Promise<Readonly<Record<string, string>>> =>
    olderFiles(
      root,
      async (uri) => older[uri],
      (_from, path) => (limit?.(path) === false ? undefined : `/${path}`),
    );

  it('are those that the older texts import, deleted ones too, each once', async () => {
    expect(Object.keys(await follow('/plant'))).toEqual(['/plant', '/hosts', '/gone', '/shared']);
  });

  it('are none when the root is new', async () => {
    expect(await follow('/new')).toEqual({});
  });

  it('are none from outside', async () => {
    expect(Object.keys(await follow('/plant', (path) => path !== 'gone'))).toEqual(['/plant', '/hosts', '/shared']);
  });

  it('end, however the imports go on', async () => {
    let read = 0;
    await olderFiles(
      '/0',
      async () => {
        read += 1;
        return `import "${read}"`;
      },
      (_from, path) => `/${path}`,
    );
    expect(read).toBe(500);
  });

  it('are named by import lines only', () => {
    expect(
      importsIn('import "a.lintel"\r\n\timport   "b c.lintel"  // why\nnetwork import "x"\nimports "y"\nimport "half'),
    ).toEqual(['a.lintel', 'b c.lintel']);
  });
});
