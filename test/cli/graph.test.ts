import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, lintel } from './kit.ts';

const design = `network ops vlan 10 zone level-3
switch sw-1 ports 8
host esx1 { nic n0 port sw-1/1
 vswitch v uplinks n0 { portgroup "Ops" on ops } }
host esx2 { nic n0 port sw-1/2 }
cluster c hosts esx1, esx2
vm web in c { memory 8GB
 nic e on "Ops" }
`;
const folder = (): string => folderOf({ 'plant.lintel': design });

describe('lintel graph --view', () => {
  it('draws the view that is asked for', async () => {
    const { code, out } = await lintel(folder(), ['graph', '-o', '-', '--view', 'placement']);
    expect(code).toBe(0);
    expect(out).toContain('– placement');
    expect(out).toContain('data-id="vm:web"');
    expect(out).not.toContain('vswitch:v');
  });

  it('all writes a file for each view that has something to show, and says what is left out', async () => {
    const at = folder();
    const { code, err, out } = await lintel(at, ['graph', '-o', 'pictures', '--view', 'all']);
    expect({ code, files: readdirSync(join(at, 'pictures')).sort() }).toEqual({
      code: 0,
      files: ['network.svg', 'overview.svg', 'physical.svg', 'placement.svg', 'storage.svg', 'zones.svg'],
    });
    expect(out).toContain('pictures/zones.svg: the topology of');
    expect(err).toContain('licences: nothing to draw yet; declare a license.');
    expect(readFileSync(join(at, 'pictures', 'network.svg'), 'utf8')).toContain('portgroup:Ops');
  });

  it('a focus and filters draw a part', async () => {
    const { out } = await lintel(folder(), ['graph', '-o', '-', '--focus', 'esx1', '--depth', '0']);
    expect(out).toContain('host:esx1');
    expect(out).not.toContain('host:esx2');
    const part = await lintel(folder(), ['graph', '-o', '-', '--cluster', 'c', '--network', 'ops']);
    expect(part.out).toContain('portgroup:Ops');
    expect(part.out).not.toContain('host:esx2');
  });

  it('boxes are folded and opened by name', async () => {
    const { out } = await lintel(folder(), ['graph', '-o', '-', '--shut', 'esx1', '--shut', 'c', '--open', 'esx2']);
    expect(out).toContain('2 hosts · 1 virtual machine');
    expect(out).not.toContain('data-id="host:esx1"');
    const many = folderOf({ 'plant.lintel': 'host h[1..300] { nic n0 }\n' });
    const folded = await lintel(many, ['graph', '-o', '-']);
    expect(folded.out).toContain('data-id="all:all:host:h1"');
    expect(folded.out).toContain('300 hosts');
    const open = await lintel(many, ['graph', '-o', '-', '--open', '*']);
    expect(open.out).toContain('data-id="host:h300/nic:n0"');
  });

  it.each<[readonly string[], string]>([
    [['--view', 'storrage'], 'There is no view "storrage"; did you mean "storage"?'],
    [['--focus', 'esx3'], 'There is no thing "esx3" in this view; did you mean "esx1"?'],
    [['--cluster', 'nope'], 'There is no cluster "nope" in this view; there is c.'],
    [['--site', 'nope'], 'There is no site "nope" in this view.'],
    [['--network', 'opps'], 'There is no network "opps" in this view; did you mean "ops"?'],
    [['--tag', 'nope'], 'There is no tag "nope" in this view.'],
    [['--service', 'nope'], 'This view does not show services; choose overview or redundancy.'],
    [['--severity', 'info', '--view', 'placement', '--cluster', 'c', '--severity', 'error'], 'Nothing in this view has errors.'],
    [['--severity', 'bad'], "'bad' is invalid. Allowed choices are error, warning, info."],
    [['--shut', 'esx3'], 'There is no thing "esx3" in this view; did you mean "esx1"?'],
    [['--focus', 'esx1', '--depth', 'two'], '--depth two is no number from 0 to 99.'],
    [['--depth', '2'], '--depth says how far to look around a --focus'],
    [['--view', 'licences'], 'there is nothing to draw yet; declare a license.'],
    [['--view', 'all'], 'name a folder with -o'],
    [['--focus', 'a\u001b[2J'], 'There is no thing "a<U+001B>[2J"'],
  ])('%j is an error of the command line', async (args, text) => {
    const { code, err, out } = await lintel(folder(), ['graph', '-o', '-', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(text);
  });

  it('all of a thing that is nowhere is an error', async () => {
    const { code, err } = await lintel(folder(), ['graph', '-o', 'pictures', '--view', 'all', '--focus', 'nowhere']);
    expect(code).toBe(2);
    expect(err).toContain('zones: There is no thing "nowhere" in this view');
  });
});
