import type { Entity } from '../model/entity.ts';

/** A computer that runs software and holds licences. */
export type Machine = Entity<'vm' | 'host' | 'physical'>;
