/** Who stands where: hosts in clusters, VMs on hosts. */
import { type Entity, is } from '../model/entity.ts';
import type { IndexDefinition, Model } from '../model/project.ts';

/** Host name → the clusters that it is in. */
export const clusterOfHost: IndexDefinition = {
  name: 'clusterOfHost', level: 2, kinds: ['cluster'],
  keys: (entity, model) => (is(entity, 'cluster') ? model.resolveAll(entity.props.hosts, entity, 'host').map((host) => host.name) : []),
};

/** Cluster name → its VMs; `on HOST` counts for the cluster of that host. */
export const hostsByCluster: IndexDefinition = {
  name: 'vmsByCluster', level: 3, kinds: ['vm'],
  keys: (entity, model) => {
    const cluster = is(entity, 'vm') ? clusterOf(entity, model) : undefined;
    return cluster ? [cluster.name] : [];
  },
};

/** The cluster that a VM or a host belongs to. */
export function clusterOf(entity: Entity, model: Model): Entity<'cluster'> | undefined {
  if (is(entity, 'vm')) {
    const own = model.resolve(entity.props.in, entity, 'cluster');
    if (own) return own;
    const host = model.resolve(entity.props.on, entity, 'host');
    return host ? clusterOf(host, model) : undefined;
  }
  if (is(entity, 'host')) return model.lookup<'cluster'>(clusterOfHost, entity.name)[0];
  return is(entity, 'cluster') ? entity : undefined;
}
