/** What bars say. Pure. */
import type { Bar } from './graph.ts';

/** Whether more is promised than there is, or than may be used while hosts are kept free. */
export const isOver = (bar: Bar): boolean => bar.shareable !== true && bar.used > bar.total - (bar.reserve ?? 0);
