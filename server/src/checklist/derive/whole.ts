/** What stands for a design as a whole. */
import type { Entity } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';

/** What a thing at the top of the design stands for, where an item is about the design as a whole. */
export const wholeDesign = (model: Model): Entity | undefined =>
  model.all('design')[0] ?? model.all('cluster')[0] ?? model.all('host')[0];
