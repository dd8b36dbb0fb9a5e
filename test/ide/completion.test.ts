import { describe, expect, it } from 'vitest';
import { completion } from '../../server/src/ide/completion.ts';
import { at, detailsAt, itemsAt, labelsAt, take } from './kit.ts';
import { plant } from './sample.ts';

const inPlant = (text: string): string => `${plant}${text}`;
const before = (lines: string): string => lines.replace(/\|/g, '<|>');

describe('completion of words', () => {
  it('proposes kinds and directives at the top, with snippets made of their examples', () => {
    expect(labelsAt('<|>', 6)).toBe('design site rack ups pdu network');
    expect(take('net<|>', 'network').split(' purpose ')[0]).toBe('network ${1:vmotion}');
    expect(take('<|>', 'host')).toBe('host ${1:esx1} {\n\track ${2:r1}\n\t$0\n}');
    expect(take('<|>', 'import')).toBe('import "$1"');
    expect(labelsAt('<|>').split(' ')).toEqual(
      expect.arrayContaining(['lintel', 'import', 'catalog', 'let', 'profile', 'firewall']),
    );
  });

  it('does not propose what only stands inside of something', () => {
    expect(labelsAt('<|>').split(' ')).not.toContain('vmkernel');
  });

  it('proposes what a thing can say, less what it says already', () => {
    expect(labelsAt('network a purpose iscsi vlan 3 <|>')).toBe(
      'subnet gateway mtu plane zone level bandwidth vrf dns owner tag note',
    );
    expect(labelsAt('network a {\n  purpose iscsi\n  <|>\n}', 2)).toBe('vlan subnet');
  });

  it('works in the middle of a word, and replaces it', () => {
    expect(take('network a pur<|>pse iscsi', 'purpose')).toBe('network a purpose  iscsi');
    expect(take('network a <|>vlan 3', 'purpose')).toBe('network a purpose vlan 3');
  });

  it('knows a record’s own words, on the line and in a body', () => {
    expect(labelsAt('vm a {\n  ha <|>\n}', 3)).toBe('on off restart');
    expect(labelsAt('vm a {\n  ha {\n    <|>\n  }\n}')).toBe('restart');
    expect(labelsAt('host a {\n  cpu 2 <|>\n}', 1)).toBe('x');
    expect(labelsAt('host a {\n  cpu 2 x "Y" <|>\n}', 3)).toBe('cores threads clock');
    expect(labelsAt('cluster a {\n  ha admission <|>\n}', 4)).toBe('reserve failures dedicated off');
  });

  it('puts what a profile says already last, with its value', () => {
    const details = detailsAt(inPlant('host x : esxi {\n  <|>\n}')).split('\n');
    expect(details.slice(-4)).toEqual([
      'model: from profile esxi: "PowerEdge R660"',
      'hypervisor: from profile esxi: esxi 8.0u3',
      'cpu: from profile esxi: 2 x "Xeon Gold 6426Y" cores 16',
      'memory: from profile esxi: 256GB',
    ]);
    expect(details).toContain('vmk0: vmkernel of profile esxi');
  });

  it('knows the words of a thing that a profile declares', () => {
    const labels = labelsAt(inPlant('host x : esxi {\n  vmk0 <|>\n}')).split(' ');
    expect(labels).toEqual(expect.arrayContaining(['address', 'mtu']));
    expect(labels.slice(-2)).toEqual(['on', 'services']);
    expect(labelsAt(inPlant('host x : esxi {\n  nic <|>\n}'))).toBe('vmnic0 vmnic1 vmnic2 vmnic3');
  });

  it('leaves out what the hypervisor does not know', () => {
    expect(labelsAt('cluster c hosts a { <|> }\nhost a { hypervisor hyperv 2019 }').split(' ')).not.toContain('evc');
    expect(labelsAt('cluster c hosts a { <|> }\nhost a { hypervisor esxi 8.0 }').split(' ')).toContain('evc');
    expect(labelsAt('cluster c { <|> }').split(' ')).toContain('evc');
  });

  it('is silent in comments and in free texts', () => {
    expect(itemsAt('// <|>')).toEqual([]);
    expect(itemsAt('/* a\n<|> */')).toEqual([]);
    expect(itemsAt('network a note "hello <|>"')).toEqual([]);
  });
});

describe('completion of values', () => {
  it('proposes the words of a choice, with what they mean', () => {
    expect(detailsAt('network a purpose <|>', 2)).toBe(
      'management: Administration of hosts, switches and storage.\nproduction: What the VMs talk to each other and to the plant or the office over.',
    );
    expect(take('network a purpose vm<|>', 'vmotion')).toBe('network a purpose vmotion');
    expect(labelsAt('vm a { ft <|> }', 2)).toBe('yes no');
  });

  it('puts the likeliest unit first', () => {
    expect(labelsAt('host a { memory 512<|> }', 3)).toBe('512GB 512B 512KB');
    expect(labelsAt('host a {\n  nic b speed 10<|>\n}', 1)).toBe('10Gbps');
    expect(take('host a {\n  nic b speed 2.5<|>\n}', '2.5Gbps')).toBe('  nic b speed 2.5Gbps');
    expect(labelsAt('vm a { disk 1<|> }', 1)).toBe('1GB');
  });

  it('proposes models and releases from the catalogues', () => {
    expect(labelsAt('host a { model "<|>" }').split(' ').length).toBeGreaterThan(10);
    expect(take('host a {\n  model "Pow<|>\n}', 'PowerEdge R660')).toBe('  model "PowerEdge R660"');
    expect(take('host a {\n  model "Pow<|>er" rack r1\n}', 'PowerEdge R660')).toBe('  model "PowerEdge R660" rack r1');
    expect(labelsAt('host a { hypervisor esxi <|> }').split(' ')).toContain('8.0u3');
    expect(take('host a { hypervisor esxi 8.0<|> }', '8.0u3')).toBe('host a { hypervisor esxi 8.0u3 }');
    expect(itemsAt('vm a { nic b model "<|>" }')).toEqual([]);
  });

  it('proposes rule codes where one is due', () => {
    expect(labelsAt('waive NET<|>').split(' ')).toContain('NET023');
    expect(labelsAt('policy { severity <|> }').split(' ')).toContain('NET023');
    expect(labelsAt('policy { severity NET023 <|> }')).toBe('error warning info hint off');
  });

  it('proposes what others of the kind say', () => {
    expect(labelsAt(inPlant('vm X os "<|>"'), 1)).toBe('Windows Server 2022');
  });

  it('reckons the first address of a subnet as gateway', () => {
    expect(labelsAt('network a subnet 10.9.8.0/24 gateway <|>')).toBe('10.9.8.1');
  });
});

describe('completion of names', () => {
  it('proposes names of the right kind only', () => {
    expect(labelsAt(inPlant('vm X in <|>'))).toBe('scada');
    expect(labelsAt(inPlant('vm X on <|>'))).toBe('esx1 esx2 esx3 esx9');
    expect(labelsAt(inPlant('vm X {\n  disk 1GB on <|>\n}'))).toBe('ds-vm');
    expect(labelsAt(inPlant('host x : <|>'))).toBe('esxi');
    expect(labelsAt(inPlant('vm x : <|>'))).toBe('');
  });

  it('proposes what is near first: NICs of this host', () => {
    expect(labelsAt('host a {\n  nic n1\n  nic n2\n  vswitch s uplinks <|>\n}\nhost b { nic n3 }')).toBe('n1 n2');
    expect(labelsAt('host a {\n  nic n1\n  nic n2\n  vswitch s uplinks n1, <|>\n}')).toBe('n2');
    expect(labelsAt('profile p of host {\n  nic n[0..2]\n  vswitch s uplinks <|>\n}')).toBe('n0 n1 n2');
  });

  it('proposes a range where several are named', () => {
    expect(labelsAt(inPlant('cluster x hosts <|>'))).toBe('esx[1..3] esx1 esx2 esx3 esx9');
    expect(detailsAt('host esx[1..3]\ncluster x hosts <|>', 2)).toBe('esx[1..3]: 3 hosts\nesx1: host');
    expect(labelsAt('host esx-[08..11]\nhost b\ncluster x hosts <|>', 2)).toBe('esx-[08..11] b');
  });

  it('puts names in quotes that need them', () => {
    expect(take(inPlant('vm X {\n  nic eth1 on <|>\n}'), 'VM Network')).toBe('  nic eth1 on "VM Network"');
    expect(take(inPlant('vm X {\n  nic eth1 on "VM<|>"\n}'), 'VM Network')).toBe('  nic eth1 on "VM Network"');
    expect(take(inPlant('vm X {\n  nic eth1 on "VM<|>\n}'), 'VM Network')).toBe('  nic eth1 on "VM Network"');
  });

  it('goes on behind a dot', () => {
    expect(labelsAt(inPlant('datastore y on san-1.<|>'), 2)).toBe('vmfs-1 fast');
    expect(labelsAt(inPlant('waive NET001 on esx1.vSwitch0.<|>'))).toBe('vmk0 vmk1');
  });

  it('proposes free switch ports first', () => {
    expect(detailsAt(inPlant('host x {\n  nic n port <|>\n}'), 1)).toBe('sw-a/: 52 of 56 ports free');
    const ports = detailsAt(inPlant('host x {\n  nic n port sw-a/<|>\n}')).split('\n');
    expect(ports.slice(0, 2)).toEqual(['4: free', '5: free']);
    expect(ports.slice(-4)).toEqual(['1: esx1.vmnic0', '2: esx2.vmnic0', '3: esx3.vmnic0', 'u1: esx9.vmnic0']);
    expect(detailsAt(inPlant('host x[i in 1..4] {\n  nic n port sw-a/<|>\n}'), 1)).toBe('(3 + i): ports 4 to 7, all free');
  });

  it('proposes the next free address of the network that a thing stands on', () => {
    expect(detailsAt(inPlant('host x : esxi {\n  vmk0 address <|>\n}'), 1)).toBe('admin.host(20): 10.4.10.20, free');
    expect(detailsAt(inPlant('host x[i in 4..6] : esxi {\n  vmk0 address <|>\n}'), 1)).toBe(
      'admin.host(10 + i): 10.4.10.14 to 10.4.10.16, all free',
    );
    expect(detailsAt(inPlant('vm x {\n  nic e address control.<|>\n}'))).toBe('host(23): 10.4.100.23, free');
    expect(detailsAt(inPlant('vm x {\n  nic e address control.host(<|>)\n}'), 1)).toBe('23: 10.4.100.23, free');
  });

  it('proposes indexes and named values in arithmetic', () => {
    expect(labelsAt(inPlant('host x[k in 1..2] {\n  unit (<|>)\n}'))).toBe('k first');
    expect(take('host x[k in 1..2] {\n  note "number {<|>"\n}', 'k')).toBe('  note "number {k"');
  });

  it('proposes files for imports', () => {
    const text = '--- net/lan.lintel\nnetwork a\n--- main.lintel\nimport "<|>"';
    expect(take(text, 'net/lan.lintel')).toBe('import "net/lan.lintel"');
    const { workspace, uri, position } = at('catalog "<|>"');
    expect(
      completion(workspace, uri, position, { files: ['file:///design/hcl/vendor.json'] }).items.map((item) => item.label),
    ).toEqual(['hcl/vendor.json']);
  });
});

describe('completion while typing', () => {
  it('copes with lines that are not finished', () => {
    expect(labelsAt('host a {\n  vswitch s {\n    vmkernel k <|>', 3)).toBe('active standby unused');
    expect(labelsAt(before('network a purpose iscsi\nnetwork b purpose |\nnetwork c')).split(' ')).toContain('iscsi');
    expect(labelsAt('host a {\n  <|>\n', 1)).toBe('model');
    expect(labelsAt('host a {\n  nic n ;<|>', 1)).toBe('model');
    expect(labelsAt('profile p <|>')).toBe('of');
    expect(labelsAt('profile p of <|>').split(' ')).toContain('host');
  });

  it('has an answer in an empty file', () => {
    const { workspace, uri, position } = at('<|>');
    expect(completion(workspace, uri, position).items.length).toBeGreaterThan(10);
  });

  it('asks again where a value follows', () => {
    const item = itemsAt('network a <|>').find((candidate) => candidate.label === 'purpose');
    expect(item?.command?.command).toBe('editor.action.triggerSuggest');
  });
});
