/** Checks of the language itself that need the whole design: names that mean nothing or several things, and names given twice. */
import type { Prop, Ref } from '../schema/types.ts';
import { type KindName, kindOf, kinds } from '../schema/vocabulary.ts';
import { nearest } from '../values/suggest.ts';
import { type Entity, pathOf } from './entity.ts';
import type { Check, Finding, Model } from './model.ts';

interface RefSite {
  readonly path: string;
  readonly to: readonly string[];
  readonly port: boolean;
  readonly values: (props: Readonly<Record<string, unknown>>) => readonly { readonly ref: Ref; readonly path: string }[];
}

const isRef = (value: unknown): value is Ref => typeof value === 'object' && value !== null && 'ref' in value;

/** Every place of a kind's vocabulary where a name can stand. */
function sitesOf(props: Readonly<Record<string, Prop>>, prefix: readonly string[]): RefSite[] {
  const sites: RefSite[] = [];
  const pick = (root: Readonly<Record<string, unknown>>, keys: readonly string[]): { value: unknown; path: string }[] => {
    let level: { value: unknown; path: string }[] = [{ value: root, path: '' }];
    for (const key of keys) {
      level = level.flatMap(({ value, path }) => {
        const own = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
        const full = path === '' ? key : `${path}.${key}`;
        return own === undefined
          ? []
          : Array.isArray(own) && typeof own[0] === 'object' && !isRef(own[0])
            ? own.map((item) => ({ value: item as unknown, path: full }))
            : [{ value: own, path: full }];
      });
    }
    return level;
  };
  for (const [name, prop] of Object.entries(props)) {
    for (const [key, operand] of Object.entries(prop.operands)) {
      const { kind } = operand.type;
      if (kind.is !== 'ref' && kind.is !== 'port' && kind.is !== 'address') continue;
      const keys = prop.record ? [...prefix, name, key] : [...prefix, name];
      sites.push({
        path: keys.join('.'),
        to: kind.is === 'ref' ? kind.to : kind.is === 'address' ? ['network'] : ['switch'],
        port: kind.is === 'port',
        values: (all) =>
          pick(all, keys).flatMap(({ value, path }) => {
            if (Array.isArray(value))
              return value.flatMap((item, at) => (isRef(item) ? [{ ref: item, path: `${path}.${at}` }] : []));
            if (isRef(value)) return [{ ref: value, path: `${path}.0` }];
            if (
              kind.is === 'address' &&
              typeof value === 'object' &&
              value !== null &&
              'network' in value &&
              isRef(value.network)
            )
              return [{ ref: value.network, path: `${path}.0` }];
            return [];
          }),
      });
    }
    sites.push(...sitesOf(prop.props, [...prefix, name]));
  }
  return sites;
}

const sites = new Map<KindName, readonly RefSite[]>();
for (const [name, kind] of Object.entries(kinds))
  sites.set(name as KindName, sitesOf(kind.props as Readonly<Record<string, Prop>>, []));

const shown = (ref: Ref): string => ref.ref.join('.');

/** What a switch port is called, and whether the switch has it; `undefined` when the switch does not say how many it has. */
function portExists(device: Entity<'switch'>, port: string): boolean | undefined {
  if (device.children.some((child) => child.kind === 'port' && child.name === port)) return true;
  const uplink = /^u(\d+)$/.exec(port);
  if (uplink) {
    const count = device.props['uplink-ports']?.count;
    return count === undefined ? undefined : Number(uplink[1]) >= 1 && Number(uplink[1]) <= count;
  }
  if (/^\d+$/.test(port))
    return device.props.ports === undefined ? undefined : Number(port) >= 1 && Number(port) <= device.props.ports;
  return device.props.ports === undefined ? undefined : false;
}

export const unknownName: Check = {
  code: 'LNT201',
  kinds: 'all',
  run(entity, model, report) {
    for (const site of sites.get(entity.kind) ?? []) {
      for (const { ref, path } of site.values(entity.props)) checkRef(entity, ref, site, path, model, report);
    }
  },
};

function checkRef(entity: Entity, ref: Ref, site: RefSite, path: string, model: Model, report: (finding: Finding) => void): void {
  const at = { entity, prop: path };
  if (ref.glob) {
    if (site.to.includes('*') || model.resolveAll([ref], entity, ...(site.to as KindName[])).length > 0) return;
    report({ code: 'LNT201', severity: 'warning', at, message: `"${shown(ref)}" matches no ${orList(site.to)} of this design.` });
    return;
  }
  if (site.port) {
    const [device = '', port] = ref.ref;
    const found = model.find('switch', device);
    if (!found) {
      if (model.candidates({ ref: [device] }, entity, ['switch']).length > 1) return;
      unknown(entity, { ref: [device] }, ['switch'], at, model, report);
    } else if (port === undefined) {
      report({ code: 'LNT201', severity: 'error', at, message: `Say which port of ${device}: ${device}/1, for example.` });
    } else if (portExists(found, port) === false) {
      const uplinks = found.props['uplink-ports']?.count;
      report({
        code: 'LNT201',
        severity: 'error',
        at,
        message: `Switch ${device} has no port ${port}: it has ${found.props.ports === undefined ? '' : `ports 1 to ${found.props.ports}`}${uplinks === undefined ? '' : ` and u1 to u${uplinks}`}.`,
        related: [{ at: { entity: found }, message: `${device} is declared here` }],
      });
    }
    return;
  }
  // Uplinks of a distributed switch are names on each of its hosts.
  if (entity.unit.root.kind === 'dvswitch' && site.to.includes('nic')) return;
  // A port group stands on many hosts; whether there is one is all that counts here.
  if (ref.ref.length === 1 && site.to.includes('portgroup') && model.exists('portgroup', ref.ref[0] ?? '')) return;
  const found = model.candidates(ref, entity, site.to);
  if (found.length === 0) unknown(entity, ref, site.to, at, model, report);
  else if (found.length > 1 && !found.every((candidate) => candidate.kind === 'portgroup') && !sameTwice(found)) {
    report({
      code: 'LNT202',
      severity: 'error',
      at,
      message: `"${shown(ref)}" could be ${found
        .slice(0, 4)
        .map((candidate) => `${pathOf(candidate)} (${candidate.kind})`)
        .join(' or ')}${found.length > 4 ? ' or others' : ''}: write the longer name.`,
      related: found.slice(0, 4).map((candidate) => ({ at: { entity: candidate }, message: pathOf(candidate) })),
    });
  }
}

/** Two things of one kind and name: that is reported where the second is declared. */
const sameTwice = (found: readonly Entity[]): boolean =>
  found.every((candidate) => candidate.kind === found[0]?.kind && pathOf(candidate) === pathOf(found[0]));

/** What collect.ts needs to propose names: they are looked up when the finding is shown, so that the check depends on one name only. */
export interface Unknown {
  readonly unknown: readonly string[];
  readonly to: readonly string[];
}

function unknown(
  entity: Entity,
  ref: Ref,
  to: readonly string[],
  at: Finding['at'],
  model: Model,
  report: (finding: Finding) => void,
): void {
  const last = ref.ref.at(-1) ?? '';
  let within = to.every((kind) => localKinds.includes(kind)) ? entity.unit.root.name : 'this design';
  if (ref.ref.length > 1) {
    const [owner] = model.candidates({ ref: ref.ref.slice(0, -1) }, entity, ['*']);
    if (!owner) {
      report({
        code: 'LNT201',
        severity: 'error',
        at,
        message: `There is no "${ref.ref.slice(0, -1).join('.')}" in this design, so "${shown(ref)}" means nothing.`,
      });
      return;
    }
    within = pathOf(owner);
  }
  report({
    code: 'LNT201',
    severity: 'error',
    at,
    message: `There is no ${orList(to)} "${last}" in ${within}.`,
    fix: { unknown: ref.ref, to } satisfies Unknown,
  });
}

/** Names that were probably meant, likeliest first, each as the segments of the whole name. */
export function namesLikeUnknown({ unknown: ref, to }: Unknown, entity: Entity, model: Model): readonly (readonly string[])[] {
  const last = ref.at(-1) ?? '';
  const [owner] = ref.length > 1 ? model.candidates({ ref: ref.slice(0, -1) }, entity, ['*']) : [];
  const names = owner
    ? namesBelow(owner, to)
    : [
        ...to
          .filter((kind) => kind !== '*' && !localKinds.includes(kind))
          .flatMap((kind) => model.all(kind as KindName).map((candidate) => candidate.name)),
        ...namesBelow(entity.unit.root, to),
      ];
  return nearest(last, new Set(names)).map((name) => [...ref.slice(0, -1), name]);
}

function namesBelow(entity: Entity, to: readonly string[]): string[] {
  return entity.children.flatMap((child) => [...(to.includes(child.kind) ? [child.name] : []), ...namesBelow(child, to)]);
}

/** Kinds that are looked for in their own host only. */
const localKinds = ['nic', 'hba', 'usb', 'vswitch', 'vmkernel'];

const orList = (kindWords: readonly string[]): string =>
  kindWords.includes('*') ? 'thing' : kindWords.map((word) => kindOf(word)?.word ?? word).join(' or ');

/** Two top-level things of one kind and name. Reported on each but the first in the text (the front end knows the order). */
export const twice: Check = {
  code: 'LNT203',
  kinds: 'all',
  run(entity, model, report) {
    if (entity.parent || entity.name === '') return;
    const others = model
      .candidates({ ref: [entity.name] }, entity, [entity.kind])
      .filter((other) => other !== entity && !other.parent);
    if (others.length === 0) return;
    report({
      code: 'LNT203',
      severity: 'error',
      at: { entity },
      message: `There is another ${entity.kind} "${entity.name}" in this design; a name belongs to one thing.`,
      related: others.slice(0, 3).map((other) => ({ at: { entity: other }, message: `The other ${other.kind} "${other.name}"` })),
    });
  },
};

/** Everything that an entity's own properties name, in the order of the vocabulary; names that mean nothing are left out. */
export function namedBy(entity: Entity, model: Model): readonly Entity[] {
  return (sites.get(entity.kind) ?? []).flatMap((site) =>
    site.values(entity.props).flatMap(({ ref }) => {
      if (!site.port) return model.resolveAll([ref], entity, ...(site.to as readonly KindName[]));
      const [device] = ref.ref;
      return (device === undefined ? undefined : model.find('switch', device)) ?? [];
    }),
  );
}
