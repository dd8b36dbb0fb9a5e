/** Proposals from the hardware catalogues: models, and releases of hypervisors. */

import { models } from '../../catalog/match.ts';
import { releasesOf } from '../../catalog/support.ts';
import type { Catalog, DeviceKind } from '../../catalog/types.ts';
import type { Project } from '../../model/project.ts';
import { quoteString } from '../../values/name.ts';
import type { Context } from '../context.ts';
import type { Block } from '../reading/marks.ts';
import { plainName } from '../reading/walk.ts';
import { CompletionItemKind, type Proposal, ranked } from './item.ts';

/** Kinds of device behind `model`, by the kind of thing that says it. */
const deviceKinds: Readonly<Record<string, readonly DeviceKind[]>> = {
  host: ['server'],
  physical: ['server'],
  nic: ['nic'],
  hba: ['hba', 'raid'],
  gpu: ['gpu'],
  array: ['array'],
  switch: ['switch'],
  usbhub: ['usbhub'],
};

/** The devices that a property may name; undefined when it names none. */
export function devicesFor(block: Block, path: readonly string[], key: string): readonly DeviceKind[] | undefined {
  if (path[0] === 'cpu' && key === 'model') return ['cpu'];
  if (path.length !== 1 || path[0] !== 'model') return undefined;
  // The adapter of a VM is no card.
  return block.kind.word === 'nic' && block.parent?.kind.word === 'vm' ? undefined : deviceKinds[block.kind.word];
}

const lists = new WeakMap<readonly Catalog[], Map<DeviceKind, readonly Proposal[]>>();

export function modelProposals(project: Project, devices: readonly DeviceKind[]): readonly Proposal[] {
  const catalogs = project.model.catalogs();
  const known = lists.get(catalogs) ?? new Map<DeviceKind, readonly Proposal[]>();
  lists.set(catalogs, known);
  return devices.flatMap((device) => {
    let list = known.get(device);
    if (!list) {
      list = models(catalogs, device).map(({ text, entry }, at) => ({
        label: text,
        kind: CompletionItemKind.Value,
        text: quoteString(text),
        rank: ranked(1, at),
        detail: entry.model.includes(entry.vendor) ? entry.catalog.name : `${entry.vendor}, ${entry.catalog.name}`,
        ...(entry.note !== undefined ? { doc: entry.note } : {}),
      }));
      known.set(device, list);
    }
    return list;
  });
}

/** Releases of the product that is named in front, the newest first. */
export function releaseProposals(context: Context, block: Block, path: readonly string[]): readonly Proposal[] {
  const product = context.reading.marks.find(
    (mark) => mark.is === 'value' && mark.block === block && mark.key === 'product' && mark.path.join() === path.join(),
  );
  const name = product?.is === 'value' ? plainName(product.term) : undefined;
  if (name === undefined) return [];
  const releases = releasesOf(context.place.design?.project.model.catalogs() ?? [], name);
  return releases.toReversed().map(({ version, supportEnds, note }, at) => ({
    label: version.text,
    kind: CompletionItemKind.Value,
    rank: ranked(0, at),
    whole: true,
    ...(supportEnds ? { detail: `support until ${supportEnds.text}` } : {}),
    ...(note !== undefined ? { doc: note } : {}),
  }));
}
