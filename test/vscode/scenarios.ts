import type { Scenario } from './harness.ts';
export const scenarios: readonly Scenario[] = [];
