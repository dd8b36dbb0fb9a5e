/** How messages name the things of a network. */
import { type Entity, is, pathOf } from '../../model/entity.ts';

/** `vmk0 of esx1`, `port group "Plant" of esx1`, `port group "Plant" of dvs-1`, `san-1.A.p0`, `esx1`. */
export function spoken(entity: Entity): string {
  const { root } = entity.unit;
  if (entity === root) return entity.name;
  if (is(entity, 'port')) return pathOf(entity);
  return `${is(entity, 'portgroup') ? 'port group ' : ''}${is(entity, 'portgroup') ? `"${entity.name}"` : entity.name} of ${root.name}`;
}
