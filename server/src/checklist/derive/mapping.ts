/** Which hosts are to see a datastore. */
import { clusterOf } from '../../facts/placement.ts';
import { visibilityOf, vmsOnDatastore } from '../../facts/storage.ts';
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

type Host = Entity<'host'>;

/** Hosts that mount a datastore: those that the design maps it to, else all of the clusters whose VMs are on it. */
export function storeHosts(store: Entity<'datastore'>, model: Model): readonly Host[] {
  const seen = visibilityOf(store, model);
  if (seen.hosts.length > 0) return seen.hosts.flatMap((each) => model.find('host', each) ?? []);
  const clusters = new Set(vmsOnDatastore(store, model).flatMap((vm) => clusterOf(vm, model) ?? []));
  const named =
    clusters.size > 0
      ? [...clusters].flatMap((cluster) => model.resolveAll(cluster.props.hosts, cluster, 'host'))
      : model.all('host').filter((host) => clusterOf(host, model) !== undefined);
  return named.length > 0 ? [...new Set(named)] : model.all('host');
}
