/**
 * Files that a test compares with, in test/topology/golden. `LINTEL_GOLDEN=1` writes them anew; look at what `git diff` says then.
 * A build server only compares.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../topology/golden/', import.meta.url);

/** Whether this run writes the files instead of comparing. */
export const renews = process.env.LINTEL_GOLDEN === '1' && process.env.CI === undefined;

/** The text of a golden file; absent when there is none yet. */
export function golden(name: string): string | undefined {
  const file = new URL(name, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Writes a golden file, when this run renews them. */
export function renew(name: string, text: string): void {
  if (!renews) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(name, folder), text);
}

/** Numbers that may not grow: picture → what is counted → how much. */
export type Budgets = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** JSON with a line for each picture, as the formatter writes it. */
function lines(measured: Budgets): string {
  const entries = Object.entries(measured).map(([picture, counts]) => {
    const said = Object.entries(counts).map(([what, count]) => `${JSON.stringify(what)}: ${count}`);
    return `  ${JSON.stringify(picture)}: { ${said.join(', ')} }`;
  });
  return `{\n${entries.join(',\n')}\n}\n`;
}

/**
 * Where a measure is over its budget, in words. Says on the console where the table can be lowered. With `LINTEL_GOLDEN=1` the
 * measures become the table.
 */
export function overBudget(name: string, measured: Budgets): readonly string[] {
  renew(name, lines(measured));
  const table = JSON.parse(golden(name) ?? '{}') as Budgets;
  const over: string[] = [];
  const lower: string[] = [];
  for (const [picture, counts] of Object.entries(measured)) {
    const allowed = table[picture];
    if (allowed === undefined) {
      over.push(`${picture} has no budget: run with LINTEL_GOLDEN=1`);
      continue;
    }
    for (const [what, count] of Object.entries(counts)) {
      const most = allowed[what] ?? 0;
      if (count > most) over.push(`${picture}: ${what} ${count}, at most ${most} allowed`);
      if (count < most) lower.push(`${picture}: ${what} ${count} instead of ${most}`);
    }
  }
  if (lower.length > 0) console.info(`better than ${name} says, lower it with LINTEL_GOLDEN=1:\n  ${lower.join('\n  ')}`);
  return over;
}
