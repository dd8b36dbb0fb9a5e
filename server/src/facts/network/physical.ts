/** The physical side of the network: what is cabled to which switch port, and what that port is set to. */
import { type Entity, is } from '../../model/entity.ts';
import type { IndexDefinition, Model } from '../../model/model.ts';
import type { Ref } from '../../schema/types.ts';
import { containsVlan, type VlanSet } from '../../values/vlan.ts';

/** A port of a switch as it is set: what its own line says, over what the switch says for all of its ports. */
export interface SwitchPort {
  readonly switch: Entity<'switch'>;
  /** `12`, `u1`. */
  readonly name: string;
  /** As people write it: `sw-a/12`. */
  readonly path: string;
  /** The line about this port, if the design has one. */
  readonly port?: Entity<'port'>;
  /** Tagged VLANs; absent when neither the port nor the switch says anything. */
  readonly trunk?: VlanSet;
  /** The untagged VLAN of an access port. */
  readonly access?: number;
  readonly native?: number;
  readonly lag?: { readonly name: string; readonly mode: 'static' | 'lacp'; readonly modeSaid: boolean };
  readonly mtu?: number;
  readonly speed?: number;
  readonly edge?: boolean;
}

/** `sw-a/12` → everything whose cable ends there: NICs, storage ports, routers, links between switches. */
export const cabledTo: IndexDefinition = {
  name: 'cabledTo',
  level: 2,
  kinds: ['nic', 'port', 'router', 'link'],
  keys: (entity) => cablesOf(entity).map((ref) => ref.ref.join('/')),
};

/** Switch name → the stacks (or MLAG pairs) that it is a member of. */
export const stacksOfSwitch: IndexDefinition = {
  name: 'stacksOfSwitch',
  level: 2,
  kinds: ['stack'],
  keys: (entity, model) =>
    is(entity, 'stack') ? model.resolveAll(entity.props.members, entity, 'switch').map((member) => member.name) : [],
};

function cablesOf(entity: Entity): readonly Ref[] {
  const refs = is(entity, 'link')
    ? [entity.props.from, entity.props.to]
    : is(entity, 'nic') || is(entity, 'port') || is(entity, 'router')
      ? [entity.props.port]
      : [];
  return refs.filter((ref): ref is Ref => ref !== undefined);
}

/** The switch port that a name such as `sw-a/12` means. */
export function portAt(ref: Ref | undefined, model: Model): SwitchPort | undefined {
  const [device, name] = ref?.ref ?? [];
  if (device === undefined || name === undefined) return undefined;
  const found = model.find('switch', device);
  if (!found) return undefined;
  const port = found.children.find((child): child is Entity<'port'> => is(child, 'port') && child.name === name);
  const own = port?.props;
  const trunk = own?.trunk ?? (own?.access === undefined ? found.props.trunk : undefined);
  const mtu = own?.mtu ?? found.props.mtu;
  const speed = own?.speed ?? (/^u\d+$/.test(name) ? found.props['uplink-ports']?.speed : found.props.speed);
  return {
    switch: found,
    name,
    path: `${found.name}/${name}`,
    ...(port ? { port } : {}),
    ...(trunk ? { trunk } : {}),
    ...(own?.access !== undefined ? { access: own.access } : {}),
    ...(own?.native !== undefined ? { native: own.native } : {}),
    ...(own?.lag?.name !== undefined
      ? { lag: { name: own.lag.name, mode: own.lag.mode ?? 'static', modeSaid: own.lag.mode !== undefined } }
      : {}),
    ...(mtu !== undefined ? { mtu } : {}),
    ...(speed !== undefined ? { speed } : {}),
    ...(own?.edge !== undefined ? { edge: own.edge } : {}),
  };
}

/** The switch port at the other end of the cable of a NIC, a storage port or a router. */
export function switchPortOf(cabled: Entity<'nic'> | Entity<'port'> | Entity<'router'>, model: Model): SwitchPort | undefined {
  return portAt(cabled.props.port, model);
}

/** Whose cables end in a port. More than one is a mistake of the design. */
export function cabledAt(port: SwitchPort, model: Model): readonly Entity[] {
  return model.lookup(cabledTo, port.path);
}

/** How a port passes a VLAN; undefined when the design does not say what the port carries. */
export function carries(port: SwitchPort, vlan: number): 'tagged' | 'untagged' | 'no' | undefined {
  if (port.access === vlan) return 'untagged';
  if (port.trunk && containsVlan(port.trunk, vlan)) return 'tagged';
  if (port.trunk && port.native === vlan) return 'untagged';
  return port.trunk || port.access !== undefined ? 'no' : undefined;
}

/** The stack or MLAG pair that a switch is a member of. */
export function stackOf(device: Entity<'switch'>, model: Model): Entity<'stack'> | undefined {
  return model.lookup<'stack'>(stacksOfSwitch, device.name)[0];
}
