/** What several rules on load balancing ask. */
import { carriersOf, type SwitchPort, switchPortOf, type Teaming, uplinksOf, type VirtualSwitch } from '../../facts/network.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

export type TeamedEntity = VirtualSwitch['entity'] | Entity<'portgroup'> | Entity<'vmkernel'>;

/** A switch, and what on it says a load balancing of its own. */
export const teamedOn = (own: VirtualSwitch): readonly TeamedEntity[] => [
  own.entity,
  ...own.portgroups.filter(({ props }) => props.teaming),
  ...own.vmkernels.filter(({ props }) => props.teaming),
];

/** An uplink with the switch port that it is cabled to. */
export interface Cabled {
  readonly nic: Entity<'nic'>;
  readonly port: SwitchPort;
}

/** The uplinks behind a team that the design says the cables of. */
export function cabledUplinks(entity: TeamedEntity, host: Entity<'host'>, model: Model): readonly Cabled[] {
  return carriersOf(uplinksOf(entity, host, model)).flatMap((nic) => {
    const port = switchPortOf(nic, model);
    return port ? [{ nic, port }] : [];
  });
}

/** How people call it. */
export const teamingWords: Readonly<Record<Teaming, string>> = {
  'active-active': 'route by virtual port',
  'active-standby': 'active-standby',
  'ip-hash': 'IP hash',
  'mac-hash': 'MAC hash',
  'load-based': 'route by load',
  explicit: 'explicit failover order',
  'switch-embedded': 'switch-embedded teaming',
  lacp: 'LACP',
};
