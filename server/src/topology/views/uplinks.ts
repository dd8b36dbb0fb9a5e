/** Which NICs of a host carry something. */
import { carriersOf, uplinksOf, virtualSwitchesOf } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

/**
 * The NICs that carry a virtual switch, a port group or an adapter of a host, or wait to do so. Undefined for a host without virtual
 * switches: its NICs are used in a way that the design leaves open.
 */
export function usedNics(host: Entity<'host'>, model: Model): ReadonlySet<Entity<'nic'>> | undefined {
  const switches = virtualSwitchesOf(host, model);
  if (switches.length === 0) return undefined;
  return new Set(
    switches.flatMap(({ entity, portgroups, vmkernels }) =>
      [entity, ...portgroups, ...vmkernels].flatMap((each) => carriersOf(uplinksOf(each, host, model))),
    ),
  );
}
