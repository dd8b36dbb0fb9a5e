/** Acceptance of backup: restore, and the spare that takes over. */

import { machinesOf } from '../../../facts/services.ts';
import { childrenOf, type Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { called, duration, names, size } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, say } from '../../text.ts';

/** The tightest objective of the services on some machines. */
function tightest(vms: readonly Entity[], model: Model, key: 'rto' | 'rpo'): number | undefined {
  const values = model
    .all('service')
    .flatMap((service) =>
      machinesOf(service, model).some((machine) => vms.includes(machine)) ? (service.props.objective?.[key] ?? []) : [],
    );
  return values.length === 0 ? undefined : Math.min(...values);
}

export const restores = defineTask({
  id: 'acceptance/restore',
  phase: 'acceptance',
  title: 'Restore',
  role: 'backup administrator',
  record: 'duration, state of the data, who has checked the application',
  closes: ['BKP007', 'DRP003', 'DRP007'],
  *items(model) {
    for (const job of model.all('backup')) {
      const vms = model.resolveAll(job.props.vms, job, 'vm');
      const [largest] = [...vms].sort((a, b) => volume(b) - volume(a) || (a.name < b.name ? -1 : 1));
      const [rto, rpo] = [tightest(vms, model, 'rto'), tightest(vms, model, 'rpo')];
      yield {
        subject: job,
        part: 'restore',
        prop: 'vms',
        what: say`Restore from ${called(job, model)}: ${largest ? say`the VM ${code(largest.name)} (the largest, ${size(volume(largest))}) beside the running one, without network` : say`a VM: ${undefined}`}, one file, and one database to a point in time.`,
        detail: [
          say`Last tried: ${job.props['restore-tested']}`,
          ...(job.props.copy ? [say`Once from the ${job.props.copy.kind} copy too`] : []),
        ],
        expected: say`The application runs; took ${undefined}${rto === undefined ? '' : ` (a service on these VMs may be away for ${duration(rto)}; a restore is for what redundancy does not cover)`}; data not older than ${job.props.every === undefined ? undefined : duration(job.props.every)}${rpo !== undefined && job.props.every !== undefined && rpo < job.props.every ? say`, more than the ${duration(rpo)} that a service may lose` : ''}.`,
      };
    }
  },
});

/** Bytes of the disks of a VM. */
const volume = (vm: Entity<'vm'>): number => childrenOf(vm, 'disk').reduce((sum, disk) => sum + (disk.props.size ?? 0), 0);

export const spares = defineTask({
  id: 'acceptance/spare',
  phase: 'acceptance',
  title: 'The spare takes over',
  role: 'backup administrator',
  record: 'duration of each step, what was missing',
  *items(model) {
    for (const machine of model.all('physical')) {
      const targets = model.resolveAll(machine.props['standby-for'], machine, 'host', 'physical', 'vm');
      if (targets.length === 0) continue;
      const vms = model
        .all('vm')
        .filter((vm) => targets.includes(vm) || targets.some((target) => target === model.resolve(vm.props.on, vm, 'host')));
      const rto = tightest(vms, model, 'rto');
      yield {
        subject: machine,
        part: 'take over',
        prop: 'standby-for',
        what: say`With ${names(targets)} switched off, restore ${names(vms)} from the backup onto ${called(machine, model)} and work with it for an hour.`,
        expected: say`Users work again within ${rto === undefined ? undefined : duration(rto)}; took ${undefined}. Way back to ${names(targets)} tried as well, with the data of the hour.`,
      };
    }
  },
});
