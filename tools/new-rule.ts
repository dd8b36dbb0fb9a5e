/**
 * Starts a rule: `npm run new-rule network/foo NET099` writes server/src/rules/network/foo.ts and brings the index, the
 * documentation and the settings up to date. It never overwrites anything.
 *
 *   node tools/new-rule.ts <category>/<name> <CODE> [--new-category] [--root <folder>]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

export interface NewRule {
  /** Path below the root. */
  readonly file: string;
  readonly text: string;
}

export interface NewRuleOptions {
  /** A category that has no rule yet; without it an unknown one is taken for a slip. */
  readonly newCategory?: boolean;
}

const rulesFolder = 'server/src/rules';

/** The file of a new rule, or why it is none. Reads the rules below the root, writes nothing. */
export function newRule(
  root: string,
  name: string,
  code: string,
  options: NewRuleOptions = {},
): NewRule | { readonly problem: string } {
  const [, category = '', own = ''] = /^([a-z]+(?:-[a-z]+)*)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(name) ?? [];
  if (category === '')
    return {
      problem: `"${name}" is no name of a rule: it is CATEGORY/NAME in lower case with "-" between words, such as network/single-uplink.`,
    };
  if (category === 'generated') return { problem: '"generated" is no category: that folder belongs to tools/gen.ts.' };
  if (own.startsWith('shared'))
    return { problem: `"${own}" is no name of a rule: such files hold what several rules share, and tools/gen.ts skips them.` };
  if (!/^[A-Z]{2,5}\d{3}$/.test(code))
    return { problem: `"${code}" is no code of a rule: it is two to five capital letters and three digits, such as NET023.` };
  if (code.startsWith('LNT'))
    return { problem: 'Codes that start with LNT belong to the language itself (server/src/model/problem.ts).' };

  const present = rulesBelow(join(root, rulesFolder));
  const twin = present.find((rule) => rule.code === code);
  if (twin) return { problem: `${code} is ${twin.name} already. The next free code of its kind is ${nextFree(code, present)}.` };
  if (present.some((rule) => rule.name === name) || existsSync(join(root, rulesFolder, `${name}.ts`)))
    return { problem: `There is a rule ${name} already.` };
  const categories = [...new Set(present.map((rule) => rule.name.slice(0, rule.name.indexOf('/'))))].sort();
  if (!categories.includes(category) && !options.newCategory) {
    return {
      problem: `There is no category "${category}" yet; there are ${categories.join(', ')}. Add --new-category to begin one.`,
    };
  }
  return { file: `${rulesFolder}/${name}.ts`, text: textOf(name, code) };
}

interface Present {
  readonly name: string;
  readonly code: string;
}

/** Codes and names as the files say them: a rule that does not compile at the moment counts, too. */
function rulesBelow(folder: string): readonly Present[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    if (!/^[a-z-]+[\\/][a-z0-9-]+\.ts$/.test(path) || path.startsWith('generated')) return [];
    const code = /^ {2}code: '([A-Z]+\d+)'/m.exec(readFileSync(join(folder, path), 'utf8'))?.[1];
    return code === undefined ? [] : [{ name: path.replaceAll('\\', '/').replace(/\.ts$/, ''), code }];
  });
}

function nextFree(code: string, present: readonly Present[]): string {
  const prefix = code.slice(0, -3);
  const taken = new Set(present.map((rule) => rule.code));
  for (let number = Number(code.slice(-3)) + 1; number < 1000; number += 1) {
    const next = `${prefix}${String(number).padStart(3, '0')}`;
    if (!taken.has(next)) return next;
  }
  return `one of another prefix: ${prefix} is used up`;
}

/** A rule that compiles, passes its tests and finds nothing that anybody would write: everything marked TODO is to be replaced. */
function textOf(name: string, code: string): string {
  return `import { defineRule } from '../rule.ts';

export default defineRule({
  code: '${code}',
  name: '${name}',
  severity: 'warning',
  // TODO: the kinds that it looks at.
  on: ['host'],
  summary: 'TODO: what it finds, at most 90 characters, without a full stop',
  why: 'TODO: what happens in the plant when nobody mends it.',
  remedy: 'TODO: what to do about it, and what else would do.',
  sources: ['TODO: the document that it comes from'],
  check(entity, { report }) {
    // TODO: silent on what the design does not say (unknown is not "no"); \`ask\` where the answer is needed.
    if (entity.props.note !== 'TODO') return;
    report({
      prop: 'note',
      message: \`TODO: what is wrong with \${entity.name}, why it matters, and what to do.\`,
    });
  },
  examples: {
    bad: [
      {
        title: 'TODO: the situation in a few words',
        text: \`host esx1 { note "TODO" }
                 ^^^^^^\`,
      },
    ],
    good: [
      {
        title: 'Nothing said about it',
        text: \`host esx1 { hypervisor esxi 8.0u3 }\`,
      },
    ],
  },
});
`;
}

function main(): number {
  const usage = 'Usage: npm run new-rule CATEGORY/NAME CODE, for example: npm run new-rule network/single-uplink NET007';
  const options = { 'new-category': { type: 'boolean' }, root: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name, code] = positionals;
  if (name === undefined || code === undefined || positionals.length > 2) {
    console.error(usage);
    return 2;
  }
  const root = values.root ?? join(import.meta.dirname, '..');
  const made = newRule(root, name, code, { newCategory: values['new-category'] ?? false });
  if ('problem' in made) {
    console.error(made.problem);
    return 1;
  }
  const path = join(root, made.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, made.text, { flag: 'wx' });
  console.log(`written: ${made.file}`);
  const { status } = spawnSync(process.execPath, [join(root, 'tools/gen.ts')], { stdio: 'inherit' });
  if (status !== 0) {
    console.error('The index is not up to date: mend what is said above and run "npm run gen".');
    return 1;
  }
  console.log(`Next: replace every TODO, run "npx vitest run test/rules -t ${code}", add a place where it finds something to`);
  console.log('examples/broken-on-purpose, and run "npm run gen" once more.');
  return 0;
}

if (process.argv[1] === import.meta.filename) {
  try {
    process.exitCode = main();
  } catch (error) {
    // A wrong option, or a folder that cannot be read or written: the reason will do.
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
