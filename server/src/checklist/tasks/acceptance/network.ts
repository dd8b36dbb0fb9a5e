/** Acceptance of the network: a cable of a host fails, a switch fails. */

import { networkOf, stackOf } from '../../../facts/network.ts';
import { pathsTo } from '../../../facts/storage.ts';
import { childrenOf, type Entity } from '../../../model/entity.ts';
import type { Model } from '../../../model/model.ts';
import { isStorage, type Left, nicsOn, othersOn, without } from '../../derive/impact.ts';
import { called, collator, name, names } from '../../show.ts';
import { defineTask } from '../../task.ts';
import { both, code, codes, joined, nothing, only, say, type Text } from '../../text.ts';

type Host = Entity<'host'>;

const purposeOf = (left: Left, model: Model): string | undefined => networkOf(left.what, model)?.props.purpose;

const forStorage = (left: Left, model: Model): boolean => isStorage(left.what, purposeOf(left, model));

/** What is expected of the things that have lost NICs: they go on, or they are down. */
function outcome(lost: readonly Left[], host: Host, model: Model): Text {
  const going = lost.filter(({ left }) => left.length > 0);
  const down = lost.filter(({ left }) => left.length === 0);
  const storage = down.filter((each) => forStorage(each, model));
  const others = down.filter((each) => !forStorage(each, model));
  const goes =
    going.length === 0
      ? nothing
      : say`${joined(
          [
            ...new Set(
              going.map(({ left }) =>
                left
                  .map((nic) => nic.name)
                  .sort(collator.compare)
                  .join('\n'),
              ),
            ),
          ].map((list) => codes(list.split('\n'))),
          ' or ',
        )} carries on, at most 1 s to 2 s of loss`;
  const paths =
    storage.length === 0
      ? nothing
      : otherPaths(
          host,
          storage.map(({ what }) => what.name),
          model,
        );
  const dead = others.length === 0 ? nothing : say`${names(others.map(({ what }) => what))} down until the cable is back`;
  return both(both(goes, paths), dead);
}

/** Storage goes on over the paths of the other adapters. */
function otherPaths(host: Host, gone: readonly string[], model: Model): Text {
  const left = model.all('array').flatMap((array) =>
    pathsTo(host, array, model)
      .paths.filter(({ initiator }) => !gone.includes(initiator.name))
      .map(({ initiator }) => initiator.name),
  );
  return left.length === 0 ? say`no path to the storage is left: VMs stop` : say`I/O goes on over ${codes([...new Set(left)])}`;
}

export const uplinks = defineTask({
  id: 'acceptance/uplink',
  phase: 'acceptance',
  title: 'A cable of a host fails',
  role: 'commissioning engineer',
  record: 'lost pings, alarm, time until the cable is used again',
  intro:
    'One at a time, with a ping every 100 ms to a VM, to the host and to a neighbour of each. HA starts nothing. (1 s to 2 s is a figure of the field: measure it.)',
  columns: ['Pull', 'Cable to', 'Carries', 'Expected'],
  blanks: ['FAT', 'SAT'],
  closes: ['NET007', 'NET008', 'NET009', 'STO004'],
  *items(model) {
    for (const host of model.all('host')) {
      for (const nic of childrenOf(host, 'nic')) {
        const lost = without(host, [nic], model);
        if (lost.length === 0) continue;
        yield {
          subject: nic,
          prop: 'port',
          what: [
            [name(nic)],
            only(code(nic.props.port?.ref.join('/'))),
            names(
              lost.map(({ what }) => what),
              8,
            ),
            outcome(lost, host, model),
          ],
        };
      }
    }
  },
});

interface Hit {
  readonly host: Host;
  readonly lost: readonly Left[];
}

/** The same loss on many hosts, said once: `vmk3 of esx1, esx2 and esx3`. */
function byThing(hits: readonly Hit[], pick: (left: Left) => boolean): readonly Text[] {
  const things = new Map<string, Set<string>>();
  for (const { host, lost } of hits)
    for (const left of lost) if (pick(left)) things.set(left.what.name, (things.get(left.what.name) ?? new Set()).add(host.name));
  const groups = new Map<string, string[]>();
  for (const [thing, hosts] of things) {
    const key = [...hosts].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), thing]);
  }
  return [...groups].map(([hosts, list]) => say`${codes(list.sort(collator.compare), 8)} of ${codes(hosts.split('\n'), 8)}`);
}

export const switches = defineTask({
  id: 'acceptance/switch',
  phase: 'acceptance',
  title: 'A switch fails',
  role: 'commissioning engineer',
  record: 'lost pings of each network, alarms, time until all ports are back',
  intro:
    'Power off at all supplies. Coming back is part of the test: a port that is up before the switch forwards costs more than the failure.',
  closes: ['NET009', 'NET030', 'STO005'],
  *items(model) {
    for (const device of model.all('switch')) {
      const hits = model
        .all('host')
        .map((host): Hit => ({ host, lost: without(host, nicsOn(host, device, model), model) }))
        .filter(({ lost }) => lost.length > 0);
      const others = othersOn(device, model);
      const going = byThing(hits, ({ left }) => left.length > 0);
      const storage = byThing(hits, (left) => left.left.length === 0 && forStorage(left, model));
      const down = byThing(hits, (left) => left.left.length === 0 && !forStorage(left, model));
      const stack = stackOf(device, model);
      yield {
        subject: device,
        what: say`Power off ${called(device, model)}.`,
        detail: [
          ...(going.length > 0 ? [say`Carried on by the other switch: ${joined(going)}`] : []),
          ...(storage.length > 0 ? [say`Storage paths lost, others remain: ${joined(storage)}`] : []),
          ...(down.length > 0 ? [say`Down until the switch is back: ${joined(down)}`] : []),
          ...(others.length > 0 ? [say`Cut off besides: ${joined(others.map((entity) => name(entity)))}`] : []),
          ...(stack
            ? [
                say`${stack.props.type === 'mlag' ? 'The other member goes on by itself' : 'Another member leads the stack'} (${code(stack.name)})`,
              ]
            : []),
          ...(hits.length === 0 && others.length === 0
            ? [say`The design has no cable to it: what hangs on it? ${undefined}`]
            : []),
        ],
        expected:
          going.length === 0 && storage.length === 0
            ? say`What is down comes back by itself. Measured: ${undefined} s after power on`
            : say`At most 1 s to 2 s of loss for what is carried on, HA starts nothing, clients stay connected. Measured: going ${undefined} s, coming ${undefined} s`,
      };
    }
  },
});
