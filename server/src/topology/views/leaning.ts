/** What a service runs on and keeps its data on: what a picture of that service has to show. */
import { licensedMachines } from '../../facts/licences.ts';
import { candidateHosts, clusterOf } from '../../facts/placement.ts';
import { machinesOf } from '../../facts/services.ts';
import { arraysOf, datastoreOf } from '../../facts/storage.ts';
import { childrenOf, type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

/** Services that it needs, machines, the hosts that these may run on, clusters, datastores, arrays, licences; each once. */
export function leansOn(service: Entity<'service'>, model: Model): readonly Entity[] {
  const services = new Set<Entity<'service'>>([service]);
  // The set grows while it is walked: what a needed service needs is needed too.
  for (const each of services) for (const other of model.resolveAll(each.props.needs, each, 'service')) services.add(other);
  const machines = new Set([...services].flatMap((each) => machinesOf(each, model)));
  const found = new Set<Entity>([...services, ...machines]);
  for (const machine of machines) {
    if (!is(machine, 'vm')) continue;
    const cluster = clusterOf(machine, model);
    if (cluster) found.add(cluster);
    for (const host of candidateHosts(machine, model)) found.add(host);
    for (const disk of childrenOf(machine, 'disk')) {
      const store = datastoreOf(disk, model);
      if (!store) continue;
      found.add(store);
      for (const array of arraysOf(store, model)) found.add(array);
    }
  }
  for (const license of model.all('license'))
    if (licensedMachines(license, model).some((machine) => machines.has(machine))) found.add(license);
  found.delete(service);
  return [...found];
}
