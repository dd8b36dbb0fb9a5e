import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { fleetOf } from '../../../bench/designs.ts';
import { registerPictures } from '../../../server/src/lsp/pictures.ts';
import {
  type FindThingsParams,
  type FindThingsResult,
  findThingsRequest,
  type LocateParams,
  type LocateResult,
  locateRequest,
  type TopologyParams,
  type TopologyResult,
  topologyRequest,
} from '../../../server/src/lsp/protocol.ts';
import { mainUri, open } from '../../kit/lintel.ts';
import { run } from './kit.ts';

interface Server {
  readonly workspace: ReturnType<typeof open>['workspace'];
  topology(params?: Omit<TopologyParams, 'uri'>): Promise<TopologyResult>;
  find(text: string, params?: Omit<FindThingsParams, 'uri' | 'text'>): Promise<FindThingsResult>;
  locate(id: string): Promise<LocateResult | null>;
}

/** The requests of pictures over a design, without a connection. */
function serve(text: string): Server {
  const handlers = new Map<string, (params: unknown) => unknown>();
  const connection = {
    onRequest: (name: string, handler: (params: unknown) => unknown) => void handlers.set(name, handler),
    console: { error: (message: string) => expect.fail(message) },
  };
  const { workspace } = open(text);
  registerPictures(connection as unknown as Connection, () => workspace, run);
  const ask = async <T>(name: string, params: unknown): Promise<T> => (await handlers.get(name)?.(params)) as T;
  return {
    workspace,
    topology: (params = {}) => ask(topologyRequest, { uri: mainUri, ...params } satisfies TopologyParams),
    find: (wanted, params = {}) => ask(findThingsRequest, { uri: mainUri, ...params, text: wanted } satisfies FindThingsParams),
    locate: (id) => ask(locateRequest, { uri: mainUri, id } satisfies LocateParams),
  };
}

const answer = (text: string, params: Omit<TopologyParams, 'uri'>): Promise<TopologyResult> => serve(text).topology(params);

const design = 'host esx1 { nic n0 }\nhost esx2\nvm web on esx1 { vcpu 2 }\n';

describe('lintel/topology', () => {
  it('draws the view and the part that are asked for, and offers all views', async () => {
    const whole = await answer(design, {});
    expect(whole.svg).toContain('data-id="host:esx1/nic:n0"');
    expect(whole.views?.map(({ id }) => id).slice(0, 3)).toEqual(['overview', 'physical', 'network']);
    const part = await answer(design, { view: 'placement', focus: 'web', depth: 0 });
    expect(part.svg).toContain('data-id="vm:web"');
    expect(part.svg).not.toContain('esx2');
  });

  it.each<[string, Omit<TopologyParams, 'uri'>, string]>([
    [design, { view: 'licences' }, 'There is nothing to draw yet in the view Licences. Declare a license, and it appears here.'],
    ['', {}, 'There is nothing to draw yet. Declare a host, a network or a switch, and it appears here.'],
    [design, { view: 'licenses' }, 'There is no view "licenses"; did you mean "licences"?'],
    [design, { focus: 'esx' }, 'There is no thing "esx" in this view; did you mean "esx1"?'],
  ])('of %j says what is the matter with %j', async (text, params, message) => {
    const result = await answer(text, params);
    expect(result).toMatchObject({ svg: '', message });
    expect(result.views).toHaveLength(8);
  });
});

const fleet = fleetOf(100, 1000);
const idsIn = (svg: string): ReadonlySet<string> => new Set([...svg.matchAll(/ data-id="([^"]*)"/g)].map(([, id = '']) => id));

const foldOf = (svg: string, id: string): string | undefined =>
  new RegExp(`data-id="${id}"[^>]* data-fold="(\\w+)"`).exec(svg)?.[1];

describe('folding', () => {
  it('a large design opens folded; its boxes open one by one, and say what is too much', async () => {
    const server = serve(fleet);
    const { note, svg } = await server.topology();
    const ids = idsIn(svg);
    expect(ids.size).toBeLessThan(100);
    expect([...ids]).toEqual(expect.arrayContaining(['cluster:c1', 'all:host:h1-1', 'all:vm:v2-101']));
    expect(foldOf(svg, 'cluster:c1')).toBe('open');
    expect(foldOf(svg, 'all:host:h1-1')).toBe('shut');
    expect(svg.includes('data-fold-sign="all:host:h1-1"')).toBe(true);
    // The line below the title counts what there is, not what is drawn.
    expect(/100 hosts · 1000 virtual machines/.test(svg)).toBe(true);
    expect(note).toBeUndefined();
    const shut = await server.topology({ shut: ['cluster:c2'] });
    expect(shut.svg.includes('>50 hosts · 500 virtual machines<')).toBe(true);
    const open = idsIn((await server.topology({ open: ['all:host:h1-1', 'host:h1-7'] })).svg);
    expect([...open]).toEqual(expect.arrayContaining(['host:h1-7/nic:vmnic0', 'host:h1-8', 'cluster:c2']));
    expect(open.has('host:h1-8/nic:vmnic0')).toBe(false);
    const everything = await server.topology({ view: 'zones', open: ['*'] });
    expect(idsIn(everything.svg).size).toBeGreaterThan(500);
  }, 60_000);

  it('a box for several things leads to the first of them', async () => {
    const server = serve('host a\nhost b\n');
    expect(await server.locate('all:host:b')).toEqual(await server.locate('host:b'));
    expect(await server.locate('all:host:gone')).toBeNull();
  });

  it('findings inside are marked on what is shut', async () => {
    const server = serve('switch s ports 4\nhost h { nic n port s/9 }\n');
    expect((await server.topology({ shut: ['host:h'] })).svg).toMatch(/class="lt-mark lt-m-error" data-for="host:h"/);
  });
});

describe('filters', () => {
  it('are offered, also when the one that is set means nothing', async () => {
    const text = 'network n vlan 7\nhost h { tag old }\ncluster c hosts h\nvm v in c\nservice "S" { on v }\n';
    const filters = { site: [], cluster: ['c'], network: ['n'], tag: ['old'], service: ['S'] };
    expect((await answer(text, {})).filters).toEqual(filters);
    expect(await answer(text, { tag: 'new' })).toMatchObject({
      filters,
      message: expect.stringContaining('There is no tag "new"'),
    });
  });

  it('by severity keep what has findings', async () => {
    const text = 'switch s ports 4\nhost bad { nic n port s/9 }\nhost good { nic n port s/1 }\n';
    const ids = idsIn((await answer(text, { severity: 'error' })).svg);
    expect([ids.has('host:bad'), ids.has('host:good')]).toEqual([true, false]);
  });
});

describe('lintel/findThings', () => {
  it('finds by name, label, path, address and what the box says; folded things say where', async () => {
    const server = serve(fleet);
    const [host] = await server.find('H1-7');
    expect(host).toMatchObject({ id: 'host:h1-7', role: 'host', shownAs: 'all:host:h1-1', within: ['all:host:h1-1'] });
    expect((await server.find('10.10.0.67')).map(({ id }) => id)).toContain('host:h1-7/vswitch:vSwitch0/vmkernel:vmk0');
    expect((await server.find('h1-7.vmnic2')).map(({ id }) => id)).toEqual(['host:h1-7/nic:vmnic2']);
    expect((await server.find('host:h1-7/nic:vmnic3')).map(({ id }) => id)).toEqual(['host:h1-7/nic:vmnic3']);
    const open = { open: host?.within ?? [] };
    expect((await server.find('h1-7', open))[0]).toMatchObject({ shownAs: 'host:h1-7', within: [] });
    expect(idsIn((await server.topology(open)).svg).has('host:h1-7')).toBe(true);
    expect((await server.find('v')).length).toBe(100);
  }, 60_000);

  it('finds nothing where there is nothing', async () => {
    const server = serve(design);
    expect(await server.find('  ')).toEqual([]);
    expect(await server.find('zzz')).toEqual([]);
    expect(await server.find('esx1', { view: 'nonsense' })).toEqual([]);
    expect(await server.find('web', { focus: 'esx2', depth: 0 })).toEqual([]);
  });
});

describe('while a picture is made', () => {
  it('changes are taken in between, and the picture is of the newest state', async () => {
    const { topology, workspace } = serve(fleet);
    let isDone = false;
    const picture = topology({ view: 'placement' }).finally(() => {
      isDone = true;
    });
    let turns = 0;
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
      if (turns === 5) {
        workspace.changeText(mainUri, [
          { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: 'host newcomer\n' },
        ]);
        workspace.update();
        expect(isDone).toBe(false);
      }
    }
    const { revision, svg } = await picture;
    // The work of the picture is done in many turns: whoever waits gets one in between.
    expect(turns).toBeGreaterThan(20);
    expect(revision).toBe(workspace.revision());
    expect(idsIn(svg).has('host:newcomer')).toBe(true);
  }, 60_000);

  it('a design that never rests is drawn all the same', async () => {
    const { topology, workspace } = serve(fleet);
    let isDone = false;
    const picture = topology({ view: 'placement' }).finally(() => {
      isDone = true;
    });
    for (let at = 0; !isDone; at += 1) {
      workspace.changeText(mainUri, [
        {
          range: { start: { line: 2, character: 0 }, end: { line: 2, character: at === 0 ? 0 : `host n${at}`.length } },
          text: `host n${at + 1}${at === 0 ? '\n' : ''}`,
        },
      ]);
      workspace.update();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(idsIn((await picture).svg).has('cluster:c1')).toBe(true);
  }, 60_000);
});
