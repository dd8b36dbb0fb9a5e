import { platformOf } from '../../facts/hardware.ts';
import { hostOf, spoken } from '../../facts/network.ts';
import { clusterOf } from '../../facts/placement.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { isProblem } from '../../values/problem.ts';
import { compareVersion, parseVersion } from '../../values/version.ts';
import { defineRule, type Report } from '../rule.ts';
import { amongVms, declared, networkProp } from './shared.ts';

const encryptsSince = parseVersion('6.5');

export default defineRule({
  code: 'NET004',
  name: 'network/migration-clear-text',
  severity: 'error',
  on: ['vmkernel'],
  summary: 'Live migration goes in clear text through a network that VMs are in',
  why: 'ESXi before 6.5 cannot encrypt a migration, and encryption can be switched off elsewhere. The memory of every VM that moves, with its passwords, keys and process data, then passes a network that others can listen to, and can even be changed on the way.',
  remedy:
    'Give live migration a network of its own that no VM is in. Where that is not possible, encrypt it: `migration-encryption required` in the cluster, on ESXi from release 6.5.',
  sources: [
    'Jakka, "Network Considerations for Virtualization" (2010)',
    'VMware vSphere 6.5, vCenter Server and Host Management: vMotion requirements',
    'Proxmox VE Administration Guide: Cluster Manager, Migration Type',
  ],
  fixable: true,
  check(entity, { model, report }) {
    if (!entity.props.services?.includes('vmotion')) return;
    const clear = clearText(entity, model);
    const shared = clear && amongVms(entity, model);
    if (!clear || !shared) return;
    report({
      prop: networkProp(entity),
      message: `${spoken(entity)} carries live migration in clear text (${clear.because}) in ${shared.because}: the memory of every VM that moves can be read there. Give migration a network of its own${clear.fix ? ', or encrypt it' : ''}.`,
      related: [declared(shared.network), ...(clear.related ? [clear.related] : [])],
      ...(clear.fix ? { fix: clear.fix } : {}),
    });
  },
  examples: {
    bad: [
      {
        title: 'A release that cannot encrypt',
        text: `network plant purpose production vlan 100 subnet 10.4.100.0/22

host esx1 {
  hypervisor esxi 6.0u3
  nic vmnic[0..1] speed 1Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    vmkernel  vmk1 on plant services vmotion address plant.host(31)
                      ^^^^^
  }
}`,
      },
      {
        title: 'Encryption switched off',
        text: `network lan purpose production vlan 100 subnet 10.4.100.0/22

host pve[i in 1..2] {
  hypervisor proxmox 8.2
  nic eno[1..2] speed 10Gbps
  vswitch vmbr0 type bridge uplinks eno1, eno2 {
    adapter vmbr0 on lan services management, vmotion address lan.host(10 + i)
                     ^^^
  }
}
cluster lab hosts pve[1..2] migration-encryption disabled`,
        fixed: `network lan purpose production vlan 100 subnet 10.4.100.0/22

host pve[i in 1..2] {
  hypervisor proxmox 8.2
  nic eno[1..2] speed 10Gbps
  vswitch vmbr0 type bridge uplinks eno1, eno2 {
    adapter vmbr0 on lan services management, vmotion address lan.host(10 + i)
  }
}
cluster lab hosts pve[1..2] migration-encryption required`,
      },
    ],
    good: [
      {
        title: 'An old release with a network for migration alone',
        text: `network plant     purpose production vlan 100 subnet 10.4.100.0/22
network migration purpose vmotion    vlan 30  subnet 10.4.30.0/24

host esx1 {
  hypervisor esxi 6.0u3
  nic vmnic[0..1] speed 1Gbps
  vswitch vSwitch1 uplinks vmnic0, vmnic1 {
    portgroup "Plant" on plant
    vmkernel  vmk1 on migration services vmotion address migration.host(11)
  }
}`,
      },
      {
        title: 'Proxmox VE encrypts unless it is told otherwise',
        text: `network lan purpose production vlan 100 subnet 10.4.100.0/22

host pve1 {
  hypervisor proxmox 8.2
  nic eno[1..2] speed 10Gbps
  vswitch vmbr0 type bridge uplinks eno1, eno2 {
    adapter vmbr0 on lan services management address lan.host(11)
  }
}
cluster lab hosts pve1`,
      },
    ],
  },
});

interface ClearText {
  readonly because: string;
  readonly related?: NonNullable<Report['related']>[number];
  readonly fix?: NonNullable<Report['fix']>;
}

/** Why a migration is not encrypted; undefined when it is, or when the design does not say. */
function clearText(adapter: Entity<'vmkernel'>, model: Model): ClearText | undefined {
  const host = hostOf(adapter);
  const platform = host && platformOf(host);
  if (
    platform?.product === 'esxi' &&
    platform.release &&
    !isProblem(encryptsSince) &&
    compareVersion(platform.release, encryptsSince) < 0
  )
    return { because: `${platform.name} cannot encrypt it` };
  const cluster = host && clusterOf(host, model);
  if (cluster?.props['migration-encryption'] !== 'disabled') return undefined;
  return {
    because: `encryption is disabled in cluster ${cluster.name}`,
    related: { at: cluster, prop: 'migration-encryption', message: 'Encryption is switched off here' },
    fix: {
      title: `Encrypt live migration in ${cluster.name}`,
      safety: 'unsafe',
      ops: [{ op: 'set', on: cluster, prop: 'migration-encryption', text: 'required' }],
    },
  };
}
