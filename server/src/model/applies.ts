/** Words that the hypervisor at hand does not know: `evc` on a Hyper-V cluster, `generation` on an ESXi VM. */
import { upsert } from '../base/upsert.ts';
import { hypervisors, type Prop } from '../schema/types.ts';
import { type KindName, kindOf } from '../schema/vocabulary.ts';
import { type Entity, enclosing, is } from './entity.ts';
import type { Check, Model } from './model.ts';

const restricted = new Map<KindName, readonly (readonly [string, Prop])[]>();

/** Properties of a kind that belong to some hypervisors only. */
function restrictedOf(kind: KindName): readonly (readonly [string, Prop])[] {
  return upsert(restricted, kind, () =>
    Object.entries(kindOf(kind)?.props ?? {}).filter(([, prop]) => prop.hypervisors !== undefined),
  );
}

/** What the entity runs on, if the design says it. */
function productOf(entity: Entity, model: Model): string | undefined {
  const host = enclosing(entity, 'host');
  if (host) return host.props.hypervisor?.product;
  const root = entity.unit.root;
  const cluster = is(root, 'cluster') ? root : is(root, 'vm') ? model.resolve(root.props.in, root, 'cluster') : undefined;
  const [first] = cluster ? model.resolveAll(cluster.props.hosts, cluster, 'host') : [];
  if (first) return first.props.hypervisor?.product;
  return is(root, 'vm') ? model.resolve(root.props.on, root, 'host')?.props.hypervisor?.product : undefined;
}

export const wordOfAnother: Check = {
  code: 'LNT205',
  kinds: ['host', 'nic', 'vswitch', 'portgroup', 'vmkernel', 'cluster', 'vm'],
  run(entity, model, report) {
    const props = entity.props as Readonly<Record<string, unknown>>;
    const said = restrictedOf(entity.kind).filter(([word]) => props[word] !== undefined);
    if (said.length === 0) return;
    const product = productOf(entity, model);
    if (product === undefined || !(hypervisors as readonly string[]).includes(product)) return;
    for (const [word, prop] of said) {
      if (!prop.hypervisors || (prop.hypervisors as readonly string[]).includes(product)) continue;
      report({
        code: 'LNT205',
        severity: 'warning',
        at: { entity, prop: word },
        message: `"${word}" says something about ${prop.hypervisors.join(', ')}; this runs on ${product}, where it means nothing. Take it out, or correct the hypervisor.`,
      });
    }
  },
};
