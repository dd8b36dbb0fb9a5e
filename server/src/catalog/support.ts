/**
 * What the catalogues say of a device on a release. The rule is to accuse only on good grounds: a release that no line
 * names is unknown unless the list promises to be complete, and a line that nobody verified is a hint (`claim`), never a
 * status.
 */
import { compareDate } from '../values/date.ts';
import { isProblem } from '../values/problem.ts';
import { atLeast, compareVersion, matchesVersion, parseVersion, type Version } from '../values/version.ts';
import { productKey } from './load.ts';
import type {
  Catalog,
  CatalogHeader,
  DeviceEntry,
  DeviceKind,
  Driver,
  ListedStatus,
  ProductRelease,
  ReleaseSupport,
} from './types.ts';

export type SupportStatus = ListedStatus | 'unknown';

/** The answer for one device, product and release. */
export interface DeviceSupport {
  /** What may be acted upon. */
  readonly status: SupportStatus;
  /** What an unverified line says, for a hint; only when `status` is `unknown`. */
  readonly claim?: ListedStatus;
  /** The drivers of the line, or the ones that the device is known to use under the product. */
  readonly drivers: readonly Driver[];
  /** The first of them. */
  readonly driver?: Driver;
  /** The firmware that goes with it, where the list says. */
  readonly firmware?: string;
  /** The device only ever had vmklinux drivers and the release (ESXi 7.0 or newer) has none: HWC003. */
  readonly vmklinuxOnly: boolean;
  readonly entry: DeviceEntry;
  /** The line that decided. */
  readonly line?: ReleaseSupport;
  readonly source: string;
  readonly verified: boolean;
}

/**
 * What an entry says of its device on a release.
 * @param product the hypervisor, in any spelling
 * @param release a line such as `8.x` gets an answer only where the list speaks of the whole line
 */
export function deviceSupport(entry: DeviceEntry, product: string, release: Version): DeviceSupport {
  const key = productKey(product);
  const line = lineFor(entry, key, release);
  const drivers = line !== undefined && line.drivers.length > 0 ? line.drivers : driversFor(entry, key);
  const driver = drivers[0];
  const complete = line === undefined && isCompleteFor(entry.catalog, entry.kind, key, release);
  const verified = line?.verified ?? (complete || entry.verified);
  return {
    status: line === undefined ? (complete ? 'not-listed' : 'unknown') : verified ? line.status : 'unknown',
    ...(line !== undefined && !verified ? { claim: line.status } : {}),
    drivers,
    ...(driver === undefined ? {} : { driver }),
    ...(driver?.firmware === undefined ? {} : { firmware: driver.firmware }),
    vmklinuxOnly: isVmklinuxOnly(entry, key, release),
    entry,
    ...(line === undefined ? {} : { line }),
    source: line?.source ?? (complete ? entry.catalog.source : entry.source),
    verified,
  };
}

/** Where all or none fit, a list that is there already: every card of a large design keeps one. */
function driversFor({ drivers }: DeviceEntry, product: string): DeviceEntry['drivers'] {
  const fit = drivers.filter((each) => each.product === product);
  return fit.length === drivers.length ? drivers : fit.length === 0 ? noDrivers : fit;
}

const noDrivers: DeviceEntry['drivers'] = [];

/** The same over several catalogues' entries for one device: the first that knows wins, then the first with a claim. */
export function supportOf(entries: readonly DeviceEntry[], product: string, release: Version): DeviceSupport | undefined {
  const answers = entries.map((entry) => deviceSupport(entry, product, release));
  return (
    answers.find((each) => each.status !== 'unknown') ??
    answers.find((each) => each.claim !== undefined || each.vmklinuxOnly) ??
    answers[0]
  );
}

/**
 * The catalogue that promises to name every device of a kind on a release: what it lacks is not listed (HWC001).
 * @returns `undefined` when no catalogue promises that; an unknown device is then just unknown
 */
export function completeCatalog(
  catalogs: readonly Catalog[],
  kind: DeviceKind,
  product: string,
  release: Version,
): CatalogHeader | undefined {
  const key = productKey(product);
  return catalogs.find(({ header }) => isCompleteFor(header, kind, key, release))?.header;
}

/** What is installed on a host, as far as the design says. */
export interface InstalledDriver {
  readonly name?: string;
  readonly version?: string;
  readonly firmware?: string;
}

/**
 * Whether a driver and firmware are a listed pair (HWC002).
 * @returns `unknown` when the list gives no versions for the release, is unverified, or the design says nothing to compare
 */
export function driverPair(
  support: DeviceSupport,
  installed: InstalledDriver,
): { readonly status: 'listed' | 'not-listed' | 'unknown'; readonly listed: readonly Driver[] } {
  const listed = support.line?.drivers ?? [];
  const said = listed.filter((driver) => driver.version !== undefined || driver.firmware !== undefined);
  const asked = installed.version !== undefined || installed.firmware !== undefined || installed.name !== undefined;
  if (!support.verified || said.length === 0 || !asked) return { status: 'unknown', listed };
  const fits = said.some(
    (driver) =>
      sameName(installed.name, driver.name) &&
      sameRelease(installed.version, driver.version) &&
      sameRelease(installed.firmware, driver.firmware),
  );
  return { status: fits ? 'listed' : 'not-listed', listed };
}

/** The dates of a release, from the first catalogue that has it. */
export function productRelease(catalogs: readonly Catalog[], product: string, version: Version): ProductRelease | undefined {
  const key = productKey(product);
  for (const { releases } of catalogs) {
    const found = releases.find((each) => each.product === key && compareVersion(each.version, version) === 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The known releases of a product, oldest first, each once. */
export function releasesOf(catalogs: readonly Catalog[], product: string): readonly ProductRelease[] {
  const key = productKey(product);
  const found = new Map<string, ProductRelease>();
  for (const { releases } of catalogs) {
    for (const each of releases) if (each.product === key && !found.has(each.version.text)) found.set(each.version.text, each);
  }
  return [...found.values()].sort(
    (a, b) => compareVersion(a.version, b.version) || (a.released && b.released ? compareDate(a.released, b.released) : 0),
  );
}

/** The line that speaks of a release: the exact one, a range, a whole line, or an earlier `removed`, which is for good. */
function lineFor(entry: DeviceEntry, product: string, release: Version): ReleaseSupport | undefined {
  const lines = entry.releases.filter((line) => line.product === product);
  const said =
    lines.find(
      (line) => line.to === undefined && !line.version.any && !release.any && compareVersion(line.version, release) === 0,
    ) ??
    lines.find((line) => line.to !== undefined && inRange(release, line.version, line.to)) ??
    lines.find(
      (line) => line.version.any && (release.any ? line.version.text === release.text : matchesVersion(release, line.version)),
    );
  if (said !== undefined) return said;
  const removed = lines.filter((line) => line.status === 'removed' && atLeast(release, line.version) === true);
  return removed.sort((a, b) => compareVersion(b.version, a.version))[0];
}

/** A range's end may be a whole line: up to `8.x` takes every 8 release. */
function inRange(release: Version, from: Version, to: Version): boolean {
  if (release.any) return false;
  return compareVersion(release, from) >= 0 && (compareVersion(release, to) <= 0 || (to.any && matchesVersion(release, to)));
}

function isCompleteFor(header: CatalogHeader, kind: DeviceKind, product: string, release: Version): boolean {
  return header.complete.some(
    (each) =>
      each.product === product &&
      (each.kinds.length === 0 || each.kinds.includes(kind)) &&
      (each.releases.length === 0 ||
        each.releases.some((listed) => (release.any ? listed.text === release.text : matchesVersion(release, listed)))),
  );
}

const nativeOnly = parseVersion('7.0');

/** Every driver ever named is vmklinux, and at least one of these statements is verified. */
function isVmklinuxOnly(entry: DeviceEntry, product: string, release: Version): boolean {
  if (product !== 'esxi' || isProblem(nativeOnly) || atLeast(release, nativeOnly) !== true) return false;
  const known = entry.drivers.filter((driver) => driver.product === product);
  const listed = entry.releases
    .filter((line) => line.product === product)
    .flatMap((line) => line.drivers.map((driver) => ({ ...driver, verified: line.verified })));
  const all = [...known, ...listed];
  return all.some((driver) => driver.verified) && all.every((driver) => driver.kind === 'vmklinux');
}

function sameName(installed: string | undefined, listed: string): boolean {
  return installed === undefined || installed.trim().toLowerCase() === listed.trim().toLowerCase();
}

/** Equal as text or as releases; what one side does not say cannot differ. */
function sameRelease(installed: string | undefined, listed: string | undefined): boolean {
  if (installed === undefined || listed === undefined) return true;
  const [a, b] = [installed, listed].map((text) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^v(?=\d)/u, ''),
  );
  if (a === b) return true;
  const [left, right] = [parseVersion(a ?? ''), parseVersion(b ?? '')];
  return !isProblem(left) && !isProblem(right) && compareVersion(left, right) === 0;
}
