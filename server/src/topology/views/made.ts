/** Boxes for what nobody declares as a thing of its own: their ids, and the thing to whose text each leads. */
import { type Entity, idOf } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

/** The second half of a VM with Fault Tolerance. */
export const shadowId = (vm: Entity<'vm'>): string => `${idOf(vm)}/shadow`;
/** A security zone, by its name. */
export const zoneId = (name: string): string => `zone:${name}`;
/** A licensed product, by its name. */
export const productId = (product: string): string => `product:${product}`;

/** Name of the zone of networks of which the design does not say it. */
export const zoneUnsaid = 'Zone not said';

/** The zone that a network belongs to. */
export const zoneName = ({ props: { level, zone } }: Entity<'network'>): string =>
  zone ?? (level === undefined ? zoneUnsaid : `Level ${level}`);

/** The declared thing behind a box that a view has made: of a zone its first network, of a product its first licence. */
export function declaredBehind(id: string, model: Model): Entity | undefined {
  if (id.startsWith('vm:') && id.endsWith('/shadow')) return model.find('vm', id.slice(3, -'/shadow'.length));
  if (id.startsWith('zone:')) return model.all('network').find((network) => zoneId(zoneName(network)) === id);
  return id.startsWith('product:')
    ? model.all('license').find(({ props }) => props.product !== undefined && productId(props.product) === id)
    : undefined;
}
