/** What the hardware catalogues know of a model or a release. */
import { matchDevice, modelText } from '../../catalog/match.ts';
import { productRelease } from '../../catalog/support.ts';
import type { Catalog, DeviceEntry } from '../../catalog/types.ts';
import { isProblem } from '../../values/problem.ts';
import { formatQuantity } from '../../values/quantity.ts';
import { parseVersion } from '../../values/version.ts';
import { devicesFor } from '../complete/hardware.ts';
import type { Block, MarkOf, Reading } from '../reading/marks.ts';
import { plainName } from '../reading/walk.ts';
import { plain, verbatim } from './vocabulary.ts';

export function deviceMarkdown(
  catalogs: readonly Catalog[],
  block: Block,
  path: readonly string[],
  key: string,
  model: string,
): string {
  const kinds = devicesFor(block, path, key);
  if (!kinds) return '';
  const match = matchDevice(catalogs, { model, kinds });
  if (match.how === 'unknown') return 'No hardware catalogue of this design knows this model.';
  if (match.how === 'ambiguous')
    return `Several models fit: ${match.candidates
      .slice(0, 5)
      .map((entry) => verbatim(modelText(entry)))
      .join(', ')}.`;
  return entryMarkdown(match.entry);
}

function entryMarkdown(entry: DeviceEntry): string {
  const facts: string[] = [];
  for (const row of entry.networkPorts ?? [])
    facts.push(
      `${row.count} × ${formatQuantity(row.speed, 'rate')}${row.connector === undefined ? '' : ` ${plain(row.connector)}`}`,
    );
  if (entry.ports !== undefined) facts.push(`${entry.ports} ports`);
  if (entry.speed !== undefined) facts.push(formatQuantity(entry.speed, 'rate'));
  if (entry.psus !== undefined) facts.push(`${entry.psus} power supplies`);
  if (entry.rackUnits !== undefined) facts.push(`${entry.rackUnits} rack units`);
  if (entry.sockets !== undefined) facts.push(`${entry.sockets} sockets`);
  if (entry.memorySlots !== undefined) facts.push(`${entry.memorySlots} memory slots`);
  if (entry.controllers !== undefined) facts.push(`${entry.controllers} controllers`);
  if (entry.driveSlots !== undefined) facts.push(`${entry.driveSlots} drive slots`);
  const drivers = [...new Set(entry.drivers.map((driver) => `${driver.product} ${driver.name}`))];
  return [
    `**${plain(entry.model)}** – ${plain(entry.vendor)}`,
    ...(facts.length > 0 ? [facts.join(' · ')] : []),
    ...(drivers.length > 0 ? [`Drivers: ${drivers.map(verbatim).join(', ')}`] : []),
    ...(entry.note === undefined ? [] : [plain(entry.note)]),
    `${entry.verified ? '' : 'Not verified. '}Source: ${plain(entry.source)}`,
  ].join('\n\n');
}

export function releaseMarkdown(catalogs: readonly Catalog[], reading: Reading, mark: MarkOf<'value'>, text: string): string {
  const product = reading.marks.find(
    (candidate) =>
      candidate.is === 'value' &&
      candidate.block === mark.block &&
      candidate.key === 'product' &&
      candidate.path.join() === mark.path.join(),
  );
  const name = product?.is === 'value' ? plainName(product.term) : undefined;
  const version = parseVersion(text);
  const release = name === undefined || isProblem(version) ? undefined : productRelease(catalogs, name, version);
  if (!release) return '';
  const dates = [
    ...(release.released ? [`released ${release.released.text}`] : []),
    ...(release.supportEnds ? [`general support until ${release.supportEnds.text}`] : []),
  ];
  return [
    `${verbatim(`${name} ${text}`)}${dates.length > 0 ? ` – ${dates.join(', ')}` : ''}`,
    ...(release.note === undefined ? [] : [plain(release.note)]),
    `Source: ${plain(release.source)}${release.verified ? '' : ' (not verified)'}`,
  ].join('\n\n');
}

/** A catalogue that a design adds. */
export function catalogMarkdown(catalogs: readonly Catalog[], origin: string): string {
  const found = catalogs.find((catalog) => catalog.header.origin === origin);
  if (!found) return 'This catalogue is not in force.';
  const { header, devices, releases } = found;
  return [
    `**${plain(header.name)}**${header.date ? ` (${header.date.text})` : ''}`,
    ...(header.description === undefined ? [] : [plain(header.description)]),
    `${devices.length} devices, ${releases.length} releases. Source: ${plain(header.source)}`,
  ].join('\n\n');
}
