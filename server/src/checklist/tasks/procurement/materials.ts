import { childrenOf, type Entity, is } from '../../../model/entity.ts';
import { alike } from '../../alike.ts';
import { isLeaving } from '../../derive/cables.ts';
import { count, duration, size } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { codes, nothing, only, say, type Text } from '../../text.ts';

const materialKinds = ['host', 'physical', 'switch', 'router', 'array', 'usbhub', 'ups', 'pdu', 'rack'] as const;

type Material = Entity<(typeof materialKinds)[number]>;

const kindNames: Readonly<Record<Material['kind'], string>> = {
  host: 'Server',
  physical: 'Computer',
  switch: 'Switch',
  router: 'Router or firewall',
  array: 'Storage array',
  usbhub: 'USB hub',
  ups: 'UPS',
  pdu: 'PDU',
  rack: 'Rack',
};

/** What an order has to say beside the model. */
function equipment(thing: Material): Text {
  if (is(thing, 'host') || is(thing, 'physical')) {
    const { cpu, memory, psu } = thing.props;
    const cores = cpu?.cores === undefined ? '' : `, ${cpu.cores} cores${(cpu.count ?? 1) > 1 ? ' each' : ''}`;
    return say`CPU ${cpu?.model === undefined ? undefined : `${cpu.count ?? 1} × ${cpu.model}${cores}`}, memory ${size(memory)}, power supplies ${supplies(psu)}`;
  }
  if (is(thing, 'switch')) {
    const { ports, 'uplink-ports': uplinks, psu } = thing.props;
    return say`${ports} ports${uplinks?.count === undefined ? '' : ` and ${uplinks.count} uplinks`}, power supplies ${supplies(psu)}`;
  }
  if (is(thing, 'array')) {
    const pools = childrenOf(thing, 'pool')
      .map((pool) => disksText(pool))
      .filter((text) => text !== '');
    return say`${count(childrenOf(thing, 'controller').length, 'controller')}, disks ${pools.join('; ')}, power supplies ${supplies(thing.props.psu)}`;
  }
  if (is(thing, 'usbhub'))
    return say`${thing.props.ports} USB ports, ${count(childrenOf(thing, 'nic').length, 'network port')}, power supplies ${supplies(thing.props.psu)}`;
  if (is(thing, 'router')) return say`power supplies ${supplies(thing.props.psu)}`;
  if (is(thing, 'ups'))
    return say`${thing.props.capacity === undefined ? undefined : `${thing.props.capacity / 1000} kVA`}, battery for ${duration(thing.props.runtime)}`;
  if (is(thing, 'pdu')) return say`${thing.props.outlets} outlets, ${thing.props.capacity} A`;
  return is(thing, 'rack') ? say`${thing.props.units} U` : nothing;
}

function supplies(psu: readonly string[] | undefined): string | undefined {
  const [only] = psu ?? [];
  if (!psu || only === undefined) return undefined;
  return psu.length === 1 && /^\d+$/.test(only) ? only : String(psu.length);
}

function disksText(pool: Entity<'pool'>): string {
  const { disks, spare } = pool.props;
  if (disks?.count === undefined) return '';
  return `${disks.count} × ${size(disks.size) ?? 'disk'}${disks.type === undefined ? '' : ` ${disks.type.toUpperCase()}`}${spare === undefined || spare === 0 ? '' : ` and ${spare} spare`}`;
}

const modelOf = (thing: Material): string | undefined => (thing.props as { readonly model?: string }).model;

export const materials = defineTask({
  id: 'procurement/materials',
  phase: 'procurement',
  title: 'Bill of materials',
  role: 'project lead',
  record: 'order confirmation, delivery note',
  expected: 'what was delivered is what the row says, undamaged.',
  intro:
    'Freeze the list, order, and compare what is delivered with it. At most four kinds of server, with a spare part of what fails most (disk, power supply, network card, cables).',
  columns: ['What', 'Model', 'Pieces', 'Equipment', 'For'],
  *items(model) {
    for (const kind of materialKinds) {
      const things = (model.all(kind) as readonly Material[]).filter((thing) => !isLeaving(thing, model));
      for (const { first, members } of alike(things, (thing) => [modelOf(thing), equipment(thing)])) {
        const what = [
          [kindNames[kind]],
          kind === 'rack' ? nothing : only(modelOf(first)),
          [String(members.length)],
          equipment(first),
          codes(members.map((thing) => thing.name)),
        ];
        yield { subject: first, scope: `${kind}:${modelOf(first) ?? ''}`, prop: 'model', what };
      }
    }
  },
});
