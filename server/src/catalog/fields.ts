/**
 * The catalogue file, field by field. This table is all there is: the loader reads by it, the published JSON Schema is
 * printed from it, and docs/catalog.md explains it.
 */
import { parseDate } from '../values/date.ts';
import { parsePciId } from '../values/hexid.ts';
import { type Dimension, parseQuantity, type Quantity } from '../values/quantity.ts';
import { parseVersion } from '../values/version.ts';
import { integer, type JsonSchema, list, object, oneOf, optional, parsed, required, type Shape, text, yesNo } from './shape.ts';
import { deviceKinds, listedStatuses } from './types.ts';

const tag = '([sS][pP]|[cC][uU]|[rRhHuU]|[uU]pdate|[sS]ervice [pP]ack|[rR]elease)';
const version = parsed(
  parseVersion,
  `^\\s*\\d{1,9}(\\.\\d{1,9}){0,5}(\\.[xX]|(\\s?[A-Za-z])?([\\s.-]*${tag}\\s*\\d{1,6}[A-Za-z]?)*)\\s*$`,
  ['8.0u3', '7.0', '8.x', '2012r2'],
);
const date = parsed(parseDate, '^\\d{4}-\\d{2}-\\d{2}$', ['2026-10-01']);
const pciId = parsed(parsePciId, '^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}(:[0-9a-fA-F]{4}:[0-9a-fA-F]{4})?$', [
  '8086:1572',
  '1000:0079:1028:1f16',
]);
const speed = quantity('rate', '(bps|[Kk]bps|Mbps|Gbps|Tbps)', ['10Gbps', '16Gbps']);
const current = quantity('current', '(mA|A)', ['1A', '500mA']);
const product = text(40);
const status = oneOf(listedStatuses);

const sourceDoc =
  'Where this is written: a document, a page, a list with its date. Left out, the source of the whole file counts.';
const verifiedDoc =
  'Whether somebody checked this against the vendor. Left out it counts as true: you vouch for your own list. What is false is shown as a hint and never makes an error.';
const noteDoc = 'A remark, shown in hovers and checklists.';
const productDoc = 'The hypervisor: esxi, hyper-v, xenserver, proxmox, kvm … Case, spaces and hyphens do not matter.';

const driverFields = {
  name: required(text(60), 'Driver', 'Name of the driver module, such as i40en.'),
  kind: optional(oneOf(['native', 'vmklinux']), 'Driver stack', 'ESXi only. vmklinux drivers ended with ESXi 7.0.'),
  version: optional(text(60), 'Driver version', 'The version that the list names. A design with another one gets HWC002.'),
  firmware: optional(text(60), 'Firmware version', 'The firmware that goes with this driver version.'),
  delivery: optional(oneOf(['inbox', 'async']), 'Delivery', 'In the installation image (inbox), or loaded afterwards (async).'),
};

const driver = object(driverFields);

const knownDriver = object({
  product: required(product, 'Product', productDoc),
  ...driverFields,
  verified: optional(yesNo, 'Verified', verifiedDoc),
});

const releaseSupport = object({
  product: required(product, 'Product', productDoc),
  version: required(
    version,
    'Release',
    'The release, exactly (8.0u2), or a whole line (8.x, 8.0.x). Releases that no line names stay unknown.',
  ),
  to: optional(version, 'Last release', 'Makes a range: from `version` to this release, both included.'),
  status: required(
    status,
    'Status',
    'supported, deprecated (works, but will go), removed (from this release on, for good), or not-listed (the vendor never listed it).',
  ),
  drivers: optional(list(driver, 50), 'Drivers', 'The certified drivers, with their firmware where the list pairs them.'),
  source: optional(text(400), 'Source', sourceDoc),
  verified: optional(yesNo, 'Verified', verifiedDoc),
  note: optional(text(1000), 'Note', noteDoc),
});

const networkPorts = object({
  count: required(integer(1, 1000), 'Count', 'How many of these ports the device has.'),
  speed: required(speed, 'Speed', 'Speed of one port.'),
  connector: optional(text(40), 'Connector', 'RJ45, SFP+, QSFP28 …'),
});

const device = object({
  id: required(text(80), 'Id', 'A name that no other device of this file has, such as intel-x710-sfp.'),
  kind: required(oneOf(deviceKinds), 'Kind', 'What the device is.'),
  vendor: required(text(80), 'Vendor', 'Who makes it: Intel, Dell, HPE …'),
  model: required(text(160), 'Model', 'What it is called, without the vendor. Designs name devices by this or an alias.'),
  aliases: optional(list(text(160), 50), 'Other names', 'Order codes, short names, the name in the PCI database.'),
  pci: optional(
    list(pciId, 200),
    'PCI ids',
    'vendor:device for all cards with this chip, or vendor:device:subvendor:subdevice for one card. As lspci -n prints them.',
  ),
  drivers: optional(
    list(knownDriver, 50),
    'Known drivers',
    'Drivers that the device uses under a product, whatever the release.',
  ),
  releases: optional(list(releaseSupport, 500), 'Releases', 'What the list says per release.'),
  ports: optional(
    integer(0, 10_000),
    'Ports',
    'USB ports of a hub, network ports of a card or switch, Fibre Channel ports of an HBA.',
  ),
  speed: optional(speed, 'Speed', 'Speed of one port.'),
  psus: optional(integer(0, 32), 'Power supplies', 'Power supplies or power inputs that it can have.'),
  networkPorts: optional(
    list(networkPorts, 20),
    'Network ports',
    'Network ports by speed, for hubs and switches with several sorts.',
  ),
  rackUnits: optional(integer(0, 100), 'Rack units', 'Height in the rack; 0 for a device that stands.'),
  sockets: optional(integer(1, 64), 'CPU sockets', 'Sockets of a server.'),
  memorySlots: optional(integer(1, 1024), 'Memory slots', 'DIMM slots of a server.'),
  controllers: optional(integer(1, 64), 'Controllers', 'Controllers that an array can have.'),
  driveSlots: optional(integer(0, 10_000), 'Drive slots', 'Drives in the base enclosure.'),
  protocols: optional(list(text(20), 20), 'Protocols', 'Host protocols of an array: fc, iscsi, sas, nfs, nvme …'),
  portCurrent: optional(current, 'Current per port', 'What one USB port can deliver.'),
  cpuGenerations: optional(
    list(text(40), 20),
    'CPU generations',
    'Generations that a server takes, or the one of a CPU entry: icelake, sapphirerapids, zen4 …',
  ),
  source: optional(text(400), 'Source', sourceDoc),
  verified: optional(yesNo, 'Verified', verifiedDoc),
  note: optional(text(1000), 'Note', noteDoc),
});

const completeness = object({
  product: required(product, 'Product', productDoc),
  kinds: optional(
    list(oneOf(deviceKinds), deviceKinds.length),
    'Kinds',
    'The kinds of devices that the list covers; left out, all.',
  ),
  releases: optional(list(version, 200), 'Releases', 'The releases that it covers; left out, all.'),
});

const productRelease = object({
  product: required(product, 'Product', productDoc),
  version: required(version, 'Release', 'The release, exactly.'),
  released: optional(date, 'Released', 'Day of general availability.'),
  supportEnds: optional(date, 'Support ends', 'Last day of general support.'),
  source: optional(text(400), 'Source', sourceDoc),
  verified: optional(yesNo, 'Verified', verifiedDoc),
  note: optional(text(1000), 'Note', noteDoc),
});

/** The whole file. */
export const catalogFile = object({
  $schema: optional(text(400), 'Schema', 'Address of the JSON Schema, for editors.'),
  lintelCatalog: required(integer(1, 1), 'Format', 'Edition of this format: 1.'),
  name: required(text(120), 'Name', 'What messages call this list: "Plant HCL".'),
  description: optional(text(2000), 'Description', 'What the list is, and what it is not.'),
  source: required(text(400), 'Source', 'Where the list comes from: the vendor guide and the day it was exported.'),
  date: optional(date, 'Date', 'The state of the list.'),
  complete: optional(
    list(completeness, 100),
    'Complete for',
    'Products for which the list names every supported device. Only then is a device that it lacks reported as not listed (HWC001).',
  ),
  devices: optional(list(device, 100_000), 'Devices', 'The devices.'),
  releases: optional(list(productRelease, 2000), 'Product releases', 'Hypervisor releases with their dates.'),
});

type Shaped<S> = S extends Shape<infer T> ? T : never;
/** A file as it was read, before defaults are filled in. */
export type CatalogFields = Shaped<typeof catalogFile>;
export type DeviceFields = Shaped<typeof device>;
export type ReleaseFields = Shaped<typeof releaseSupport>;
export type DriverFields = Shaped<typeof driver>;

/** The published JSON Schema, as `schema/lintel-catalog.schema.json` has it (a test compares them). */
export function catalogSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:lintel:catalog:1',
    title: 'Lintel hardware compatibility catalogue',
    description:
      'Devices, what they are called, and what a vendor says about them per hypervisor release. Explained in docs/catalog.md.',
    ...catalogFile.schema,
  };
}

function quantity(dimension: Dimension, units: string, examples: readonly string[]): Shape<Quantity> {
  return parsed((written) => parseQuantity(written, dimension), `^\\d+(\\.\\d+)?${units}$`, examples);
}
