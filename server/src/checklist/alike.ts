/** Hosts that are alike: one item with a tick for each, instead of the same lines for every one of them. */
import { clusterOf, hostsOf } from '../facts/placement.ts';
import { type Entity, idOf } from '../model/entity.ts';
import type { Model } from '../model/model.ts';
import { psGet, type Quoted } from './command.ts';
import { code, type Text } from './text.ts';

type Host = Entity<'host'>;

/** Things that are alike, in the order of their names. The first one stands for them all. */
export interface Alike<T> {
  readonly first: T;
  readonly members: readonly T[];
}

/** Puts together what has the same signature; the order of the first ones is kept. */
export function alike<T>(things: readonly T[], signature: (thing: T) => unknown): readonly Alike<T>[] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const key = JSON.stringify(signature(thing)) ?? '';
    const list = groups.get(key);
    if (list) list.push(thing);
    else groups.set(key, [thing]);
  }
  return [...groups.values()].flatMap((members) => (members[0] === undefined ? [] : [{ first: members[0], members }]));
}

/** Hosts that are alike, with what their items are about. */
export interface AlikeHosts extends Alike<Host> {
  /** `cluster:scada`, or the product that they run outside of clusters. */
  readonly scope: string;
}

/** Hosts of one cluster (or of none) and one product that are alike in something. */
export function alikeHosts(model: Model, signature: (host: Host) => unknown, hosts = model.all('host')): readonly AlikeHosts[] {
  const scopeOf = (host: Host): string => {
    const cluster = clusterOf(host, model);
    return cluster ? idOf(cluster) : `hosts:${host.props.hypervisor?.product ?? ''}`;
  };
  return alike(hosts, (host) => [scopeOf(host), host.props.hypervisor?.product, signature(host)]).map((group) => ({
    ...group,
    scope: scopeOf(group.first),
  }));
}

/** An item for hosts that are alike: it is about them all, its place in the text is that of the first. */
export const forAll = ({
  first,
  members,
  scope,
}: AlikeHosts): { readonly subject: Host; readonly scope: string; readonly members?: readonly string[] } => ({
  subject: first,
  scope,
  ...ticks(members),
});

/** What a sentence calls them: the one by its name; several have their names on the line with the ticks. */
export const them = (members: readonly { readonly name: string }[], several = 'these hosts'): Text =>
  members.length === 1 ? [code(members[0]?.name)] : [several];

/** Names of members, for the ticks; none where there is only one. */
const ticks = (members: readonly { readonly name: string }[]): { readonly members: readonly string[] } | Record<never, never> =>
  members.length > 1 ? { members: members.map((member) => member.name) } : {};

/** The hosts for PowerCLI: by name, or all of their cluster where that is shorter. */
export function vmHosts(hosts: readonly Host[], model: Model): Quoted {
  const [first] = hosts;
  const cluster = first && clusterOf(first, model);
  if (cluster && hosts.length > 3 && hostsOf(cluster, model).length === hosts.length) {
    return { quoted: `${psGet('Cluster', [cluster.name]).quoted} | Get-VMHost` };
  }
  return psGet(
    'VMHost',
    hosts.map((host) => host.name),
  );
}
