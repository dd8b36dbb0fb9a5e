/** Acceptance of the storage: a path, a controller, a disk fails. */
import { switchPortOf } from '../../../facts/network.ts';
import { isMapped, pathsTo } from '../../../facts/storage.ts';
import { childrenOf, descendantsOf, type Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { count, name } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { code, only, say, type Text } from '../../text.ts';

type Host = Entity<'host'>;

/** Hosts that have paths to an array. */
const usersOf = (array: Entity<'array'>, model: Model): readonly Host[] =>
  model.all('host').filter((host) => isMapped(host, array, model) && pathsTo(host, array, model).paths.length > 0);

/** Paths that each host has left when some are gone: one number, or the range of them. */
function leftText(array: Entity<'array'>, gone: (port: Entity<'port'>, initiator: Entity) => boolean, model: Model): Text {
  const hosts = usersOf(array, model);
  const left = hosts.map(
    (host) => pathsTo(host, array, model).paths.filter(({ port, initiator }) => !gone(port, initiator)).length,
  );
  if (left.length === 0) return say`paths left: ${undefined}`;
  const [least, most] = [Math.min(...left), Math.max(...left)];
  if (least === 0) return say`a host loses its last path: VMs stop`;
  return say`I/O goes on, ${least === most ? count(least, 'path') : `${least} to ${most} paths`} left on each host`;
}

export const storagePaths = defineTask({
  id: 'acceptance/storage-path',
  phase: 'acceptance',
  title: 'A storage path fails',
  role: 'commissioning engineer',
  record: 'longest pause of the I/O, alarm, paths after plugging in again',
  intro: 'With I/O running in a VM. The paths of iSCSI adapters are tested with the cables of the hosts above.',
  columns: ['Pull', 'Where', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['STO004', 'STO005'],
  *items(model) {
    for (const array of model.all('array')) {
      for (const port of descendantsOf(array, 'port')) {
        const cable = switchPortOf(port, model)?.path ?? port.props.fabric?.ref.join('.');
        yield {
          subject: port,
          what: [[name(port)], only(code(cable)), leftText(array, (candidate) => candidate === port, model)],
        };
      }
      for (const hba of usersOf(array, model)
        .flatMap((host) => childrenOf(host, 'hba'))
        .filter((each) => each.props.type !== 'raid')) {
        yield {
          subject: hba,
          part: array.name,
          what: [
            [name(hba)],
            only(code(hba.props.fabric?.ref.join('.') ?? hba.props.array?.ref.join('.'))),
            leftText(array, (_port, initiator) => initiator === hba, model),
          ],
        };
      }
    }
  },
});

export const storageUnits = defineTask({
  id: 'acceptance/storage-unit',
  phase: 'acceptance',
  title: 'A controller or a disk fails',
  role: 'commissioning engineer',
  record: 'longest pause of the I/O in the guest, rebuild time, alarm',
  closes: ['STO006', 'RAID002', 'RAID006'],
  *items(model) {
    for (const array of model.all('array')) {
      for (const controller of childrenOf(array, 'controller')) {
        yield {
          subject: controller,
          what: say`Take controller ${name(controller)} out, under load.`,
          expected: say`${leftText(array, (port) => port.parent === controller, model)}; the pause stays below the disk time-out of the guests (60 s). Measured: ${undefined} s. Put back, the LUNs return to their controller.`,
        };
      }
    }
    for (const pool of model.all('pool')) {
      const { raid, spare } = pool.props;
      if (raid === '0') continue;
      yield {
        subject: pool,
        what: say`Pull one disk of ${name(pool)} (RAID ${raid}), under load.`,
        expected: say`Nothing stops; ${spare === undefined ? say`a spare takes over: ${undefined}` : spare > 0 ? 'the spare takes over' : 'the pool runs without redundancy until the disk is changed'}; an alarm arrives. Rebuilt after ${undefined} h`,
      };
    }
  },
});
