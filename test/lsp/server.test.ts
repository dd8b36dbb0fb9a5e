/** The server that ships, as a program over stdio: the whole conversation that an editor has with it, and what no editor should say. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as protocol from '../../server/src/lsp/protocol.ts';
import { ensureBundles, programs, root } from './bundles.ts';
import { edited, type Session, startSession, type TextEdit, textAt } from './session.ts';

const plant = join(root, 'examples/scada-plant');
const uriOf = (name: string): string => pathToFileURL(join(plant, name)).href;
const read = (name: string): string => readFileSync(join(plant, name), 'utf8');
const [workload, networks, design] = [uriOf('workload.lintel'), uriOf('networks.lintel'), uriOf('plant.lintel')];

interface WorkspaceEdit {
  readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
}
interface CodeAction {
  readonly title: string;
  readonly edit?: WorkspaceEdit;
}
interface Item {
  readonly label: string;
}
const labels = (answer: { readonly items: readonly Item[] } | readonly Item[]): readonly string[] =>
  ('items' in answer ? answer.items : answer).map(({ label }) => label);
const options = { tabSize: 2, insertSpaces: true };

beforeAll(ensureBundles, 60_000);

describe.each(programs)('$name', ({ args }) => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession(args, pathToFileURL(plant).href);
    for (const [uri, name] of [
      [workload, 'workload.lintel'],
      [networks, 'networks.lintel'],
    ] as const)
      await session.open(uri, read(name));
  });
  afterAll(() => session.client.process.kill());
  const here = (text: string, offset = 1) => ({ textDocument: { uri: workload }, position: session.at(workload, text, offset) });

  test('finds a mistake where it is typed, and forgets it when it is mended', async () => {
    expect(session.diagnostics(workload).filter(({ severity }) => severity === 1)).toEqual([]);
    const [found] = await session.type(workload, 'vcpu     4', 'vpcu     4');
    expect(found?.message).toMatch(/vpcu/);
    expect(found && textAt(session.text(workload), found.range)).toBe('vpcu');
    const actions = await session.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: workload },
      range: found?.range,
      context: { diagnostics: found ? [found] : [] },
    });
    const fix = actions.find(({ title }) => title.includes('vcpu'));
    const [edit, ...more] = fix?.edit?.changes?.[workload] ?? [];
    expect(more).toEqual([]);
    expect(edit && edited(session.text(workload), [edit])).toBe(read('workload.lintel'));
    await session.type(workload, 'vpcu', 'vcpu');
    expect(session.diagnostics(workload).filter(({ message }) => message.includes('vpcu'))).toEqual([]);
  });

  test('completes, explains, finds and lists', async () => {
    const offered = labels(await session.request('textDocument/completion', here('on "Control" address', 3)));
    expect(offered).toEqual(expect.arrayContaining(['Control', 'DMZ']));
    const hover = await session.request<{ readonly contents: { readonly value: string } }>(
      'textDocument/hover',
      here('E3-A in scada'),
    );
    expect(hover.contents.value).toContain('E3-A');
    const definition = await session.request<unknown>('textDocument/definition', here('control.host(21)'));
    expect(JSON.stringify(definition)).toContain('networks.lintel');
    const symbols = await session.request<readonly { readonly name: string }[]>('textDocument/documentSymbol', {
      textDocument: { uri: workload },
    });
    expect(symbols.map(({ name }) => name)).toEqual(expect.arrayContaining(['E3-A', 'E3-B', 'SQL', 'SRV-KEY']));
    const { data } = await session.request<{ readonly data: readonly number[] }>('textDocument/semanticTokens/full', {
      textDocument: { uri: workload },
    });
    expect(data.length).toBeGreaterThan(500);
    for (const [method, params] of [
      ['textDocument/references', { ...here('E3-A in scada'), context: { includeDeclaration: true } }],
      ['textDocument/foldingRange', { textDocument: { uri: workload } }],
      ['workspace/symbol', { query: 'esx' }],
    ] as const)
      expect((await session.request<readonly unknown[]>(method, params)).length, method).toBeGreaterThan(1);
  });

  test('renames across files', async () => {
    const at = { textDocument: { uri: networks }, position: session.at(networks, 'dmz ', 1) };
    expect(await session.request('textDocument/prepareRename', at)).toMatchObject({ placeholder: 'dmz' });
    const { changes = {} } = await session.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'industrial-dmz' });
    expect(
      Object.keys(changes)
        .map((uri) => uri.split('/').at(-1))
        .sort(),
    ).toEqual(['hosts.lintel', 'networks.lintel', 'plant.lintel', 'workload.lintel']);
    expect(edited(session.text(workload), changes[workload] ?? [])).toMatch(/address industrial-dmz\.host\(5\)/);
    await expect(session.request('textDocument/rename', { ...at, newName: 'control' })).rejects.toThrow(/control/);
  });

  test('formats', async () => {
    await session.type(networks, 'vlan 200 subnet', 'vlan    200    subnet');
    const edits = await session.request<readonly TextEdit[]>('textDocument/formatting', {
      textDocument: { uri: networks },
      options,
    });
    expect(edited(session.text(networks), edits)).toBe(read('networks.lintel'));
    await session.type(networks, 'vlan    200    subnet', 'vlan 200 subnet');
    expect(await session.request('textDocument/formatting', { textDocument: { uri: networks }, options })).toEqual([]);
  });

  test('draws the design, and leads from the text to the picture and back', async () => {
    const picture = await session.request<protocol.TopologyResult>(protocol.topologyRequest, { uri: workload });
    expect(picture.message).toBeUndefined();
    expect(picture.svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(picture.title).toContain('Riverside');
    const thing = await session.request<protocol.ThingAtResult>(protocol.thingAtRequest, {
      uri: workload,
      position: session.at(workload, '2022"\n  vcpu   2'),
    });
    expect(thing && picture.svg.includes(`data-id="${thing.id}"`)).toBe(true);
    const location = await session.request<protocol.LocateResult | null>(protocol.locateRequest, {
      uri: workload,
      id: thing?.id ?? '',
    });
    expect(location?.uri).toBe(workload);
    expect(location && textAt(session.text(workload), location.range)).toBe('ELIC');
    expect(await session.request(protocol.locateRequest, { uri: workload, id: 'vm:nobody' })).toBeNull();
    expect(await session.request(protocol.thingAtRequest, { uri: workload, position: { line: 1, character: 0 } })).toBeNull();
  });

  test('draws every viewpoint, and says so when there is none of that name', async () => {
    const { views = [] } = await session.request<protocol.TopologyResult>(protocol.topologyRequest, { uri: design });
    expect(views.length).toBeGreaterThan(4);
    for (const { id } of views) {
      const picture = await session.request<protocol.TopologyResult>(protocol.topologyRequest, { uri: design, view: id });
      expect([id, picture.message, picture.svg.length > 2000]).toEqual([id, undefined, true]);
    }
    const none = await session.request<protocol.TopologyResult>(protocol.topologyRequest, { uri: design, view: 'nonsense' });
    expect([none.svg, none.message]).toEqual(['', expect.stringContaining('nonsense')]);
  });

  test('every box of the picture is found in the text, and found again from there', async () => {
    const { svg } = await session.request<protocol.TopologyResult>(protocol.topologyRequest, { uri: design });
    const ids = [...svg.matchAll(/class="lt-node[^>]*? data-id="([^"]+)"/g)].map(([, id = '']) =>
      id.replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    );
    expect(ids.length).toBeGreaterThan(50);
    const lost: string[] = [];
    for (const id of ids) {
      const location = await session.request<protocol.LocateResult | null>(protocol.locateRequest, { uri: design, id });
      const thing =
        location &&
        (await session.request<protocol.ThingAtResult>(protocol.thingAtRequest, {
          uri: location.uri,
          position: location.range.start,
        }));
      // All members of a range stand at one place: the kind and the name's beginning must be the same.
      if (thing?.id.replace(/\d+/g, '#') !== id.replace(/\d+/g, '#')) lost.push(`${id} → ${thing?.id}`);
    }
    expect(lost).toEqual([]);
  });

  test('names the designs of the folder, with their files', async () => {
    const { designs } = await session.request<protocol.DesignsResult>(protocol.designsRequest, {});
    expect(designs.map(({ uri }) => uri)).toEqual([design]);
    expect(designs[0]?.title).toContain('Riverside');
    expect(designs[0]?.files).toContain(workload);
  });

  test('makes files of the picture', async () => {
    const made = (more: object): Promise<protocol.ExportPictureResult> =>
      session.request(protocol.exportPictureRequest, { uri: design, view: 'network', ...more });
    expect((await made({ format: 'svg' })).text).toMatch(/^<svg[\s\S]*network:control/);
    const html = await made({ format: 'html' });
    expect(html.text).toMatch(/^<!doctype html>[\s\S]*network:control/i);
    for (const [format, start] of [
      ['png', '\u0089PNG'],
      ['pdf', '%PDF-'],
    ]) {
      const { base64 = '', text } = await made({ format });
      expect(text).toBeUndefined();
      expect(Buffer.from(base64, 'base64').toString('latin1').slice(0, 5)).toContain(start);
    }
    const signed = (await made({ format: 'svg', theme: 'print', titleBlock: true })).text ?? '';
    expect(signed).toMatch(/M\. Duarte[\s\S]*1 of 1/);
    // What cannot be made is told, and costs nothing else.
    expect((await made({ format: 'svg', view: 'nonsense' })).message).toContain('nonsense');
    expect((await made({ format: 'svg', uri: 'file:///nowhere.lintel' })).message).toBeTruthy();
  });

  test('writes the checklist of this plant', async () => {
    const made = await session.request<protocol.ChecklistResult | null>(protocol.checklistRequest, { uri: workload });
    expect(made?.items).toBeGreaterThan(50);
    for (const name of ['esx1', 'sw-a', 'E3-A', 'vmnic0', '10.4.10.11']) expect(made?.markdown).toContain(name);
  });

  test('ends with code 0 when it is told to', async () => {
    expect(await session.end()).toBe(0);
  });
});

describe('what an editor should not say', () => {
  const [{ args }] = programs as readonly [(typeof programs)[0]];
  let session: Session;
  let folder = '';
  let uri = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-lsp-'));
    writeFileSync(join(folder, 'site.lintel'), 'network admin purpose management vlan 10\n');
    session = await startSession(args, pathToFileURL(folder).href);
    uri = pathToFileURL(join(folder, 'main.lintel')).href;
  });
  afterAll(() => {
    session.client.process.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  /** The server is there, and knows right from wrong. */
  const alive = async (): Promise<void> => {
    const probe = 'untitled:probe.lintel';
    expect((await session.open(probe, 'no-such-word 5\n')).length).toBe(1);
    expect(await session.type(probe, 'no-such-word 5\n', '')).toEqual([]);
    await session.close(probe);
  };
  test('unknown methods are answered with an error, unknown notifications with nothing', async () => {
    await expect(session.request('textDocument/nonsense', {})).rejects.toThrow(/nonsense|unhandled/i);
    await expect(session.request('lintel/nonsense', { uri })).rejects.toThrow();
    await session.notify('lintel/nonsense', { uri });
    await session.notify('$/setTrace', { value: 'off' });
    await alive();
  });

  test('requests for files that were never opened, and parameters of the wrong shape', async () => {
    const far = { line: 1e9, character: 1e9 };
    for (const method of [
      'hover',
      'definition',
      'completion',
      'prepareRename',
      'documentSymbol',
      'foldingRange',
      'formatting',
      'semanticTokens/full',
    ]) {
      for (const params of [
        { textDocument: { uri: 'file:///nowhere/x.lintel' }, position: far, options },
        { textDocument: { uri }, position: { line: -1, character: -5 }, options },
        {},
        { textDocument: 5, position: 'x' },
      ])
        await session.request(`textDocument/${method}`, params).catch(() => {});
    }
    for (const method of [
      protocol.topologyRequest,
      protocol.locateRequest,
      protocol.thingAtRequest,
      protocol.checklistRequest,
      protocol.designsRequest,
      protocol.exportPictureRequest,
      protocol.findThingsRequest,
      protocol.placeThingRequest,
    ])
      for (const params of [
        {},
        { uri: 5 },
        { uri: 'file:///nowhere/x.lintel', id: '', position: far },
        { uri: '::::', id: 'a/b/c', position: null },
      ])
        await session.request(method, params).catch(() => {});
    await session.notify('textDocument/didChange', {
      textDocument: { uri: 'untitled:never', version: 2 },
      contentChanges: [{ range: { start: far, end: far }, text: 'x' }],
    });
    await session.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: 'x' });
    await session.notify('textDocument/didClose', { textDocument: { uri: 'untitled:never' } });
    await session.notify('textDocument/didOpen', {});
    await session.notify('workspace/didChangeConfiguration', {
      settings: { lintel: { rules: { NET009: 5, nonsense: 'error' } } },
    });
    await session.notify('workspace/didChangeConfiguration', {});
    await session.notify('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: 'file:///dev/zero', type: 2 },
        { uri: 'nonsense', type: 9 },
      ],
    });
    await alive();
  });

  test('a message that is no JSON', async () => {
    const { stdin } = session.client.process;
    const body = '{"jsonrpc": "2.0", "method": ';
    stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    await alive();
  });

  test('a change beyond the end of the text, and one that is not in order', async () => {
    await session.open(uri, 'network admin vlan 10\n');
    await session.notify('textDocument/didChange', {
      textDocument: { uri, version: 9 },
      contentChanges: [
        { range: { start: { line: 90, character: 4 }, end: { line: 99, character: 0 } }, text: 'host a\n' },
        { range: { start: { line: 0, character: 900 }, end: { line: 0, character: 2 } }, text: '' },
      ],
    });
    await session.close(uri);
    await alive();
  });

  test('huge documents and long lines', async () => {
    const big = 'untitled:big.lintel';
    await session.open(big, Array.from({ length: 20_000 }, (_, i) => `network n${i} vlan ${i % 5000}`).join('\n'));
    expect(session.diagnostics(big).length).toBeGreaterThan(100);
    await session.type(big, 'network n7 vlan 7', `network n7 vlan 7 ${'{'.repeat(5_000)}`);
    await session.type(big, '{'.repeat(5_000), '');
    const line = 'untitled:line.lintel';
    await session.open(line, `network ${'a'.repeat(300_000)} vlan ${'9, '.repeat(20_000)}`);
    await session.close(line);
    await session.close(big);
    await alive();
  });

  test('files that are closed and opened again, and files that change on the disk', async () => {
    await session.open(uri, 'import "site.lintel"\nhost esx1 { vswitch v0 { vmkernel vmk0 on admin } }\n');
    const unknown = (): boolean => session.diagnostics(uri).some(({ message }) => message.includes('admin'));
    expect(unknown()).toBe(false);
    const changed = async (text: string | undefined): Promise<void> => {
      if (text === undefined) rmSync(join(folder, 'site.lintel'));
      else writeFileSync(join(folder, 'site.lintel'), text);
      await session.notify('workspace/didChangeWatchedFiles', {
        changes: [{ uri: pathToFileURL(join(folder, 'site.lintel')).href, type: text === undefined ? 3 : 2 }],
      });
      await session.settle();
    };
    await changed('network other vlan 10\n');
    expect(unknown()).toBe(true);
    await changed('network admin vlan 10\n');
    expect(unknown()).toBe(false);
    await changed(undefined);
    expect(session.diagnostics(uri).some(({ message }) => message.includes('site.lintel'))).toBe(true);
    await changed('network admin vlan 10\n');
    await session.close(uri);
    await session.settle();
    expect(session.diagnostics(uri)).toEqual([]);
    await session.open(uri, 'no-such-word 5\n');
    expect(session.diagnostics(uri).length).toBe(1);
  });

  test('a folder that is deleted takes the findings of its files along', async () => {
    const below = join(folder, 'old');
    const old = pathToFileURL(join(below, 'old.lintel')).href;
    mkdirSync(below);
    writeFileSync(join(below, 'old.lintel'), 'no-such-word 5\n');
    await session.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: old, type: 1 }] });
    await session.settle();
    expect(session.diagnostics(old).length).toBe(1);
    rmSync(below, { recursive: true });
    await session.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(below).href, type: 3 }] });
    await session.settle();
    expect(session.diagnostics(old)).toEqual([]);
    // The folder is moved back: it alone is told of. A file and what lies elsewhere are no folders of the workspace.
    mkdirSync(below);
    writeFileSync(join(below, 'old.lintel'), 'no-such-word 5\n');
    const created = [below, join(below, 'old.txt'), dirname(folder)].map((path) => ({ uri: pathToFileURL(path).href, type: 1 }));
    await session.notify('workspace/didChangeWatchedFiles', { changes: created });
    await session.settle();
    expect(session.diagnostics(old).length).toBe(1);
  });

  test('a setting turns a rule off, and on again', async () => {
    await session.open(uri, 'network admin vlan 5000\n');
    const set = async (rules: object): Promise<readonly (string | number | undefined)[]> => {
      await session.notify('workspace/didChangeConfiguration', { settings: { lintel: { rules } } });
      await session.settle();
      return session.diagnostics(uri).map(({ code }) => code);
    };
    expect(session.diagnostics(uri).map(({ code }) => code)).toContain('NET023');
    expect(await set({ NET023: 'off' })).not.toContain('NET023');
    expect(await set({})).toContain('NET023');
  });

  test('ends with code 1 without a shutdown, as the protocol wants it, and when the editor is gone', async () => {
    const gone = new Promise((done) => session.client.process.once('exit', done));
    await session.notify('exit', undefined);
    expect(await gone).toBe(1);
    const orphan = await startSession(args);
    const ended = new Promise((done) => orphan.client.process.once('exit', () => done(true)));
    orphan.client.process.stdin?.end();
    expect(await ended).toBe(true);
  });
});

test('docs/protocol.md names every message of protocol.ts, and no other', () => {
  const text = readFileSync(join(root, 'docs/protocol.md'), 'utf8');
  const documented = [...text.matchAll(/`(lintel\/\w+)`/g)].map(([, name]) => name);
  const declared = Object.values(protocol).filter((value) => typeof value === 'string');
  expect(documented.toSorted()).toEqual(declared.toSorted());
  const source = readFileSync(join(root, 'server/src/lsp/protocol.ts'), 'utf8');
  const page = /Between the panel[^\n]*\n?[^\n]*/.exec(text)?.[0] ?? '';
  const posted = [...source.matchAll(/readonly type: '(\w+)'/g)].map(([, name]) => name ?? '');
  expect(
    [...page.matchAll(/`(\w+)`/g)]
      .map(([, name]) => name)
      .filter((name) => name !== 'postMessage')
      .toSorted(),
  ).toEqual(posted.toSorted());
});
