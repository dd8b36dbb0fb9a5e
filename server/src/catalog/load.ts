/**
 * From a text to a catalogue. A broken part spoils itself only: a device that cannot be read is reported and left out,
 * and the rest of the list works. Hostile input is expected; nothing throws, and nothing is looked up outside the text.
 */
import { isProblem } from '../values/problem.ts';
import { compareVersion, parseVersion } from '../values/version.ts';
import { type CatalogFields, catalogFile, type DeviceFields, type DriverFields, type ReleaseFields } from './fields.ts';
import { type JsonNode, jsonOf, readJson } from './json.ts';
import { collectProblems, given } from './problems.ts';
import type { Report } from './shape.ts';
import type { Catalog, CatalogHeader, CatalogProblem, DeviceEntry, DeviceFacts, Driver, ReleaseSupport } from './types.ts';

/** Largest file that is read, in UTF-16 units (a vendor's whole export is a tenth of it). */
export const MAX_CATALOG_LENGTH = 8 * 1024 * 1024;

/** What came out of a file: a catalogue where its header could be read, and everything that is wrong with it. */
export interface LoadedCatalog {
  readonly catalog?: Catalog;
  readonly problems: readonly CatalogProblem[];
}

/**
 * Reads a catalogue file (format: docs/catalog.md, schema/lintel-catalog.schema.json).
 * @param text the file's text
 * @param origin where it comes from, for messages: a URI
 * @returns what could be read; at most 200 problems, in the order of the file. Never throws.
 */
export function parseCatalog(text: string, origin: string): LoadedCatalog {
  const problems = collectProblems(text);
  if (text.length > MAX_CATALOG_LENGTH) {
    problems.report('error', `The catalogue is larger than ${MAX_CATALOG_LENGTH / 1024 / 1024}MB`, { start: 0, end: 0 }, '');
    return { problems: problems.sorted() };
  }
  const root = readJson(text);
  if ('fault' in root) {
    problems.report('error', root.fault.message, root.fault, '');
    return { problems: problems.sorted() };
  }
  const catalog = catalogOf(root, origin, problems.report);
  return { ...(catalog === undefined ? {} : { catalog }), problems: problems.sorted() };
}

/**
 * The same from a value that is parsed already: the bundled data.
 * @param report takes what is wrong; positions are all 0, so only message and pointer tell
 */
export function catalogFrom(value: unknown, origin: string, report: Report): Catalog | undefined {
  return catalogOf(jsonOf(value), origin, report);
}

/** What a product is compared by: `VMware ESXi`, `esxi` and `ESX` are one, as are `Hyper-V` and `hyperv`. */
export function productKey(product: string): string {
  const plain = product
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^(?:vmware|microsoft|citrix|stratus)(?=.)/u, '');
  return productAliases.get(plain) ?? plain;
}

const productAliases: ReadonlyMap<string, string> = new Map([
  ['esx', 'esxi'],
  ['vsphere', 'esxi'],
  ['hypervisor', 'xenserver'],
  ['proxmoxve', 'proxmox'],
  ['pve', 'proxmox'],
  ['ahv', 'nutanix'],
  ['nutanixahv', 'nutanix'],
  ['ovm', 'oraclevm'],
]);

function catalogOf(root: JsonNode, origin: string, report: Report): Catalog | undefined {
  const file = catalogFile.read(root, '', report);
  if (file === undefined) return undefined;
  const header = headerOf(file, origin);
  checkDevices(root, file, report);
  const seen = new Set<string>();
  const devices: DeviceEntry[] = [];
  for (const each of file.devices ?? []) {
    if (seen.has(each.id)) continue;
    seen.add(each.id);
    devices.push(deviceOf(each, header));
  }
  const releases = (file.releases ?? []).map(({ product, version, released, supportEnds, note, ...rest }) => ({
    product: productKey(product),
    version,
    ...given({ released, supportEnds, note }),
    source: rest.source ?? header.source,
    verified: rest.verified ?? true,
  }));
  return { header, devices, releases };
}

function headerOf(file: CatalogFields, origin: string): CatalogHeader {
  return {
    name: file.name,
    ...given({ description: file.description, date: file.date }),
    source: file.source,
    origin,
    complete: (file.complete ?? []).map((each) => ({
      product: productKey(each.product),
      kinds: each.kinds ?? [],
      releases: each.releases ?? [],
    })),
  };
}

function deviceOf(fields: DeviceFields, catalog: CatalogHeader): DeviceEntry {
  const source = fields.source ?? catalog.source;
  const verified = fields.verified ?? true;
  return {
    id: fields.id,
    kind: fields.kind,
    vendor: fields.vendor,
    model: fields.model,
    aliases: fields.aliases ?? [],
    pci: fields.pci ?? [],
    drivers: (fields.drivers ?? []).map((each) => ({
      product: productKey(each.product),
      ...driverOf(each),
      verified: each.verified ?? verified,
    })),
    releases: (fields.releases ?? []).map((each) => supportOf(each, source, verified)),
    ...factsOf(fields),
    source,
    verified,
    ...given({ note: fields.note }),
    catalog,
  };
}

function supportOf(fields: ReleaseFields, source: string, verified: boolean): ReleaseSupport {
  return {
    product: productKey(fields.product),
    version: fields.version,
    ...given({ to: fields.to, note: fields.note }),
    status: fields.status,
    drivers: (fields.drivers ?? []).map(driverOf),
    source: fields.source ?? source,
    verified: fields.verified ?? verified,
  };
}

function driverOf({ name, kind, version, firmware, delivery }: DriverFields): Driver {
  return { name, ...given({ kind, version, firmware, delivery }) };
}

function factsOf(fields: DeviceFields): DeviceFacts {
  return given({
    ports: fields.ports,
    speed: fields.speed?.value,
    psus: fields.psus,
    networkPorts: fields.networkPorts?.map(({ count, speed, connector }) => ({
      count,
      speed: speed.value,
      ...given({ connector }),
    })),
    rackUnits: fields.rackUnits,
    sockets: fields.sockets,
    memorySlots: fields.memorySlots,
    controllers: fields.controllers,
    driveSlots: fields.driveSlots,
    protocols: fields.protocols?.map((protocol) => protocol.toLowerCase()),
    portCurrent: fields.portCurrent?.value,
    cpuGenerations: fields.cpuGenerations,
  });
}

/** What no single field shows: ids that stand twice, ranges that run backwards, releases that are said twice. */
function checkDevices(root: JsonNode, file: CatalogFields, report: Report): void {
  if (file.devices === undefined) return;
  const ids = new Map<string, string>();
  const cards = new Map<string, string>();
  // Over the nodes and not over what was read: what was left out must not shift the pointers.
  for (const [index, node] of itemsOf(memberOf(root, 'devices')).entries()) {
    const pointer = `/devices/${index}`;
    const id = memberOf(node, 'id');
    if (id?.kind === 'string') {
      const first = ids.get(id.value);
      if (first !== undefined) {
        report('error', `\`${id.value}\` is the id of ${first} too; this device is left out`, id, `${pointer}/id`);
        continue;
      }
      ids.set(id.value, pointer);
    }
    for (const [at, pci] of itemsOf(memberOf(node, 'pci')).entries()) {
      if (pci.kind !== 'string') continue;
      const key = pci.value.toLowerCase();
      const first = cards.get(key);
      if (first !== undefined)
        report('warning', `${key} belongs to ${first} already; the device is then ambiguous`, pci, `${pointer}/pci/${at}`);
      else cards.set(key, pointer);
    }
    checkReleases(memberOf(node, 'releases'), `${pointer}/releases`, report);
  }
}

function checkReleases(releases: JsonNode | undefined, pointer: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, node] of itemsOf(releases).entries()) {
    const [product, version, to] = [textOf(node, 'product'), versionOf(node, 'version'), versionOf(node, 'to')];
    if (product === undefined || version === undefined) continue;
    if (to !== undefined && compareVersion(to, version) < 0)
      report('error', 'The range runs backwards', node, `${pointer}/${index}/to`);
    const key = `${productKey(product)} ${version.text} ${to?.text ?? ''}`;
    if (seen.has(key))
      report('error', `${product} ${version.text} stands here twice; the first one counts`, node, `${pointer}/${index}`);
    seen.add(key);
  }
}

function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.find((member) => member.key === key)?.value : undefined;
}

function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}

function textOf(node: JsonNode, key: string): string | undefined {
  const value = memberOf(node, key);
  return value?.kind === 'string' ? value.value : undefined;
}

function versionOf(node: JsonNode, key: string): ReturnType<typeof usable> {
  const written = textOf(node, key);
  return written === undefined ? undefined : usable(written);
}

function usable(written: string) {
  const version = parseVersion(written);
  return isProblem(version) ? undefined : version;
}
