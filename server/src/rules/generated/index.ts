// Made by tools/gen.ts from the rule files; do not edit.
import r0 from '../network/vlan-out-of-range.ts';
import r1 from '../power/common-source.ts';
import r2 from '../power/single-psu.ts';
import type { Rule } from '../rule.ts';

export const rules: readonly Rule[] = [
  r0 as unknown as Rule,
  r1 as unknown as Rule,
  r2 as unknown as Rule,
];
