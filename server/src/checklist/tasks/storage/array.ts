/** Storage, the side of the array: pools, ports, LUNs, zones, speed, replication. */

import { networkOf } from '../../../facts/network.ts';
import { backingsOf, poolsOf } from '../../../facts/storage.ts';
import { childrenOf, descendantsOf, type Entity, enclosing } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { storeHosts } from '../../derive/mapping.ts';
import { addressText, called, count, name, rate, refText, short, size } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { both, code, codes, joined, nothing, only, say, type Text } from '../../text.ts';

type Pool = Entity<'pool'>;

/** Bytes that a RAID group gives, and operations that one disk is good for (yardsticks of the field). */
function poolFigures(pool: Pool): { readonly usable?: number; readonly raw?: number; readonly penalty?: number } {
  const { raid, disks } = pool.props;
  if (raid === undefined || disks?.count === undefined) return {};
  const parts: Readonly<Record<string, number>> = {
    0: disks.count,
    1: disks.count / 2,
    10: disks.count / 2,
    5: disks.count - 1,
    6: disks.count - 2,
  };
  const data = parts[raid];
  const penalties: Readonly<Record<string, number>> = { 0: 1, 1: 2, 10: 2, 5: 4, 6: 6, 50: 4, 60: 6 };
  const perDisk = disks.type === 'sas' ? 150 : disks.type === 'nlsas' || disks.type === 'sata' ? 100 : undefined;
  return {
    ...(data !== undefined && disks.size !== undefined ? { usable: data * disks.size } : {}),
    ...(perDisk !== undefined ? { raw: perDisk * disks.count } : {}),
    ...(penalties[raid] !== undefined ? { penalty: penalties[raid] } : {}),
  };
}

const diskText = (disks: Pool['props']['disks']): Text =>
  disks
    ? say`${disks.count} × ${size(disks.size)}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}`
    : only(undefined);

export const pools = defineTask({
  id: 'storage/pool',
  phase: 'storage',
  title: 'Pools and RAID groups',
  role: 'storage engineer',
  record: 'state of the pool after the first full build',
  expected: 'state normal, initialization finished, spare in place.',
  columns: ['Pool', 'RAID', 'Disks', 'Spare', 'Usable about'],
  closes: ['RAID001', 'RAID002', 'RAID006'],
  *items(model) {
    for (const pool of model.all('pool')) {
      const { usable } = poolFigures(pool);
      yield {
        subject: pool,
        what: [
          [name(pool)],
          only(pool.props.raid),
          diskText(pool.props.disks),
          only(pool.props.spare),
          only(size(usable && Math.round(usable))),
        ],
      };
    }
  },
});

export const frontEnd = defineTask({
  id: 'storage/front-end',
  phase: 'storage',
  title: 'Front-end ports of the arrays',
  role: 'storage engineer',
  record: 'port settings, WWPNs and IQNs as shown by the array',
  expected: 'link up, address or WWPN as in the row.',
  columns: ['Port', 'Address or WWPN', 'Network or fabric', 'Speed', 'MTU'],
  closes: ['STO004', 'STO006', 'ADR001'],
  *items(model) {
    for (const port of model.all('array').flatMap((array) => descendantsOf(array, 'port'))) {
      const { wwpn, fabric, mtu, speed } = port.props;
      const fc = fabric !== undefined || wwpn !== undefined;
      const network = networkOf(port, model);
      yield {
        subject: port,
        what: [
          [name(port)],
          only(code(fc ? wwpn : addressText(port, model))),
          only(code(fc ? refText(fabric) : network?.name)),
          only(rate(speed)),
          fc ? nothing : only(mtu ?? network?.props.mtu ?? 1500),
        ],
      };
    }
  },
});

/** Hosts that a LUN is for: said, or those of the clusters that keep VMs on it. */
function hostsFor(lun: Entity<'lun' | 'export'>, model: Model): readonly string[] {
  if (lun.props.hosts) return model.resolveAll(lun.props.hosts, lun, 'host', 'physical').map((host) => host.name);
  const stores = model.all('datastore').filter((store) => backingsOf(store, model).includes(lun));
  return [...new Set(stores.flatMap((store) => storeHosts(store, model).map((host) => host.name)))];
}

export const luns = defineTask({
  id: 'storage/lun',
  phase: 'storage',
  title: 'LUNs and exports',
  role: 'storage engineer',
  record: 'mapping list of the array; the same LUN number on all hosts',
  expected: 'the hosts of the row see it, all under one number, and no other host does.',
  intro: 'Mapped to these hosts and no others.',
  columns: ['LUN or export', 'Size', 'Pool', 'Number or path', 'Hosts'],
  closes: ['STO002', 'STO003', 'STO018'],
  *items(model) {
    for (const lun of model.all('lun'))
      yield {
        subject: lun,
        what: [
          [name(lun)],
          only(size(lun.props.size)),
          [code(refText(lun.props.in))],
          only(lun.props.id),
          codes(hostsFor(lun, model)),
        ],
      };
    for (const share of model.all('export')) {
      const root = share.props['root-access'];
      const path = say`${code(share.props.path)}${root === true ? ', no root squash' : ''}`;
      yield {
        subject: share,
        prop: 'path',
        what: [
          [name(share)],
          only(size(share.props.size)),
          share.props.in ? [code(refText(share.props.in))] : nothing,
          path,
          codes(hostsFor(share, model)),
        ],
      };
    }
  },
});

export const zones = defineTask({
  id: 'storage/zone',
  phase: 'storage',
  title: 'Fibre Channel zones',
  role: 'storage engineer',
  record: 'active zone set of the fabric, saved',
  intro: 'One initiator in each zone, with the array ports of its own fabric.',
  closes: ['STO010'],
  *items(model) {
    for (const fabric of model.all('fabric')) {
      const inFabric = (entity: Entity<'hba'> | Entity<'port'>): boolean =>
        model.resolve(entity.props.fabric, entity, 'fabric') === fabric;
      const targets = model.all('array').flatMap((array) => descendantsOf(array, 'port').filter(inFabric));
      const initiators = model.all('host').flatMap((host) => childrenOf(host, 'hba').filter(inFabric));
      const ends = joined(
        targets.map((port) => say`${name(port)} ${code(port.props.wwpn)}`),
        ', ',
        ' and ',
      );
      yield {
        subject: fabric,
        what: say`Zone fabric ${called(fabric, model)}: ${count(initiators.length, 'zone')} with ${targets.length === 0 ? undefined : ends}.`,
        detail: initiators.map((hba) => say`${name(hba)} ${code(hba.props.wwpn)}`),
        expected: say`Each initiator sees ${count(targets.length, 'port')} of the arrays, and no other initiator.`,
      };
    }
  },
});

export const speed = defineTask({
  id: 'storage/speed',
  phase: 'storage',
  title: 'Speed of the storage',
  role: 'storage engineer',
  record: 'tool, block size, share of writes, IOPS and latency (average and 99th percentile)',
  intro:
    'With the pattern of the application (database: 8 KB, random, 30 % writes if nothing else is known), longer than the cache lasts.',
  closes: ['RAID004', 'RAID005'],
  *items(model) {
    for (const pool of model.all('pool')) {
      const array = enclosing(pool, 'array');
      const { raw, penalty } = poolFigures(pool);
      const stores = model
        .all('datastore')
        .filter((store) => poolsOf(store, model).includes(pool))
        .map((store) => store.name);
      const plan = array?.props.iops;
      const yardstick =
        raw === undefined || penalty === undefined
          ? nothing
          : say`about ${Math.round(raw * 0.7 + (raw * 0.3) / penalty)} IOPS by rule of thumb (${raw} raw, write penalty ${penalty}, 30 % writes)`;
      yield {
        subject: pool,
        what: say`Measure pool ${name(pool)} from a VM${stores.length > 0 ? say` on ${codes(stores)}` : ''}.`,
        expected: say`${both(plan === undefined ? nothing : say`${plan} IOPS, as the design has it`, yardstick)}${plan === undefined && yardstick.length === 0 ? say`IOPS that the applications need: ${undefined}` : ''}; latency below 10 ms on average. Measured: ${undefined} IOPS, ${undefined} ms`,
      };
    }
  },
});

export const copies = defineTask({
  id: 'storage/replication',
  phase: 'storage',
  title: 'Replication',
  role: 'storage engineer',
  record: 'interval or mode, lag under load',
  closes: ['STO041'],
  *items(model) {
    for (const array of model.all('array')) {
      if (!array.props.replicates) continue;
      yield {
        subject: array,
        part: 'replicates',
        prop: 'replicates',
        what: say`Replicate ${called(array, model)} to ${short(model.resolve(array.props.replicates, array, 'array'), model)}: mode ${undefined}, interval ${undefined}.`,
        expected: say`Lag under load stays below the smallest RPO: ${undefined}.`,
      };
    }
  },
});
