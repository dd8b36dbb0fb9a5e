import { describe, expect, it } from 'vitest';
import { hoverAt, hoverSpan } from './kit.ts';
import { plant } from './sample.ts';

/** The sample with a cursor in front of the nth place where a text stands, some characters in. */
const on = (text: string, into = 1, nth = 0): string => {
  let start = -1;
  for (let k = 0; k <= nth; k += 1) start = plant.indexOf(text, start + 1);
  expect(start, text).toBeGreaterThanOrEqual(0);
  return `${plant.slice(0, start + into)}<|>${plant.slice(start + into)}`;
};

describe('hover', () => {
  it('explains words: how they are written, what they mean, what is allowed', () => {
    const purpose = hoverAt('network a pur<|>pose iscsi');
    expect(purpose).toContain('purpose management|production|vmotion|…');
    expect(purpose).toContain('- `iscsi` – Block storage over IP.');
    expect(hoverAt('network a purpose is<|>csi')).toBe('`iscsi` – Block storage over IP.');
    expect(hoverAt('<|>network a')).toContain('A network as the design means it');
    expect(hoverAt('imp<|>ort "x"')).toContain('Takes everything of another file');
    expect(hoverAt('host a { mem<|>ory 1GB }')).toContain('`GB`');
    expect(hoverAt('cluster a { ev<|>c x }')).toContain('Only with VMware ESXi.');
  });

  it('tells what a name is: kind, label, doc, what it says, what follows', () => {
    expect(hoverAt('/// In the *basement*\nhost a "Alpha [1]" {\n  memory 1GB\n}\nvm v on <|>a')).toBe(
      '**host** `a` – Alpha \\[1\\]\n\nIn the \\*basement\\*\n\n- `memory 1GB`',
    );
    const vmk = hoverAt(on('vmk0 address admin.host(19)', 2));
    expect(vmk).toContain('**vmkernel** `esx9.vSwitch0.vmk0`');
    expect(vmk).toContain('- `on admin` – profile `esxi`, [main.lintel, line 25](file:///design/main.lintel#L25)');
    expect(vmk).toContain('address `10.4.10.19` · network `admin` · VLAN `10` · subnet `10.4.10.0/24` · gateway `10.4.10.1`');
  });

  it('shows only the part of a path that is meant', () => {
    expect(hoverSpan(on('san-1.vmfs-1', 7))).toBe('vmfs-1');
    expect(hoverAt(on('san-1.vmfs-1', 7))).toContain('**lun** `san-1.vmfs-1`');
    expect(hoverSpan(on('san-1.vmfs-1', 2))).toBe('san-1');
    expect(hoverAt(on('san-1.vmfs-1', 2))).toContain('**array** `san-1`');
  });

  it('expands ranges', () => {
    expect(hoverAt('host e<|>sx[1..16]')).toContain('16 members: `esx1`, `esx2`, `esx3`, `esx4`, … `esx16`');
    expect(hoverAt(on('hosts esx[1..3]', 8))).toContain('3: `esx1`, `esx2`, `esx3`');
    expect(hoverAt(on('nic vmnic[0..3]', 6))).toContain('4 members: `vmnic0`, `vmnic1`, `vmnic2`, `vmnic3`');
  });

  it('reckons addresses, for every member', () => {
    const hover = hoverAt(on('admin.host(first + i)', 7));
    expect(hover).toBe('- esx1 vmk0: `10.4.10.11/24`\n- esx2 vmk0: `10.4.10.12/24`\n- esx3 vmk0: `10.4.10.13/24`');
    expect(hoverAt(on('admin.host(first + i)', 13))).toContain('let first = 10');
    expect(hoverAt(on('admin.host(first + i)', 19))).toBe('Index `i`: 3 values, 1 to 3.');
    expect(hoverAt('network n subnet 10.0.0.0/30\nvm v { nic e address n.ho<|>st(9) }')).toContain('lies outside');
  });

  it('tells which value counts, and whose it is', () => {
    const own = hoverAt(on('memory 512GB', 2));
    expect(own).toContain('In force: `memory 512GB`');
    expect(own).toContain('Overrides `memory 256GB` (profile `esxi`, [main.lintel, line 22](file:///design/main.lintel#L22)).');
    const lost = hoverAt(
      on('memory 256GB', 2).replace('host esx[i in 1..3] : esxi {\n', 'host esx[i in 1..3] : esxi {\n  memory 1TB\n'),
    );
    expect(lost).toContain('Here without effect: `memory 1TB` counts');
    expect(hoverAt(on('host esx9 : esxi', 6))).toContain('- `model "PowerEdge R660"` – profile `esxi`');
  });

  it('tells who uses a profile', () => {
    const hover = hoverAt(on('profile esxi of', 9));
    expect(hover).toContain('Six ports, two of them for the plant');
    expect(hover).toContain('Used by 4: `esx1`, `esx2`, `esx3`, `esx9`.');
    expect(hoverAt('profile p<|> of host { memory 1GB }')).toContain('Nobody uses it yet.');
  });

  it('tells what an import brings', () => {
    expect(hoverAt('--- net.lintel\nnetwork a\nnetwork b\nswitch s\n--- main.lintel\nimport "ne<|>t.lintel"')).toBe(
      '[net.lintel](file:///design/net.lintel)\n\nDeclares 2 `network`, 1 `switch`.',
    );
    expect(hoverAt('import "no<|>.lintel"')).toContain('This file is not there.');
  });

  it('tells what the catalogues know', () => {
    expect(hoverAt(on('"PowerEdge R660"', 3))).toContain('**PowerEdge R660** – Dell');
    expect(hoverAt('host a { hypervisor esxi 8.0<|>u3 }')).toContain('general support until');
    expect(hoverAt('host a { model "No<|>ne such" }')).toContain('No hardware catalogue');
  });

  it('explains rules where they are named', () => {
    expect(hoverAt(on('waive NET023', 8))).toContain('**NET023** VLAN id outside of 0 to 4094');
  });

  it('is silent where there is nothing to tell', () => {
    expect(hoverAt('network a bl<|>a blub')).toBe('');
    expect(hoverAt('// not<|>hing')).toBe('');
    expect(hoverAt('<|>')).toBe('');
  });
});
