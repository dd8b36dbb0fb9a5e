/** Procurement: what the vendors have to confirm of the hardware. */
import { cpusOf } from '../../../facts/cluster.ts';
import { hostDevice, hypervisorName } from '../../../facts/hardware.ts';
import { hostsOf } from '../../../facts/placement.ts';
import { childrenOf, type Entity, is } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { alike } from '../../alike.ts';
import { called, platformText } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { both, code, codes, joined, nothing, only, say, type Text } from '../../text.ts';

type Host = Entity<'host'>;

type Device = Entity<'nic' | 'hba' | 'gpu'>;

const deviceKinds = { nic: 'Network adapter', hba: 'Storage adapter', gpu: 'GPU', host: 'Server' } as const;

/** What the catalogues in force say; only what somebody vouches for. */
function knownSupport(device: Host | Device, model: Model): string | undefined {
  const support = model.fact(hostDevice, device)?.support;
  return support?.verified === true && support.status !== 'unknown' ? `${support.status} (catalogue)` : undefined;
}

function driverText(device: Host | Device): Text {
  if (is(device, 'host')) return say`BIOS ${undefined}`;
  const { driver, firmware } = device.props;
  return say`driver ${driver?.name === undefined ? undefined : `${driver.name} ${driver.version ?? ''}`.trim()}, firmware ${firmware}`;
}

const devicesOf = (host: Host): readonly (Host | Device)[] => [
  host,
  ...childrenOf(host, 'nic'),
  ...childrenOf(host, 'hba'),
  ...childrenOf(host, 'gpu'),
];

export const compatibility = defineTask({
  id: 'procurement/compatibility',
  phase: 'procurement',
  title: 'Hardware compatibility',
  role: 'virtualization engineer',
  record: 'link to the entry in the vendor’s guide, with the driver and firmware pair',
  expected: 'listed as supported for this release, with a driver and firmware pair.',
  intro:
    'Look each device up in the compatibility guide of the hypervisor’s vendor, for this very release. Read the PCI id off the delivered card: the same name is sold with several chips.',
  columns: ['Device', 'Model', 'PCI id', 'Hypervisor', 'Design says', 'In'],
  blanks: ['Listed as, pair'],
  closes: ['HWC001', 'HWC002', 'HWC003', 'HWC004', 'HWC013'],
  *items(model) {
    const devices = model.all('host').flatMap(devicesOf);
    const identity = (device: Host | Device): unknown => {
      const host = is(device, 'host') ? device : device.parent;
      const { pci, ...rest } = device.props as Device['props'];
      return [device.kind, rest.model, pci, rest.driver, rest.firmware, is(host, 'host') ? host.props.hypervisor : undefined];
    };
    for (const { first, members } of alike(devices, identity)) {
      const host = is(first, 'host') ? first : (first.parent as Host);
      const hosts = [...new Set(members.map((device) => device.unit.root.name))];
      const known = knownSupport(first, model);
      const pci = is(first, 'host') ? nothing : only(first.props.pci);
      const said = driverText(first);
      yield {
        subject: first,
        scope: [
          first.kind,
          first.props.model ?? '',
          is(first, 'host') ? '' : (first.props.pci ?? ''),
          host.props.hypervisor?.product ?? '',
        ].join(':'),
        prop: 'model',
        what: [
          [deviceKinds[first.kind]],
          only(first.props.model),
          pci,
          platformText(host),
          known === undefined ? said : both(said, [known]),
          members.length > hosts.length ? say`${codes(hosts)} (${members.length} ports)` : codes(hosts),
        ],
      };
    }
  },
});

export const arraySupport = defineTask({
  id: 'procurement/array-support',
  phase: 'procurement',
  title: 'Storage compatibility',
  role: 'storage engineer',
  record: 'link to the support matrix, firmware and multipath policy that it asks for',
  closes: ['STO011'],
  *items(model) {
    for (const array of model.all('array')) {
      const products = [...new Set(model.all('host').flatMap((host) => host.props.hypervisor?.product ?? []))];
      yield {
        subject: array,
        prop: 'model',
        what: say`Look up ${called(array, model)} (${array.props.model}, ${array.props.protocol?.toUpperCase()}, firmware ${array.props.release}) in the support matrix for ${products.map(hypervisorName).join(', ')}.`,
        expected: say`Listed with this firmware. Path policy that the vendor asks for: ${undefined}`,
      };
    }
  },
});

export const processors = defineTask({
  id: 'procurement/processors',
  phase: 'procurement',
  title: 'Processors of a cluster',
  role: 'virtualization engineer',
  record: 'processor model and microcode of each delivered server',
  closes: ['MIG002', 'MIG003', 'MIG004'],
  *items(model) {
    for (const cluster of model.all('cluster')) {
      const cpus = cpusOf(cluster, model);
      if (cpus.length < 2) continue;
      const models = [...new Set(hostsOf(cluster, model).map((host) => host.props.cpu?.model))];
      const baseline = cluster.props.evc ?? cluster.props['cpu-baseline'];
      yield {
        subject: cluster,
        prop: 'hosts',
        what: say`Compare the delivered processors of cluster ${code(cluster.name)} with the design: ${joined(
          models.map((each) => only(each)),
          ', ',
          ' and ',
        )}.`,
        expected:
          models.length === 1 && models[0] !== undefined
            ? say`One model and stepping on all ${cpus.length} hosts. Baseline for live migration: ${baseline}`
            : say`One vendor, and every processor can present the baseline ${baseline}.`,
      };
    }
  },
});
