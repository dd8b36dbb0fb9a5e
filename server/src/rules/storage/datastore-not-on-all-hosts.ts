import { haOn, placementOf } from '../../facts/placement.ts';
import { mappings, visibilityOf, vmsOnDatastore } from '../../facts/storage.ts';
import { quoteName } from '../../values/name.ts';
import { andList } from '../../values/words.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  code: 'STO002',
  name: 'storage/datastore-not-on-all-hosts',
  severity: 'error',
  on: ['datastore'],
  summary: 'A datastore of HA VMs is not mapped to all hosts on which they may have to start',
  why: 'When a host fails, HA starts its VMs on whatever host has room. A host that does not see their datastore cannot take them: the capacity that was planned for the failure is not there, and a load balancer silently keeps to the other hosts.',
  remedy:
    'Map the LUN or export to every host of the cluster, with the same LUN id, and zone it accordingly. If some VMs are meant to run on certain hosts only, say that with an affinity rule.',
  sources: ['VMware vSphere, Availability: HA checklist', 'VMware vSphere, Storage: SAN configuration'],
  fixable: true,
  check(datastore, { model, report }) {
    const { seen, hosts } = visibilityOf(datastore, model);
    // A datastore of one host is STO001's matter, VM by VM.
    if (seen !== 'hosts' || hosts.length < 2) return;
    const missing = new Set<string>();
    const stuck: string[] = [];
    for (const vm of vmsOnDatastore(datastore, model)) {
      if (haOn(vm, model) !== true) continue;
      const blind = placementOf(vm, model).hosts.filter((name) => !hosts.includes(name));
      if (blind.length > 0) stuck.push(vm.name);
      for (const name of blind) missing.add(name);
    }
    const places = mappings(datastore, model);
    const [at] = places;
    if (missing.size === 0 || !at) return;
    const names = [...missing].sort(collator.compare);
    report({
      at,
      prop: 'hosts',
      cause: datastore,
      message: `${andList(names)} ${names.length === 1 ? 'does' : 'do'} not see ${datastore.name}, so HA cannot start ${andList(stuck)} there when another host fails. Map it to all hosts of the cluster.`,
      ...(at === datastore ? {} : { related: [{ at: datastore, message: `${datastore.name} lies on it` }] }),
      ...(places.length === 1
        ? {
            fix: {
              title: `Map it to ${andList(names)} as well`,
              safety: 'unsafe',
              ops: [{ op: 'set', on: at, prop: 'hosts', text: [...hosts, ...names].map(quoteName).join(', ') }],
            },
          }
        : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'The third host was forgotten',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
array san-1 protocol fc {
  lun vmfs-1 size 4TB hosts esx1, esx2
                            ^^^^^^^^^^
}
datastore ds-vm vmfs 6 on san-1.vmfs-1
vm SCADA in plant { disk 120GB on ds-vm }`,
        fixed: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
array san-1 protocol fc {
  lun vmfs-1 size 4TB hosts esx1, esx2, esx3
}
datastore ds-vm vmfs 6 on san-1.vmfs-1
vm SCADA in plant { disk 120GB on ds-vm }`,
      },
      {
        title: 'Said at the datastore itself',
        text: `host pve[1..3] hypervisor proxmox 8.2
cluster lab hosts pve[1..3] { ha }
datastore nfs-1 nfs 4 hosts pve1, pve2
                            ^^^^^^^^^^
vm GIS in lab { disk 200GB on nfs-1 }`,
        fixed: `host pve[1..3] hypervisor proxmox 8.2
cluster lab hosts pve[1..3] { ha }
datastore nfs-1 nfs 4 hosts pve1, pve2, pve3
vm GIS in lab { disk 200GB on nfs-1 }`,
      },
    ],
    good: [
      {
        title: 'Mapped to every host',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
array san-1 protocol fc { lun vmfs-1 size 4TB hosts esx[1..3] }
datastore ds-vm vmfs 6 on san-1.vmfs-1
vm SCADA in plant { disk 120GB on ds-vm }`,
      },
      {
        title: 'A must-rule keeps the VM to the hosts that see it',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
datastore ds-oracle vmfs 6 hosts esx1, esx2
affinity oracle must vms ORA hosts esx1, esx2
vm ORA in plant { disk 500GB on ds-oracle }`,
      },
      {
        title: 'Templates and ISO images: no HA VM lies on it',
        text: `host esx[1..3] hypervisor esxi 8.0u3
cluster plant hosts esx[1..3] { ha }
datastore iso nfs 3 hosts esx1, esx2`,
      },
    ],
  },
});

const collator = new Intl.Collator('en', { numeric: true });
