import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonNode, jsonOf, readJson } from '../../server/src/catalog/json.ts';
import { MAX_CATALOG_LENGTH, parseCatalog, productKey } from '../../server/src/catalog/load.ts';

const example = readFileSync(new URL('../../examples/catalogs/plant-hcl.json', import.meta.url), 'utf8');
const header = '"lintelCatalog": 1, "name": "Test", "source": "test"';
const withDevices = (...devices: string[]) => `{\n${header},\n"devices": [\n${devices.join(',\n')}\n]\n}`;
const device = (more = '') => `{ "id": "a", "kind": "nic", "vendor": "Intel", "model": "X710"${more === '' ? '' : `, ${more}`} }`;
const load = (text: string) => parseCatalog(text, 'test:');

/** A problem as `line:column pointer message`. */
const shown = (text: string) =>
  load(text).problems.map(
    (each) => `${each.line}:${each.column}-${each.endLine}:${each.endColumn} ${each.pointer} ${each.message}`,
  );

describe('parseCatalog', () => {
  it('reads the example', () => {
    const { catalog, problems } = load(example);
    expect(problems).toEqual([]);
    expect(catalog?.header).toMatchObject({
      name: 'Riverside plant HCL',
      origin: 'test:',
      complete: [{ product: 'esxi', kinds: ['nic', 'raid'] }],
    });
    expect(catalog?.devices.map((each) => each.id)).toEqual(['r660', 'x710-dell', 'bcm5720', 'h755', 'old-h700', 'dongle-hub']);
    const [, x710, , , , hub] = catalog?.devices ?? [];
    expect(x710).toMatchObject({ speed: 1e10, verified: true, source: 'Example, written for the documentation' });
    expect(x710?.releases[0]?.drivers[0]).toEqual({
      name: 'i40en',
      kind: 'native',
      version: '2.5.11.0',
      firmware: '22.5.7',
      delivery: 'async',
    });
    expect(hub).toMatchObject({
      portCurrent: 1,
      networkPorts: [{ count: 2, speed: 1e10, connector: 'RJ45' }, { connector: 'SFP+' }],
    });
  });

  it('says where what is wrong', () => {
    expect(shown(withDevices(device('"pci": ["8086:157"], "speed": "10G"')))).toEqual([
      '3:72-3:82 /devices/0/pci/0 `8086:157` is not a PCI id; write vendor:device, such as 8086:1572, or vendor:device:subvendor:subdevice',
      '3:94-3:99 /devices/0/speed `G` is not a unit of rate; did you mean `Gbps`',
    ]);
    expect(load(withDevices(device('"speed": "10G"'))).problems[0]?.suggestion).toBe('10Gbps');
    expect(shown('{ "lintelCatalog": 2, "name": "x" }')).toEqual([
      '0:0-0:1  `source` is missing',
      '0:19-0:20 /lintelCatalog Must be 1 to 1',
    ]);
    expect(shown(withDevices('{ "id": "a", "kind": "network", "vendor": "Intel", "model": "X710", "modell": 1 }'))).toEqual([
      '3:21-3:30 /devices/0/kind `network` is none of server, cpu, nic, hba, raid, gpu, array, switch, usbhub',
      '3:68-3:76 /devices/0/modell Nothing here is called `modell`; it is ignored',
    ]);
    expect(load(withDevices(device('"modell": "X"'))).problems[0]).toMatchObject({ severity: 'warning', suggestion: 'model' });
    expect(shown(withDevices(device('"a/b~c": 1')))).toEqual([
      '3:64-3:71 /devices/0/a~1b~0c Nothing here is called `a/b~c`; it is ignored',
    ]);
  });

  it.each([
    ['', 'The file ends too early', '0:0'],
    ['{', 'A name in double quotes must stand here', '0:1'],
    ['{\n  "a": 1,\n}', 'JSON allows no comma before `}`', '2:0'],
    ['{\n  "a": hello }', 'A text must stand in double quotes', '1:7'],
    ['{ "a" 1 }', 'A colon must follow the name', '0:6'],
    ['{ "a": "b\n" }', 'The text has no closing quote', '0:9'],
    ['{ "a": "\\x" }', 'The text has an escape that JSON does not know', '0:7'],
    ['{} {}', 'Only one value may stand in the file; this is left over', '0:3'],
    ['[1 2]', 'A comma or `]` must stand here', '0:3'],
    ['// no', 'A value must stand here', '0:0'],
    ['[]', 'Must be an object in braces, not an array', '0:0'],
    ['null', 'Must be an object in braces, not null', '0:0'],
  ])('%j: %s', (text, message, at) => {
    const [problem] = load(text).problems;
    expect([problem?.message, `${problem?.line}:${problem?.column}`, load(text).catalog]).toEqual([message, at, undefined]);
  });

  it('keeps the devices that are right', () => {
    const { catalog, problems } = load(withDevices('{ "id": "bad" }', device(), device().replace('"a"', '"b"')));
    expect(catalog?.devices.map((each) => each.id)).toEqual(['a', 'b']);
    expect(problems.map((each) => each.message)).toEqual(['`kind` is missing', '`vendor` is missing', '`model` is missing']);
  });

  it('reports what stands twice', () => {
    expect(shown(withDevices(device('"pci": ["8086:1572"]'), device('"pci": ["8086:1572"], "vendor": "Other"')))).toEqual([
      '4:8-4:11 /devices/1/id `a` is the id of /devices/0 too; this device is left out',
      '4:86-4:94 /devices/1/vendor `vendor` stands here twice; the first one counts',
    ]);
    const other = device('"pci": ["8086:1572", "8086:1583"]').replace('"a"', '"b"');
    expect(shown(withDevices(device('"pci": ["8086:1572"]'), other))).toEqual([
      '4:72-4:83 /devices/1/pci/0 8086:1572 belongs to /devices/0 already; the device is then ambiguous',
    ]);
    const lines =
      '"releases": [{ "product": "ESXi", "version": "8.0u2", "status": "supported" }, { "product": "esxi", "version": "8.0 U2", "status": "removed" }]';
    expect(load(withDevices(device(lines))).problems[0]?.message).toBe('esxi 8.0u2 stands here twice; the first one counts');
    const backwards = '"releases": [{ "product": "esxi", "version": "8.0u2", "to": "7.0", "status": "supported" }]';
    expect(load(withDevices(device(backwards))).problems[0]?.message).toBe('The range runs backwards');
  });

  it('leaves fields that start with x- to the author', () => {
    expect(load(withDevices(device('"x-room": [1, { "a": null }]'))).problems).toEqual([]);
  });

  it('shows two hundred problems at most, and says that there are more', () => {
    const { problems } = load(withDevices(...Array.from({ length: 300 }, () => '{}')));
    expect(problems).toHaveLength(200);
    expect(problems.at(-1)?.message).toBe('There are more problems than are shown');
  });
});

describe('hostile input', () => {
  it('stops at its limits', () => {
    expect(load(' '.repeat(MAX_CATALOG_LENGTH + 1)).problems[0]?.message).toMatch(/larger than 8MB/);
    expect(load('['.repeat(1_000_000)).problems[0]?.message).toMatch(/Nested deeper/);
    expect(load('{"a":'.repeat(100_000)).problems[0]?.message).toMatch(/Nested deeper/);
    expect(load(`[${'0,'.repeat(600_000)}0]`).problems[0]?.message).toMatch(/More than 500000 values/);
    expect(load(`"${'\\n'.repeat(4_000_000)}`).problems[0]?.message).toMatch(/closing quote/);
    expect(load(`{ "a": 1${'0'.repeat(5_000_000)} }`).problems).toHaveLength(1);
  });

  it('cannot pollute prototypes', () => {
    const evil = '"__proto__": { "polluted": true }, "constructor": { "prototype": { "polluted": true } }';
    const { catalog, problems } = load(withDevices(device(evil)).replace('"name"', '"__proto__": { "verified": true }, "name"'));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(catalog?.devices[0])).toBe(Object.prototype);
    expect(problems.map((each) => each.severity)).toEqual(['warning', 'warning', 'warning']);
  });

  it('never throws: any text, any JSON, the example cut anywhere or with anything in it', () => {
    const cut = fc.nat({ max: example.length }).map((at) => example.slice(0, at));
    const patched = fc
      .tuple(fc.nat({ max: example.length }), fc.nat({ max: 40 }), fc.string({ unit: 'binary', maxLength: 8 }))
      .map(([at, length, text]) => example.slice(0, at) + text + example.slice(at + length));
    const json = fc.jsonValue().map((value) => JSON.stringify(value));
    const nested = fc
      .jsonValue()
      .map((value) => `{${header}, "devices": [${JSON.stringify(value)}], "releases": ${JSON.stringify([value])}}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), cut, patched, json, nested), (text) => {
        const { problems } = load(text);
        const lines = text.split('\n');
        for (const { line, column, endLine, endColumn } of problems) {
          expect(line).toBeLessThanOrEqual(endLine);
          expect(endLine).toBeLessThan(lines.length);
          expect(column).toBeLessThanOrEqual(lines[line]?.length ?? 0);
          expect(endColumn).toBeLessThanOrEqual((lines[endLine]?.length ?? 0) + 1);
        }
      }),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 300) },
    );
  });
});

describe('the JSON reader', () => {
  const plainOf = (node: JsonNode): unknown => {
    if (node.kind === 'object') return Object.fromEntries(node.members.map(({ key, value }) => [key, plainOf(value)]));
    if (node.kind === 'array') return node.items.map(plainOf);
    return node.kind === 'null' ? null : node.value;
  };

  it('reads what JSON.parse reads, with each value where it says', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const node = readJson(text);
        if ('fault' in node) throw new Error(node.fault.message);
        expect(plainOf(node)).toEqual(JSON.parse(text));
        expect(JSON.parse(text.slice(node.start, node.end))).toEqual(JSON.parse(text));
        expect(plainOf(jsonOf(JSON.parse(text)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const nearly = fc
      .tuple(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.constantFrom('', ',', '"', '{', '}', '[', '0', '-', '\\', 'e', ':', '\n'),
      )
      .map(([value, at, sign]) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        return text.slice(0, place) + sign + text.slice(place + 1);
      });
    fc.assert(
      fc.property(nearly, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        // A number too large for a double is Infinity to JSON.parse and a fault here.
        fc.pre(!/\d{300}|e\+?\d{3}/i.test(text));
        expect([text, !('fault' in readJson(text))]).toEqual([text, valid]);
      }),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 400) },
    );
  });
});

it('knows a product in every spelling', () => {
  expect(['ESXi', 'VMware ESXi', 'ESX', 'vSphere'].map(productKey)).toEqual(['esxi', 'esxi', 'esxi', 'esxi']);
  expect(['Hyper-V', 'Microsoft Hyper-V', 'hyperv'].map(productKey)).toEqual(['hyperv', 'hyperv', 'hyperv']);
  expect(['Citrix Hypervisor', 'XenServer', 'Proxmox VE', 'Oracle VM', 'everRun'].map(productKey)).toEqual([
    'xenserver',
    'xenserver',
    'proxmox',
    'oraclevm',
    'everrun',
  ]);
});
