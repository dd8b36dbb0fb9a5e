/**
 * The hardware compatibility catalogue: which devices there are, what they are called, and what a vendor says about them
 * per product release. Bundled data and a user's own list have one shape. Everything is immutable plain data; nothing in
 * this folder reads a file or knows of designs.
 */
import type { CalendarDate } from '../values/date.ts';
import type { PciId } from '../values/hexid.ts';
import type { Version } from '../values/version.ts';

/** What a device is. The order is the one of the manual. */
export const deviceKinds = ['server', 'cpu', 'nic', 'hba', 'raid', 'gpu', 'array', 'switch', 'usbhub'] as const;
export type DeviceKind = (typeof deviceKinds)[number];

/** What a list says of a device on a release. `removed` holds for every later release too; the others for what they name. */
export const listedStatuses = ['supported', 'deprecated', 'removed', 'not-listed'] as const;
export type ListedStatus = (typeof listedStatuses)[number];

/** ESXi had two driver stacks; the second one ended with 7.0. */
export type DriverKind = 'native' | 'vmklinux';

/** A driver that makes a device work, with the versions that were certified together where a list gives them. */
export interface Driver {
  readonly name: string;
  readonly kind?: DriverKind;
  readonly version?: string;
  readonly firmware?: string;
  /** Part of the installation image, or loaded afterwards. */
  readonly delivery?: 'inbox' | 'async';
}

/** A driver that a device is known to use under a product, whatever the release. */
export interface KnownDriver extends Driver {
  readonly product: string;
  readonly verified: boolean;
}

/** What a list says of a device on one release, a range of releases (`to`), or a line (`8.x`). */
export interface ReleaseSupport {
  /** Comparison form, see `productKey`. */
  readonly product: string;
  readonly version: Version;
  /** Last release of a range, inclusive. */
  readonly to?: Version;
  readonly status: ListedStatus;
  readonly drivers: readonly Driver[];
  readonly source: string;
  /** Whether somebody checked this line against the vendor's own list. Unverified lines never accuse. */
  readonly verified: boolean;
  readonly note?: string;
}

/** A row of like network ports on a device. */
export interface NetworkPorts {
  readonly count: number;
  /** bit/s */
  readonly speed: number;
  readonly connector?: string;
}

/** Facts about a device that rules and completion use; every one may be unknown. */
export interface DeviceFacts {
  /** USB, network, Fibre Channel or disk-side ports, by kind of device. */
  readonly ports?: number;
  /** bit/s per port. */
  readonly speed?: number;
  /** Power supplies, or power inputs of a hub, that the model can have. */
  readonly psus?: number;
  readonly networkPorts?: readonly NetworkPorts[];
  readonly rackUnits?: number;
  readonly sockets?: number;
  readonly memorySlots?: number;
  readonly controllers?: number;
  readonly driveSlots?: number;
  readonly protocols?: readonly string[];
  /** Amperes that one USB port delivers. */
  readonly portCurrent?: number;
  /** CPU generations that a server takes, or the one that a CPU entry is about; ids of cpuTable.ts. */
  readonly cpuGenerations?: readonly string[];
}

/** One device of a catalogue. */
export interface DeviceEntry extends DeviceFacts {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly vendor: string;
  readonly model: string;
  /** Other names of the same device: order codes, short names. */
  readonly aliases: readonly string[];
  readonly pci: readonly PciId[];
  readonly drivers: readonly KnownDriver[];
  readonly releases: readonly ReleaseSupport[];
  readonly source: string;
  /** Whether somebody checked the identity and the facts; each release line has its own. */
  readonly verified: boolean;
  readonly note?: string;
  /** The catalogue that the entry stands in. */
  readonly catalog: CatalogHeader;
}

/** A promise that a catalogue lists everything: a device that it lacks is then not on the list. */
export interface Completeness {
  readonly product: string;
  /** Empty: every kind. */
  readonly kinds: readonly DeviceKind[];
  /** Empty: every release. */
  readonly releases: readonly Version[];
}

export interface CatalogHeader {
  readonly name: string;
  readonly description?: string;
  readonly source: string;
  readonly date?: CalendarDate;
  /** Where it was loaded from: a URI, or `bundled:nics`. */
  readonly origin: string;
  readonly complete: readonly Completeness[];
}

/** A release of a hypervisor, with its dates. */
export interface ProductRelease {
  readonly product: string;
  readonly version: Version;
  readonly released?: CalendarDate;
  /** End of the vendor's general support. */
  readonly supportEnds?: CalendarDate;
  readonly source: string;
  readonly verified: boolean;
  readonly note?: string;
}

export interface Catalog {
  readonly header: CatalogHeader;
  readonly devices: readonly DeviceEntry[];
  readonly releases: readonly ProductRelease[];
}

/** Something wrong in a catalogue file. Lines and columns count from zero, in UTF-16 units, as editors do. */
export interface CatalogProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** JSON pointer of the offending value: `/devices/3/pci/0`; empty for the whole file. */
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** A text that would be right there. */
  readonly suggestion?: string;
}
