/** What the hardware catalogues in force say of the devices of a host, for the release that the host runs. */
import { type Cpu, classifyCpu, cpuGeneration } from '../catalog/cpu.ts';
import { type DeviceMatch, matchDevice } from '../catalog/match.ts';
import { completeCatalog, type DeviceSupport, supportOf } from '../catalog/support.ts';
import type { CatalogHeader, DeviceKind } from '../catalog/types.ts';
import { type Entity, is } from '../model/entity.ts';
import type { FactDefinition } from '../model/model.ts';
import type { Props } from '../schema/vocabulary.ts';
import { parsePciId } from '../values/hexid.ts';
import { isProblem } from '../values/problem.ts';
import { parseVersion, type Version } from '../values/version.ts';

export type HypervisorProduct = NonNullable<NonNullable<Props<'host'>['hypervisor']>['product']>;

const names: Readonly<Record<HypervisorProduct, string>> = {
  esxi: 'ESXi',
  hyperv: 'Hyper-V',
  xenserver: 'XenServer',
  kvm: 'KVM',
  proxmox: 'Proxmox VE',
  oraclevm: 'Oracle VM',
  nutanix: 'Nutanix AHV',
  everrun: 'Stratus everRun',
  'vmware-workstation': 'VMware Workstation',
  virtualbox: 'VirtualBox',
};

/** The name that people use: `ESXi`, `Hyper-V`. */
export function hypervisorName(product: HypervisorProduct): string {
  return names[product];
}

/** What a host runs; the release only where the design says it. */
export interface Platform {
  readonly product: HypervisorProduct;
  readonly release?: Version;
  /** For messages: `ESXi 8.0u3`, or `ESXi`. */
  readonly name: string;
}

export function platformOf(host: Entity<'host'>): Platform | undefined {
  const { product, release: text } = host.props.hypervisor ?? {};
  if (product === undefined) return undefined;
  const release = text === undefined ? undefined : parseVersion(text);
  if (release === undefined || isProblem(release)) return { product, name: names[product] };
  return { product, release, name: `${names[product]} ${release.text}` };
}

/** A device of a host and what is known of it. */
export interface HostDevice {
  readonly host: Entity<'host'>;
  readonly platform: Platform;
  readonly match: DeviceMatch;
  /** Answer of the catalogues; absent when the device or the release is not known. */
  readonly support?: DeviceSupport;
  /** A catalogue that promises to name every such device for the release, and does not name this one. */
  readonly missingIn?: CatalogHeader;
  /** The property that names the device the best: where a finding stands. */
  readonly prop: 'pci' | 'model';
  /** The device in words: `"Intel X710"`, `PCI 8086:1572`. */
  readonly label: string;
}

const bothKinds: readonly DeviceKind[] = ['hba', 'raid'];

function kindsOf(entity: Entity): readonly DeviceKind[] | undefined {
  if (is(entity, 'nic')) return ['nic'];
  if (is(entity, 'gpu')) return ['gpu'];
  if (is(entity, 'host')) return ['server'];
  if (!is(entity, 'hba')) return undefined;
  return entity.props.type === 'fc' || entity.props.type === 'iscsi' ? ['hba'] : bothKinds;
}

/** An adapter, card or the server itself in the catalogues; undefined where the design does not say what it is or what runs on it. */
export const hostDevice: FactDefinition<HostDevice | undefined> = {
  name: 'hostDevice',
  compute(entity, model) {
    const kinds = kindsOf(entity);
    const host = is(entity, 'host') ? entity : entity.parent;
    if (!kinds || !is(host, 'host')) return undefined;
    const platform = platformOf(host);
    if (!platform) return undefined;
    const { model: name, pci: pciText } = entity.props as { readonly model?: string; readonly pci?: string };
    const parsed = pciText === undefined ? undefined : parsePciId(pciText);
    const pci = parsed === undefined || isProblem(parsed) ? undefined : parsed;
    if (pci === undefined && name === undefined) return undefined;
    const catalogs = model.catalogs();
    const match = matchDevice(catalogs, { kinds, ...(pci ? { pci } : {}), ...(name !== undefined ? { model: name } : {}) });
    const label = name === undefined ? `PCI ${pci?.text ?? ''}` : pci === undefined ? `"${name}"` : `"${name}" (PCI ${pci.text})`;
    const about = { host, platform, match, prop: pci ? 'pci' : 'model', label } as const;
    if (platform.release === undefined || match.how === 'ambiguous') return about;
    const { product, release } = platform;
    const entries = match.how === 'unknown' ? [] : match.entries;
    const support = supportOf(entries, product, release);
    const complete = kinds
      .map((kind) => completeCatalog(catalogs, kind, product, release))
      .find((header) => header !== undefined);
    const missing =
      complete !== undefined &&
      !entries.some((entry) => entry.catalog === complete) &&
      (support === undefined || support.status === 'unknown');
    return { ...about, ...(support ? { support } : {}), ...(missing ? { missingIn: complete } : {}) };
  },
};

/** The generation of a host's processors, by their model or as the design says it. */
export function cpuOf(host: Entity<'host'>): Cpu | undefined {
  const { model, generation } = host.props.cpu ?? {};
  return (
    (model === undefined ? undefined : classifyCpu(model)) ?? (generation === undefined ? undefined : cpuGeneration(generation))
  );
}

/** What the catalogues know of a network USB hub by its model: PSUs and wired network ports; undefined parts are not known. */
export const hubFacts: FactDefinition<
  { readonly model: string; readonly psus?: number; readonly networkPorts?: number; readonly ports?: number } | undefined
> = {
  name: 'hubFacts',
  compute(entity, model) {
    const name = is(entity, 'usbhub') ? entity.props.model : undefined;
    const match = name === undefined ? undefined : matchDevice(model.catalogs(), { model: name, kinds: ['usbhub'] });
    if (!match || match.how === 'ambiguous' || match.how === 'unknown' || !match.entry.verified) return undefined;
    const { entry } = match;
    const wired = entry.networkPorts?.reduce((sum, row) => sum + row.count, 0);
    return {
      model: entry.model,
      ...(entry.psus !== undefined ? { psus: entry.psus } : {}),
      ...(wired !== undefined ? { networkPorts: wired } : {}),
      ...(entry.ports !== undefined ? { ports: entry.ports } : {}),
    };
  },
};
