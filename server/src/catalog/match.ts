/**
 * Which entry of the catalogues a device of a design is. A PCI id decides where there is one (the card, then the chip),
 * else the name: as written, then without case, spaces, punctuation and vendor. Guesses are never made: two entries that
 * fit equally well are an ambiguity with candidates.
 */
import type { PciId } from '../values/hexid.ts';
import { nearest } from '../values/suggest.ts';
import type { Catalog, DeviceEntry, DeviceKind } from './types.ts';

/** What a design says of a device. */
export interface DeviceQuery {
  readonly pci?: PciId;
  readonly model?: string;
  /** Kinds that may answer; left out, all. */
  readonly kinds?: readonly DeviceKind[];
}

/**
 * How a device was found: `exact` by all four PCI numbers, `family` by vendor and device number (another card with the
 * same chip), `model` by its name as the catalogue writes it, `name` by a looser spelling.
 */
export type MatchedBy = 'exact' | 'family' | 'model' | 'name';

export type DeviceMatch =
  | {
      readonly how: MatchedBy;
      readonly entry: DeviceEntry;
      /** All catalogues' entries for the device, best first; the first is `entry`. Never empty. */
      readonly entries: readonly DeviceEntry[];
    }
  | { readonly how: 'ambiguous'; readonly candidates: readonly DeviceEntry[] }
  | { readonly how: 'unknown' };

/**
 * Finds a device.
 * @param catalogs in order of authority: the user's before the bundled ones
 */
export function matchDevice(catalogs: readonly Catalog[], query: DeviceQuery): DeviceMatch {
  const found: { readonly rank: number; readonly entry: DeviceEntry }[] = [];
  const candidates: DeviceEntry[] = [];
  for (const catalog of catalogs) {
    const { rank, entries } = findIn(indexOf(catalog), query);
    const [entry, ...others] = entries;
    if (entry === undefined) continue;
    if (others.length > 0) candidates.push(...entries);
    else found.push({ rank, entry });
  }
  // Sorting is stable, so of two equally good answers the more authoritative catalogue's comes first.
  found.sort((a, b) => a.rank - b.rank);
  const best = found[0];
  if (best !== undefined) return { how: ranks[best.rank] ?? 'name', entry: best.entry, entries: found.map((each) => each.entry) };
  return candidates.length > 0 ? { how: 'ambiguous', candidates } : { how: 'unknown' };
}

/** A model that completion offers. */
export interface ModelChoice {
  /** What to write: `Intel X710 10GbE SFP+`, `PowerEdge R660`. */
  readonly text: string;
  readonly entry: DeviceEntry;
}

/** The models of some kind in all catalogues, each once, sorted. */
export function models(catalogs: readonly Catalog[], kind: DeviceKind): readonly ModelChoice[] {
  const choices = new Map<string, ModelChoice>();
  for (const { devices } of catalogs) {
    for (const entry of devices) {
      const text = modelText(entry);
      if (entry.kind === kind && !choices.has(text)) choices.set(text, { text, entry });
    }
  }
  return [...choices.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** The name of a device as a design writes it. Cards carry their maker (`Intel X710`), systems do not (`PowerEdge R660`). */
export function modelText(entry: DeviceEntry): string {
  const card = entry.kind === 'nic' || entry.kind === 'hba' || entry.kind === 'raid' || entry.kind === 'gpu';
  return card && !entry.model.toLowerCase().startsWith(entry.vendor.toLowerCase())
    ? `${entry.vendor} ${entry.model}`
    : entry.model;
}

/** The nearest model names to one that no catalogue knows, for "did you mean". */
export function nearestModels(catalogs: readonly Catalog[], model: string, kind: DeviceKind, max = 3): readonly string[] {
  const texts = models(catalogs, kind).map((choice) => choice.text);
  return nearest(model, texts, max);
}

const ranks: readonly MatchedBy[] = ['exact', 'family', 'model', 'name'];

/** Sets and not lists: a vendor's whole export has words that ten thousand devices share. */
type Entries = ReadonlySet<DeviceEntry>;

interface Index {
  readonly byCard: ReadonlyMap<string, Entries>;
  readonly byChip: ReadonlyMap<string, Entries>;
  readonly byModel: ReadonlyMap<string, Entries>;
  readonly byName: ReadonlyMap<string, Entries>;
  readonly byToken: ReadonlyMap<string, Entries>;
}

const indexes = new WeakMap<Catalog, Index>();

/** A catalogue never changes, so its index is made once. */
function indexOf(catalog: Catalog): Index {
  const known = indexes.get(catalog);
  if (known !== undefined) return known;
  const [byCard, byChip, byModel, byName, byToken] = [newMap(), newMap(), newMap(), newMap(), newMap()];
  for (const entry of catalog.devices) {
    for (const pci of entry.pci) {
      if (pci.svid !== undefined) add(byCard, pci.text, entry);
      add(byChip, `${pci.vid}:${pci.did}`, entry);
    }
    for (const name of [entry.model, ...entry.aliases]) {
      add(byModel, name, entry);
      add(byModel, `${entry.vendor} ${name}`, entry);
      add(byName, plainName(withoutVendor(name).name), entry);
      for (const token of tokensOf(withoutVendor(name).name)) add(byToken, token, entry);
    }
  }
  const index = { byCard, byChip, byModel, byName, byToken };
  indexes.set(catalog, index);
  return index;
}

/** The entries of one catalogue that fit best, all of one rank. */
function findIn(
  index: Index,
  { pci, model, kinds }: DeviceQuery,
): { readonly rank: number; readonly entries: readonly DeviceEntry[] } {
  const allowed = (entries: Iterable<DeviceEntry> | undefined) =>
    [...(entries ?? [])].filter((entry) => kinds === undefined || kinds.includes(entry.kind));
  const named = model === undefined ? undefined : findByName(index, model, allowed);
  if (pci !== undefined) {
    const card = allowed(index.byCard.get(pci.text));
    if (card.length > 0) return { rank: 0, entries: narrow(card, named?.entries) };
    const chip = allowed(index.byChip.get(`${pci.vid}:${pci.did}`));
    const generic = chip.filter((entry) =>
      entry.pci.some((id) => id.svid === undefined && id.vid === pci.vid && id.did === pci.did),
    );
    if (chip.length > 0) return { rank: 1, entries: narrow(generic.length > 0 ? generic : chip, named?.entries) };
  }
  return named ?? { rank: 3, entries: [] };
}

function findByName(
  index: Index,
  model: string,
  allowed: (entries: Iterable<DeviceEntry> | undefined) => readonly DeviceEntry[],
): { readonly rank: number; readonly entries: readonly DeviceEntry[] } {
  const same = allowed(index.byModel.get(model.trim()));
  if (same.length > 0) return { rank: 2, entries: same };
  const { name, family } = withoutVendor(model);
  const ofVendor = (entries: readonly DeviceEntry[]) =>
    entries.filter((entry) => family === undefined || familyOf(entry.vendor) === family);
  const alike = ofVendor(allowed(index.byName.get(plainName(name))));
  return { rank: 3, entries: alike.length > 0 ? alike : ofVendor(allowed(withAllTokens(index, tokensOf(name)))) };
}

/** The entries that have every word of a name, which must hold at least one with a digit: "Ethernet" alone names nothing. */
function withAllTokens(index: Index, tokens: ReadonlySet<string>): readonly DeviceEntry[] {
  if (![...tokens].some((token) => token.length >= 3 && /\d/u.test(token))) return [];
  const having = [...tokens].map((token): Entries => index.byToken.get(token) ?? new Set());
  const [rarest, ...others] = having.sort((a, b) => a.size - b.size);
  return [...(rarest ?? [])].filter((entry) => others.every((entries) => entries.has(entry)));
}

/** Where a PCI id fits several entries, the model may tell which one; otherwise they stay. */
function narrow(entries: readonly DeviceEntry[], named: readonly DeviceEntry[] | undefined): readonly DeviceEntry[] {
  const both = entries.filter((entry) => named?.includes(entry));
  return both.length > 0 ? both : entries;
}

/** Names under which one maker's devices go; brands that were bought stay with their buyer. */
const families: readonly (readonly string[])[] = [
  ['hpe', 'hp', 'hewlett packard enterprise', 'hewlett-packard', 'hewlett packard'],
  ['dell', 'dell emc', 'dell technologies'],
  ['nvidia', 'mellanox', 'nvidia mellanox', 'mellanox technologies'],
  ['broadcom', 'lsi', 'avago', 'emulex', 'broadcom emulex', 'broadcom lsi', 'broadcom / lsi'],
  ['marvell', 'qlogic', 'cavium', 'marvell qlogic'],
  ['lenovo', 'ibm'],
  ['microchip', 'adaptec', 'microsemi'],
  ['intel', 'intel corporation', 'intel corp.'],
  ['amd', 'advanced micro devices'],
  ['fujitsu'],
  ['digi', 'digi international'],
  ['cisco'],
  ['realtek'],
];
/** Longest first, so that `Dell EMC …` does not leave `EMC …` behind. */
const vendorNames = families.flat().sort((a, b) => b.length - a.length);

function familyOf(vendor: string): string {
  const lower = vendor.trim().toLowerCase();
  return families.find((names) => names.includes(lower))?.[0] ?? lower;
}

/** The name without its maker in front, and whose it is. Trade marks (`Intel(R)`, `®`) go as well. */
function withoutVendor(text: string): { readonly name: string; readonly family?: string } {
  const clean = text
    .replace(/\((?:r|tm)\)|[®™]/giu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const lower = clean.toLowerCase();
  const vendor = vendorNames.find((name) => lower.startsWith(`${name} `));
  return vendor === undefined ? { name: clean } : { name: clean.slice(vendor.length + 1), family: familyOf(vendor) };
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}+]/gu, '');
}

function tokensOf(name: string): ReadonlySet<string> {
  return new Set(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}+]+/u)
      .filter((token) => token !== ''),
  );
}

function newMap(): Map<string, Set<DeviceEntry>> {
  return new Map();
}

function add(map: Map<string, Set<DeviceEntry>>, key: string, entry: DeviceEntry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, new Set([entry]));
  else entries.add(entry);
}
