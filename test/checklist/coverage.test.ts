/** What gets an item: every kind of physical thing, every hypervisor; and designs that have nothing, or are broken. */
import { describe, expect, it } from 'vitest';
import { phases } from '../../server/src/checklist/task.ts';
import { tasks } from '../../server/src/checklist/tasks/index.ts';
import { type KindName, kinds } from '../../server/src/schema/vocabulary.ts';
import { find, itemsOf, itemsOfTask, listOf, markdownOf, plant, words } from './plant.ts';

const list = listOf(plant());
const subjects = new Set(itemsOf(list).map((item) => /(?:^|\/)([a-z-]+):[^/]*$/.exec(item.subject)?.[1]));

describe('what gets an item', () => {
  const physical = (Object.keys(kinds) as KindName[]).filter(
    (kind) => ['place and power', 'physical network', 'compute', 'storage'].includes(kinds[kind].area) || kind === 'usbhub',
  );
  it.each(physical)('a %s', (kind) => expect(subjects).toContain(kind));
  it.each([
    'vswitch',
    'dvswitch',
    'portgroup',
    'vmkernel',
    'cluster',
    'affinity',
    'anti-affinity',
    'vm',
    'license',
    'service',
    'backup',
    'migration',
    'design',
  ] satisfies KindName[])('a %s', (kind) => expect(subjects).toContain(kind));

  it('switch ports with settings of their own', () =>
    expect(words(find(list, 'Set the ports of sw-a'))).toContain('1-20: trunk, VLANs 10, 30, 100, MTU 9216, 10 Gbps'));

  it('remarks of the design, once, and with the thing itself', () => {
    const remarks = (text: string): readonly string[] =>
      itemsOf(listOf(text)).flatMap((item) => (item.remark === undefined ? [] : [`${item.subject}: ${item.remark}`]));
    expect(
      remarks(`host a { model "M"; note "Handle with care" }
host b { model "M" }
/// Two lines
/// of it
switch s
profile p of host {
  vswitch v {
    /// Why
    portgroup "P"
  }
}
host c[1..2] : p
`),
    ).toEqual(['host:a: Handle with care', 'switch:s: Two lines of it', 'host:c1/vswitch:v/portgroup:P: Why']);
    expect(markdownOf(plant())).toContain('A plant for the tests');
  });

  it('tasks that can be told apart', () => {
    expect(new Set(tasks.map((task) => task.id)).size).toBe(tasks.length);
    for (const task of tasks) {
      expect(task.id.startsWith(`${task.phase}/`)).toBe(true);
      expect(phases.some((phase) => phase.id === task.phase)).toBe(true);
      for (const rule of task.closes ?? []) expect(rule).toMatch(/^[A-Z][A-Z0-9]{1,3}\d{3}$/);
    }
    // Tasks stand in the order of the phases.
    const order = tasks.map((task) => phases.findIndex((phase) => phase.id === task.phase));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('items that say what is expected, each or all together', () => {
    const silent = list.phases.flatMap((phase) =>
      phase.groups
        .filter((group) => group.expected === undefined && !group.columns?.includes('Expected'))
        .flatMap((group) => group.items.filter((item) => !item.expected).map((item) => `${group.task} ${words(item)}`)),
    );
    expect(silent).toEqual([]);
  });

  it('rows with as many cells as their table has columns', () => {
    for (const group of list.phases.flatMap((phase) => phase.groups)) {
      for (const item of group.items)
        if (group.columns) expect([group.task, item.what.length]).toEqual([group.task, group.columns.length]);
    }
  });

  it('every kind of task, in a plant that has one of everything', () => {
    const used = new Set(list.phases.flatMap((phase) => phase.groups.map((group) => group.task)));
    expect(tasks.map((task) => task.id).filter((id) => !used.has(id))).toEqual([]);
  });
});

describe('hypervisors', () => {
  const command = (task: string, name: string): string =>
    itemsOfTask(list, task)
      .filter((item) => words(item).includes(name))
      .flatMap((item) => item.commands.flatMap(({ lines }) => lines))
      .join('\n');

  it('each speaks its own language', () => {
    expect(command('cluster/make', 'c-hv')).toBe(
      "Test-Cluster -Node 'h1', 'h2'\nNew-Cluster -Name 'c-hv' -Node 'h1', 'h2' -StaticAddress ____ -NoStorage",
    );
    expect(command('cluster/make', 'c-pve')).toContain('pvecm create c-pve\npvecm add 10.4.10.15   # on p2');
    expect(command('cluster/ha', 'c-xen')).toContain('xe pool-ha-enable heartbeat-sr-uuids="$sr"');
    expect(command('vms/deploy', 'vm-pve')).toContain('qm create ____ --name vm-pve --cores 4 --memory 16384');
    expect(command('vms/deploy', 'vm-xen')).toContain('vm=$(xe vm-install template=____ new-name-label=vm-xen)');
    expect(command('vms/deploy', 'vm-hv')).toContain(
      "New-VM -Name 'vm-hv' -Generation 2 -MemoryStartupBytes 16GB -SwitchName 'vs'",
    );
    expect(command('network/vswitch', 'k1')).toContain('nmcli connection add type bridge con-name vs ifname vs');
    expect(command('acceptance/live-migration', 'vm-hv')).toContain(
      "Move-ClusterVirtualMachineRole -Name 'vm-hv' -Node 'h2' -MigrationType Live",
    );
  });

  it('times follow the product', () => {
    expect(words(find(list, 'Power off e1'))).toContain('Without interruption (FT): vm-ft');
    expect(words(find(list, 'Power off p1'))).toContain('about 2 min, with the 60 s of the watchdog in it');
    expect(words(find(list, 'Power off h1'))).toContain('after 10 s until the cluster has noticed');
    expect(words(find(list, 'Power off h1'))).toContain('takes over in 3 s to 8 s');
    expect(words(find(list, 'Power off k1'))).toContain('until the host is back or notebook has taken over');
    expect(words(find(list, 'Take the host of the primary of vm-ft away'))).toContain('0 s: the secondary goes on');
  });

  it('a live migration of 16 GB over a gigabit takes about 153 s', () => {
    const slow = listOf(`network mig purpose vmotion vlan 3 subnet 10.0.0.0/24
host a[i in 1..2] { hypervisor esxi 8.0u3
  nic n0 speed 1Gbps
  vswitch v uplinks n0 { vmkernel k on mig services vmotion }
}
cluster c hosts a[1..2] { drs manual }
vm x in c { memory 16GB }
`);
    expect(itemsOfTask(slow, 'acceptance/live-migration').map(words)).toEqual(['x · a1 and a2 · 16 GB · 1 Gbps · 153 s']);
  });

  it('an access port needs no tag on the virtual switch', () => {
    const text = (port: string): string => `network m purpose management vlan 5 subnet 10.0.0.0/24
switch s ports 4 { port 1 ${port} }
host h { hypervisor hyperv 2022
  nic n speed 1Gbps port s/1
  vswitch v uplinks n { adapter a on m services management address m.host(2) }
}
`;
    const lines = (port: string): string =>
      itemsOfTask(listOf(text(port)), 'network/adapter')
        .flatMap((item) => item.commands.flatMap((command) => command.lines))
        .join('\n');
    expect(lines('trunk 5')).toContain('Set-VMNetworkAdapterVlan -Access -VlanId 5');
    expect(lines('access 5')).not.toContain('Vlan');
  });
});

describe('designs that say little', () => {
  it('an empty one gets a short helpful text', () => {
    expect(markdownOf('')).toBe(`# Deployment checklist: main

The design \`main.lintel\` has nothing to deploy yet: no hosts, no switches, no VMs.
Write the first host (\`host esx1 { hypervisor esxi 8.0u3 }\`), its adapters, and what runs on it; then make this list again.
`);
  });

  it('a bare host gets its gaps', () => {
    const bare = listOf('host esx1\n');
    expect(bare.count).toBeGreaterThan(5);
    expect(words(find(bare, 'Install ____ on esx1'))).toContain('which hypervisor runs here: ____');
  });

  it('a broken one gets a list all the same', () => {
    for (const text of [
      'host',
      'cluster c hosts x[1..',
      'vm a in c\nvm a in c\ncluster c hosts h, h\nhost h { nic n port s/1; vswitch v uplinks n, q }',
      'rack r { feed A from B; feed B from A }\nhost h { rack r; psu A, B }',
      'service "a" { needs "b" }\nservice "b" { needs "a" }\nvm v { start-after v }',
    ]) {
      expect(() => markdownOf(text)).not.toThrow();
      for (let at = 0; at < text.length; at += 3) expect(() => markdownOf(text.slice(0, at))).not.toThrow();
    }
  });
});
