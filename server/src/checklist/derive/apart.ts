/** What keeps the machines of a redundant pair apart. */
import { antiAffinityOf, separated } from '../../facts/placement.ts';
import { type Entity, is } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import { name } from '../show.ts';
import { code, say, type Text } from '../text.ts';

/** What keeps two machines apart, in words for the one who checks it. */
export function apartText(a: Entity, b: Entity, model: Model): Text {
  if (!(is(a, 'vm') || is(a, 'physical')) || !(is(b, 'vm') || is(b, 'physical'))) return say`${name(a)} and ${name(b)}`;
  const how = separated(a, b, model);
  const rule = is(a, 'vm') && is(b, 'vm') ? antiAffinityOf(a, b, model)[0] : undefined;
  const words = {
    hosts: 'never on one host',
    must: 'kept apart by a rule that must hold',
    should: 'kept apart by a rule that may be broken',
    placed: 'placed on different hosts; HA may bring them together',
    no: 'nothing keeps them apart: clear this first',
    together: 'on one host: clear this first',
    unknown: undefined,
  } as const;
  return say`${name(a)} and ${name(b)}: ${words[how]}${rule && rule.name !== '' ? say` (${code(rule.name)})` : ''}`;
}
