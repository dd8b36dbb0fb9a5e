/** The list of what differs, as people read it. Pure. */
import { upsert } from '../../base/upsert.ts';
import type { Change } from '../graph.ts';
import type { Difference } from './graphs.ts';

/** Things that changed alike are one line, from so many on; of those that came or went each has its own for longer. */
const together: Readonly<Record<Change, number>> = { changed: 2, moved: 4, added: 9, removed: 9 };
const mostNamed = 4;

/** Lines of a list: things of which the same is told stand together, `esx1, esx2 and esx3`, at the place of the first. */
export function grouped(differences: readonly Difference[]): readonly Difference[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const key = JSON.stringify([difference.change, difference.role, difference.what ?? '']);
    upsert(groups, key, () => []).push(difference);
  }
  return [...groups.values()].flatMap((group): readonly Difference[] => {
    const [first] = group;
    if (first === undefined || group.length < together[first.change]) return group;
    return [{ ...first, label: nameList(group.map(({ label }) => label)) }];
  });
}

/** `a, b and c`; parts of several things as `vmnic4 and vmnic5 of esx1, esx2 and esx3`. */
function nameList(names: readonly string[]): string {
  const ways = names.map((name) => /^([^.]+)\.(.+)$/s.exec(name)?.slice(1));
  const owners = new Set(ways.map((way) => way?.[0]));
  const parts = new Set(ways.map((way) => way?.[1]));
  const isTable = !owners.has(undefined) && owners.size > 1 && owners.size * parts.size === new Set(names).size;
  return isTable ? `${enumerated([...parts].map(String))} of ${enumerated([...owners].map(String))}` : enumerated(names);
}

function enumerated(names: readonly string[]): string {
  if (names.length <= mostNamed) return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${names.slice(0, mostNamed - 1).join(', ')} and ${names.length - mostNamed + 1} more`;
}

/** How many things of each sort, in the order in which they are told. */
export const changeOrder: readonly Change[] = ['added', 'removed', 'changed', 'moved'];

/** `2 added, 1 changed`; `no differences`. Each thing counts once, whatever is told of it. */
export function countWords(differences: readonly Pick<Difference, 'change' | 'id'>[]): string {
  const parts = changeOrder.flatMap((change) => {
    const count = new Set(differences.filter((each) => each.change === change).map(({ id }) => id)).size;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  return parts.length === 0 ? 'no differences' : parts.join(', ');
}

/** The signs of the sorts, in text. */
export const changeSigns: Readonly<Record<Change, string>> = { added: '+', removed: '−', changed: '∆', moved: '→' };

/** One line of text: `∆ virtual machine SQL: vcpu 4 → 8`. */
export function differenceText({ change, label, role, what }: Difference): string {
  const thing = `${changeSigns[change]} ${role} ${label}`;
  if (what === undefined) return `${thing} ${change}`;
  return what.startsWith('and ') ? `${thing} ${change}, ${what}` : `${thing}: ${what}`;
}
