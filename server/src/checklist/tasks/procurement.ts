/** Procurement and compatibility: what is bought, what the vendors have to confirm, what the applications need. */
import { cpusOf } from '../../facts/cluster.ts';
import { hostDevice, hypervisorName } from '../../facts/hardware.ts';
import { clusterOf, hostsOf, productOf, vmsOf } from '../../facts/placement.ts';
import { machinesOf, type Service } from '../../facts/services.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/project.ts';
import { andList } from '../../values/words.ts';
import { alike } from '../alike.ts';
import { isLeaving } from '../cables.ts';
import { called, count, duration, platformText, size } from '../show.ts';
import { defineTask } from '../task.ts';
import { both, code, codes, joined, nothing, only, say, type Text } from '../text.ts';

type Host = Entity<'host'>;
type Device = Entity<'nic' | 'hba' | 'gpu'>;

// ── bill of materials ─────────────────────────────────────────────────────────────────────────────────────────────────

const materialKinds = ['host', 'physical', 'switch', 'router', 'array', 'usbhub', 'ups', 'pdu', 'rack'] as const;
type Material = Entity<(typeof materialKinds)[number]>;

const kindNames: Readonly<Record<Material['kind'], string>> = {
  host: 'Server', physical: 'Computer', switch: 'Switch', router: 'Router or firewall', array: 'Storage array', usbhub: 'USB hub', ups: 'UPS', pdu: 'PDU', rack: 'Rack',
};

/** What an order has to say beside the model. */
function equipment(thing: Material): Text {
  if (is(thing, 'host') || is(thing, 'physical')) {
    const { cpu, memory, psu } = thing.props;
    const cores = cpu?.cores === undefined ? '' : `, ${cpu.cores} cores${(cpu.count ?? 1) > 1 ? ' each' : ''}`;
    return say`CPU ${cpu?.model === undefined ? undefined : `${cpu.count ?? 1} × ${cpu.model}${cores}`}, memory ${size(memory)}, power supplies ${supplies(psu)}`;
  }
  if (is(thing, 'switch')) {
    const { ports, 'uplink-ports': uplinks, psu } = thing.props;
    return say`${ports} ports${uplinks?.count === undefined ? '' : ` and ${uplinks.count} uplinks`}, power supplies ${supplies(psu)}`;
  }
  if (is(thing, 'array')) {
    const pools = childrenOf(thing, 'pool').map((pool) => disksText(pool)).filter((text) => text !== '');
    return say`${count(childrenOf(thing, 'controller').length, 'controller')}, disks ${pools.join('; ')}, power supplies ${supplies(thing.props.psu)}`;
  }
  if (is(thing, 'usbhub')) return say`${thing.props.ports} USB ports, ${count(childrenOf(thing, 'nic').length, 'network port')}, power supplies ${supplies(thing.props.psu)}`;
  if (is(thing, 'router')) return say`power supplies ${supplies(thing.props.psu)}`;
  if (is(thing, 'ups')) return say`${thing.props.capacity === undefined ? undefined : `${thing.props.capacity / 1000} kVA`}, battery for ${duration(thing.props.runtime)}`;
  if (is(thing, 'pdu')) return say`${thing.props.outlets} outlets, ${thing.props.capacity} A`;
  return is(thing, 'rack') ? say`${thing.props.units} U` : nothing;
}

function supplies(psu: readonly string[] | undefined): string | undefined {
  const [only] = psu ?? [];
  if (!psu || only === undefined) return undefined;
  return psu.length === 1 && /^\d+$/.test(only) ? only : String(psu.length);
}

function disksText(pool: Entity<'pool'>): string {
  const { disks, spare } = pool.props;
  if (disks?.count === undefined) return '';
  return `${disks.count} × ${size(disks.size) ?? 'disk'}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}${spare === undefined || spare === 0 ? '' : ` and ${spare} spare`}`;
}

const modelOf = (thing: Material): string | undefined => (thing.props as { readonly model?: string }).model;

export const materials = defineTask({
  id: 'procurement/materials',
  phase: 'procurement',
  title: 'Bill of materials',
  role: 'project lead',
  record: 'order confirmation, delivery note',
  intro: 'Freeze the list, order, and compare what is delivered with it. At most four kinds of server, with a spare part of what fails most (disk, power supply, network card, cables).',
  columns: ['What', 'Model', 'Pieces', 'Equipment', 'For'],
  *items(model) {
    for (const kind of materialKinds) {
      const things = (model.all(kind) as readonly Material[]).filter((thing) => !isLeaving(thing, model));
      for (const { first, members } of alike(things, (thing) => [modelOf(thing), equipment(thing)])) {
        const what = [[kindNames[kind]], kind === 'rack' ? nothing : only(modelOf(first)), [String(members.length)], equipment(first), codes(members.map((thing) => thing.name))];
        yield { subject: first, scope: `${kind}:${modelOf(first) ?? ''}`, prop: 'model', what };
      }
    }
  },
});

// ── hardware compatibility ────────────────────────────────────────────────────────────────────────────────────────────

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

const devicesOf = (host: Host): readonly (Host | Device)[] => [host, ...childrenOf(host, 'nic'), ...childrenOf(host, 'hba'), ...childrenOf(host, 'gpu')];

export const compatibility = defineTask({
  id: 'procurement/compatibility',
  phase: 'procurement',
  title: 'Hardware compatibility',
  role: 'virtualization engineer',
  record: 'link to the entry in the vendor’s guide, with the driver and firmware pair',
  intro: 'Look each device up in the compatibility guide of the hypervisor’s vendor, for this very release. Read the PCI id off the delivered card: the same name is sold with several chips.',
  columns: ['Device', 'Model', 'PCI id', 'Hypervisor', 'Design says', 'In'],
  blanks: ['Listed as, pair'],
  closes: ['HWC001', 'HWC002', 'HWC003', 'HWC004'],
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
        scope: [first.kind, first.props.model ?? '', is(first, 'host') ? '' : (first.props.pci ?? ''), host.props.hypervisor?.product ?? ''].join(':'),
        prop: 'model',
        what: [[deviceKinds[first.kind]], only(first.props.model), pci, platformText(host), known === undefined ? said : both(said, [known]), members.length > hosts.length ? say`${codes(hosts)} (${members.length} ports)` : codes(hosts)],
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
  closes: ['STO005'],
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
        what: say`Compare the delivered processors of cluster ${code(cluster.name)} with the design: ${joined(models.map((each) => only(each)), ', ', ' and ')}.`,
        expected: models.length === 1 && models[0] !== undefined
          ? say`One model and stepping on all ${cpus.length} hosts. Baseline for live migration: ${baseline}`
          : say`One vendor, and every processor can present the baseline ${baseline}.`,
      };
    }
  },
});

// ── support, licences, figures ────────────────────────────────────────────────────────────────────────────────────────

/** Products that a service brings along, with what the vendor calls them. */
function productsOf(service: Service): readonly string[] {
  const { 'e3-domain': e3, 'plant-manager': epm, database, 'failover-cluster': cluster, 'power-domain': power, 'licence-manager': elic } = service.props;
  const names = { 'sql-server': 'Microsoft SQL Server', oracle: 'Oracle Database', postgresql: 'PostgreSQL', mysql: 'MySQL or MariaDB' } as const;
  return [
    ...(e3 ? [`${power === true ? 'Elipse Power' : 'Elipse E3'} ${e3.version ?? '____'}`] : []),
    ...(epm ? [`Elipse Plant Manager ${epm.version ?? '____'}`] : []),
    ...(database?.product === undefined ? [] : [`${names[database.product]} ${database.version ?? '____'}`]),
    ...(cluster ? ['Windows failover cluster'] : []),
    ...(elic === true ? ['Elipse licence manager (ELIC)'] : []),
  ];
}

export const vendorSupport = defineTask({
  id: 'procurement/vendor-support',
  phase: 'procurement',
  title: 'Support by the software vendors',
  role: 'project lead',
  record: 'letter or mail of the vendor, with the versions in it',
  closes: ['GOV003', 'SCD013', 'DBS004'],
  *items(model) {
    for (const service of model.all('service')) {
      const products = productsOf(service);
      const vms = machinesOf(service, model).filter((machine) => is(machine, 'vm'));
      if (products.length === 0 || vms.length === 0) continue;
      const hypervisors = [...new Set(vms.map((vm) => productOf(vm, model)))];
      const platforms = hypervisors.map((product) => {
        const releases = [...new Set(model.all('host').flatMap((host) => (host.props.hypervisor?.product === product ? (host.props.hypervisor?.release ?? []) : [])))];
        return product === undefined ? undefined : `${hypervisorName(product)} ${andList(releases)}`.trim();
      });
      yield {
        subject: service,
        what: say`Get the written word of the vendor that ${andList(products)} is supported in VMs on ${joined(platforms.map(only))} (service ${code(service.name)}).`,
      };
    }
  },
});

export const figures = defineTask({
  id: 'procurement/figures',
  phase: 'procurement',
  title: 'What the applications need',
  role: 'OT engineer',
  record: 'measured peaks of a busy week, from the present system where there is one',
  columns: ['Service', 'Machines', 'May be away', 'May lose'],
  blanks: ['Peak CPU', 'Peak memory', 'Peak IOPS', 'Peak network'],
  closes: ['GOV002', 'VMX022'],
  *items(model) {
    for (const service of model.all('service')) {
      const { objective } = service.props;
      yield {
        subject: service,
        prop: 'objective',
        what: [[{ code: service.name }], codes(machinesOf(service, model).map((machine) => machine.name)), only(duration(objective?.rto)), only(duration(objective?.rpo))],
      };
    }
  },
});

/** Windows Server guests by cluster, or by host outside of clusters: rights are bought for the hosts. */
function windowsGuests(model: Model): readonly { readonly at: Entity<'cluster'> | Host; readonly hosts: readonly Host[]; readonly vms: readonly Entity<'vm'>[] }[] {
  const isWindows = (vm: Entity<'vm'>): boolean => /windows server/iu.test(vm.props.os ?? '');
  const clustered = model.all('cluster').map((at) => ({ at, hosts: hostsOf(at, model), vms: vmsOf(at, model).filter(isWindows) }));
  const alone = model.all('host').filter((host) => !clusterOf(host, model)).map((at) => ({ at, hosts: [at], vms: model.all('vm').filter((vm) => isWindows(vm) && !clusterOf(vm, model) && model.resolve(vm.props.on, vm, 'host') === at) }));
  return [...clustered, ...alone].filter(({ vms, hosts }) => vms.length > 0 && hosts.length > 0);
}

/** Core licences that a host needs for so many Windows VMs (Standard, 2016 and later): every two VMs cost all cores once more. */
function coreLicences(host: Host, vms: number): number | undefined {
  const { cpu } = host.props;
  if (cpu?.cores === undefined) return undefined;
  const sockets = cpu.count ?? 1;
  return Math.ceil(vms / 2) * Math.max(16, 8 * sockets, sockets * cpu.cores);
}

export const windowsRights = defineTask({
  id: 'procurement/windows-rights',
  phase: 'procurement',
  title: 'Windows Server licences',
  role: 'project lead',
  record: 'licence certificates',
  intro: 'Every host needs rights for all Windows VMs that may ever run on it at once, failover included. Standard covers two VMs for all cores of a host (at least 16), Datacenter any number.',
  closes: ['LIC010', 'LIC011'],
  *items(model) {
    for (const { at, hosts, vms } of windowsGuests(model)) {
      for (const { first, members } of alike(hosts, (host) => [host.props.cpu?.count, host.props.cpu?.cores])) {
        const cores = first.props.cpu?.cores === undefined ? undefined : (first.props.cpu.count ?? 1) * first.props.cpu.cores;
        yield {
          subject: at,
          part: cores === undefined ? '' : String(cores),
          what: say`Order Windows Server rights for ${count(vms.length, 'VM')} (${codes(vms.map((vm) => vm.name))}) on ${members.length > 1 ? 'each of ' : ''}${codes(members.map((host) => host.name))}, ${cores} cores${members.length > 1 ? ' each' : ''}.`,
          expected: say`Standard: ${coreLicences(first, vms.length)} core licences per host; Datacenter: ${cores === undefined ? undefined : Math.max(16, cores)} per host. Chosen: ${undefined}`,
        };
      }
    }
  },
});

export const procurement = [materials, compatibility, arraySupport, processors, vendorSupport, figures, windowsRights];
