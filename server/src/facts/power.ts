/** Power supplies, the feeds of the rack that they hang on, and what stands behind a feed. */
import { childrenOf, type Entity, is, pathOf } from '../model/entity.ts';
import type { Model } from '../model/model.ts';

/** Kinds that say how many power supplies they have. */
export const poweredKinds = ['host', 'physical', 'array', 'switch', 'router', 'usbhub'] as const;
export type PoweredKind = (typeof poweredKinds)[number];

/** How many power supplies a device has: `psu A, B` and `psu 2` give two; undefined when the design does not say. */
export function psuCount(device: Entity<PoweredKind>): number | undefined {
  const { psu } = device.props;
  if (!psu || psu.length === 0) return undefined;
  const [only] = psu;
  return psu.length === 1 && only !== undefined && /^\d+$/.test(only) ? Number(only) : psu.length;
}

/** The feeds that a device's supplies hang on, one for each supply; undefined when the design only gives their number. */
export function psuFeedNames(device: Entity<PoweredKind>): readonly string[] | undefined {
  const { psu } = device.props;
  return !psu || psu.length === 0 || psu.some((name) => /^\d+$/.test(name)) ? undefined : psu;
}

export type PowerSource = Entity<'feed' | 'pdu' | 'ups'>;

/** A supply's feed: of the device's own rack, else a power strip or UPS of that name. */
export function feedOf(device: Entity<PoweredKind>, name: string, model: Model): PowerSource | undefined {
  const rack = model.resolve(device.props.rack, device, 'rack');
  const feed = rack && childrenOf(rack, 'feed').find((candidate) => candidate.name === name);
  return feed ?? model.resolve({ ref: [name] }, device, 'pdu', 'ups');
}

/**
 * What a source hangs on, itself first, up to and with the first UPS: a UPS bridges the loss of what supplies it, so two of them
 * on one mains connection do not count as one. `known` is false where the design leaves open what is further up.
 */
export function supplyChain(
  source: PowerSource,
  model: Model,
): { readonly chain: readonly PowerSource[]; readonly known: boolean } {
  const chain: PowerSource[] = [];
  for (
    let at: PowerSource | undefined = source;
    at && !chain.includes(at);
    at = model.resolve(at.props.from, at, 'ups', 'pdu', 'feed')
  ) {
    chain.push(at);
    if (is(at, 'ups')) return { chain, known: true };
  }
  return { chain, known: false };
}

/** The first thing that all of some sources hang on; undefined when there is none, or the design leaves it open. */
export function commonSource(sources: readonly PowerSource[], model: Model): PowerSource | undefined {
  const [first, ...others] = sources.map((source) => supplyChain(source, model).chain);
  return first?.find((candidate) => others.every((chain) => chain.includes(candidate)));
}

/** How a message calls a source: `feed A of rack r1`, `UPS ups-a`. */
export function sourceName(source: PowerSource): string {
  if (is(source, 'feed')) return `feed ${source.name}${source.parent ? ` of rack ${pathOf(source.parent)}` : ''}`;
  return `${is(source, 'ups') ? 'UPS' : 'PDU'} ${source.name}`;
}
