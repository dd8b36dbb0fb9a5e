/** VLAN tags as they are set on virtual switches: none where the switch port already puts the frames into the VLAN. */
import { carriersOf, carries, switchPortOf, uplinksOf, vlanOf } from '../../facts/network.ts';
import { type Entity, enclosing } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

type Tagged = Entity<'portgroup'> | Entity<'vmkernel'>;

/**
 * The tag that a port group or an adapter sets: its VLAN, or 0 where all switch ports under it carry that VLAN untagged (access
 * ports) and the design sets no tag of its own.
 */
export function tagOf(entity: Tagged, model: Model): number | undefined {
  const vlan = vlanOf(entity, model);
  const host = enclosing(entity, 'host');
  if (vlan === undefined || vlan === 0 || entity.props.vlan !== undefined || !host) return vlan;
  const ports = carriersOf(uplinksOf(entity, host, model)).map((nic) => switchPortOf(nic, model));
  const untagged = ports.length > 0 && ports.every((port) => port !== undefined && carries(port, vlan) === 'untagged');
  return untagged ? 0 : vlan;
}

/** `VLAN 10`, `VLAN 5, untagged`. */
export function tagText(entity: Tagged, model: Model): string | undefined {
  const vlan = vlanOf(entity, model);
  if (vlan === undefined) return undefined;
  if (vlan === 0) return 'untagged';
  return tagOf(entity, model) === 0 ? `VLAN ${vlan}, untagged` : `VLAN ${vlan}`;
}
