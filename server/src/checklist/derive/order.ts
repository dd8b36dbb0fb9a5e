/** In which order VMs come up and go down: what each needs first, from services, `start-after` and restart priorities. */
import { machinesOf } from '../../facts/services.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { byName } from '../show.ts';

type Vm = Entity<'vm'>;

export const priorities = ['highest', 'high', 'medium', 'low', 'lowest'] as const;
export type Priority = (typeof priorities)[number] | 'disabled';

/** The restart priority of a VM; `medium` where the design does not say it, as hypervisors do. */
export const priorityOf = (vm: Vm): Priority => vm.props.ha?.restart ?? 'medium';

/** VMs that have to run before each VM: said by it, or the machines of services that its own services need. */
function needed(model: Model): ReadonlyMap<Vm, ReadonlySet<Vm>> {
  const before = new Map<Vm, Set<Vm>>(
    model.all('vm').map((vm) => [vm, new Set(model.resolveAll(vm.props['start-after'], vm, 'vm'))]),
  );
  for (const service of model.all('service')) {
    const own = machinesOf(service, model).filter((machine): machine is Vm => is(machine, 'vm'));
    for (const other of model.resolveAll(service.props.needs, service, 'service')) {
      const first = machinesOf(other, model).filter((machine): machine is Vm => is(machine, 'vm') && !own.includes(machine));
      for (const vm of own) for (const each of first) before.get(vm)?.add(each);
    }
  }
  return before;
}

/**
 * Waves of VMs: each wave needs only what stands in the ones before it. VMs that need each other in a circle come in the last wave.
 * Within a wave, by restart priority and name.
 */
export function startWaves(model: Model): readonly (readonly Vm[])[] {
  const before = needed(model);
  const waves: Vm[][] = [];
  const done = new Set<Vm>();
  let rest = [...before.keys()];
  while (rest.length > 0) {
    const ready = rest.filter((vm) => [...(before.get(vm) ?? [])].every((each) => done.has(each) || !before.has(each)));
    const wave = ready.length > 0 ? ready : rest;
    waves.push([...wave].sort(byRestart));
    for (const vm of wave) done.add(vm);
    rest = rest.filter((vm) => !done.has(vm));
  }
  return waves;
}

const rank = (vm: Vm): number => {
  const at = (priorities as readonly string[]).indexOf(priorityOf(vm));
  return at < 0 ? priorities.length : at;
};

/** The order in which HA starts VMs again. */
export const byRestart = (a: Vm, b: Vm): number => rank(a) - rank(b) || byName(a, b);
