/** The checklist of the sketch: the rows that an engineer would look for first. */
import { describe, expect, it } from 'vitest';
import { plainText } from '../../server/src/checklist/text.ts';
import { find, itemsOf, itemsOfTask, listOf, markdownOf, words } from './plant.ts';
import { riverside } from './riverside.ts';

const list = listOf(riverside);
const markdown = markdownOf(riverside);
const section = (from: string): string => markdown.slice(markdown.indexOf(from)).split('\n\n').slice(0, 3).join('\n\n');
const rows = (from: string): readonly string[] =>
  section(from)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);

describe('checklist of the SCADA plant', () => {
  it('has a title block, all phases, and a number of items that somebody can do', () => {
    expect(list.title).toEqual({
      name: 'riverside',
      about: 'SCADA platform of the Riverside water plant',
      file: 'main.lintel',
      owner: 'OT engineering',
      revision: 'B',
      date: '2026-11-20',
    });
    expect(list.phases.map((phase) => phase.code).join(' ')).toBe('HCL PWR CAB FW HYP NET STO CLU VM LIC APP BKP ACC HND');
    expect(list.count).toBeGreaterThan(150);
    expect(list.count).toBeLessThan(250);
    expect(markdown).toContain(`| Items | ${list.count} |`);
    expect(markdown.startsWith('# Deployment checklist: riverside\n')).toBe(true);
    expect(markdown.endsWith('|\n')).toBe(true);
  });

  it('names its sources and gives every item an id of its own', () => {
    const ids = itemsOf(list).map((item) => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const item of itemsOf(list)) {
      expect(item.id).toMatch(/^[A-Z]{2,3}-[0-9A-HJKMNP-TV-Z]{5}$/);
      expect(item.source).toMatch(/^main\.lintel:\d+$/);
    }
  });

  it('has one row for each cable', () => {
    expect(
      rows('### Data cables')
        .map((row) => row.replace(/^\| \S+ /, '').replace(/ \| `main.*$/, ''))
        .filter((_, at) => [0, 2, 4, 18, 20].includes(at)),
    ).toMatchInlineSnapshot(`
      [
        "| \`esx1.vmnic0\` | \`sw-a/u2\` | 10 Gbps | 30, 40, 100, 200 tagged",
        "| \`esx1.vmnic2\` | \`sw-a/u5\` | 10 Gbps | 21 tagged",
        "| \`esx1.vmnic4\` | \`sw-a/1\` | 1 Gbps | 10 tagged",
        "| \`san-1.A.p0\` | \`sw-a/u1\` | 10 Gbps | 21 untagged",
        "| \`sw-a\` stack port \\_\\_\\_\\_ | \`sw-b\` stack port \\_\\_\\_\\_ |  | ",
      ]
    `);
    expect(rows('### Data cables')).toHaveLength(22);
    expect(rows('### Power cables')).toHaveLength(18);
  });

  it('puts the same work on like hosts into one item, with a tick for each', () => {
    const item = find(list, 'Build vSwitch1');
    expect(item.members).toEqual(['esx1', 'esx2', 'esx3']);
    expect(item.commands[0]?.lines.slice(0, 2)).toEqual([
      "foreach ($h in Get-VMHost -Name 'esx1', 'esx2', 'esx3') {",
      "  $sw = New-VirtualSwitch -VMHost $h -Name 'vSwitch1' | Set-VirtualSwitch -Nic 'vmnic0', 'vmnic1' -Mtu 1500 -Confirm:$false",
    ]);
  });

  it('has one item for each host where the address differs', () => {
    expect(itemsOfTask(list, 'hypervisor/address').map(words)).toEqual(
      ['esx1', 'esx2', 'esx3'].map((host, at) => `${host} · vmk0 · 10.4.10.${11 + at}/24 · VLAN 10 · 10.4.10.1 · ____`),
    );
    expect(itemsOfTask(list, 'hypervisor/address')[0]?.commands[0]?.lines.at(-1)).toBe(
      'esxcli network ip interface ipv4 set --interface-name=vmk0 --type=static --ipv4=10.4.10.11 --netmask=255.255.255.0 --gateway=10.4.10.1',
    );
    expect(find(list, 'Send frames of 9000 bytes', 'storage-a').commands[0]?.lines[0]).toBe(
      'vmkping -I vmk3 -d -s 8972 10.4.21.10   # on esx1',
    );
  });

  it('shows as a gap what the design leaves open', () => {
    expect(words(find(list, 'Give these hosts the time servers'))).toContain('the time servers ____;');
    expect(words(find(list, 'Make E3-A'))).toContain('static MAC ____ (the licence is bound to it)');
    expect(itemsOfTask(list, 'firmware/controllers').map(words)[0]).toBe('esx1 · ____ · ____');
    expect(markdown).toContain('| Author | \\_\\_\\_\\_ |');
  });

  it('tests what happens when a host fails, with times and order', () => {
    const item = find(list, 'Power off esx1');
    expect(item.detail.map((line) => plainText(line).slice(0, 130)).slice(1)).toMatchInlineSnapshot(`
      [
        "Start again on esx2 and esx3: SQL (highest), then E3-A and E3-B (high), then ELIC (medium); 30 s to 60 s each, after 15 s to 30 s ",
        "Service Process database: away until SQL has started. Measured: ____",
        "Service SCADA: the standby takes over in 2 s to 30 s if the active server was here; may be away for 1 min. Measured: ____",
      ]
    `);
    expect(words(item)).toContain('512 GB remain for 101 GB');
  });

  it('expects the other uplink to carry on, and the other path', () => {
    expect(words(find(list, 'esx2.vmnic0 · sw-a/u3 · Control'))).toBe(
      'esx2.vmnic0 · sw-a/u3 · Control, DMZ, vmk1 and vmk2 · vmnic1 carries on, at most 1 s to 2 s of loss',
    );
    expect(words(find(list, 'esx2.vmnic2 · sw-a/u6 · vmk3'))).toContain('I/O goes on over vmk4');
    expect(words(find(list, 'Power off sw-b'))).toContain('Storage paths lost, others remain: vmk4 of esx1, esx2 and esx3');
    expect(words(find(list, 'Take controller san-1.A out'))).toContain('I/O goes on, 1 path left on each host');
    expect(words(find(list, 'output of UPS ups-a'))).toContain('· nothing · all goes on');
  });

  it('estimates live migrations and keeps the dates in view', () => {
    expect(itemsOfTask(list, 'acceptance/live-migration').map(words)).toContain(
      'SQL · esx1, esx2 and esx3 · 64 GB · 10 Gbps · 62 s',
    );
    expect(find(list, 'Enter what comes due').detail.map(plainText)).toHaveLength(3);
    expect(list.before.waivers).toEqual([
      {
        rule: 'PWR006',
        on: ['scada'],
        until: '2027-06-30',
        because: 'Second server room opens in June 2027.',
        source: expect.stringMatching(/^main\.lintel:\d+$/),
      },
    ]);
  });

  it('says before anything else what is wrong with the design', () => {
    const broken = markdownOf(`${riverside}\nvm LOST in nowhere { nic eth0 on "Control" }\n`);
    expect(broken).toContain('Nobody deploys over an error');
    expect(broken.indexOf('There is no cluster "nowhere"')).toBeGreaterThan(broken.indexOf('## Before you start'));
    expect(broken.indexOf('There is no cluster "nowhere"')).toBeLessThan(broken.indexOf('## 1. '));
  });
});
