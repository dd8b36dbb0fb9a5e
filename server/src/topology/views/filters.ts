/** What a picture can be filtered by: the names that a design has. */
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

/** Names by kind of filter, each sorted. */
export interface FilterNames {
  readonly site: readonly string[];
  readonly cluster: readonly string[];
  readonly network: readonly string[];
  readonly tag: readonly string[];
  readonly service: readonly string[];
}

const tagged = ['host', 'vm', 'switch', 'router', 'array', 'physical', 'network', 'datastore', 'cluster', 'service'] as const;

/** The names that filters can be set to. */
export function filterNames(model: Model): FilterNames {
  const names = (entities: readonly Entity[]): readonly string[] => sorted(entities.map((entity) => entity.name));
  const tags = new Set<string>();
  for (const kind of tagged)
    for (const { props } of model.all(kind))
      for (const tag of (props as { readonly tag?: readonly string[] }).tag ?? []) tags.add(tag);
  return {
    site: names(model.all('site')),
    cluster: names(model.all('cluster')),
    network: names(model.all('network')),
    tag: sorted([...tags]),
    service: names(model.all('service')),
  };
}

const collator = new Intl.Collator('en', { numeric: true });
const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort((a, b) => collator.compare(a, b));
