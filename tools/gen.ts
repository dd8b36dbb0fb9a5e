/** Writes what is derived: with `--check`, only says whether it is fresh. Each generator gives path → text. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();

/** rules/generated/index.ts: one import per rule file. */
function ruleIndex(): [string, string][] {
  const files = filesBelow('server/src/rules').filter(
    (file) =>
      /^server\/src\/rules\/[a-z-]+\/[a-z0-9-]+\.ts$/.test(file) && !file.includes('/generated/') && !file.includes('/shared'),
  );
  const lines = files.map((file, at) => `import r${at} from '../${relative('server/src/rules', file)}';`);
  const text = `// Made by tools/gen.ts from the rule files; do not edit.\n${lines.join('\n')}\nimport type { Rule } from '../rule.ts';\n\nexport const rules: readonly Rule[] = [\n${files.map((_file, at) => `  r${at} as unknown as Rule,`).join('\n')}\n];\n`;
  return [['server/src/rules/generated/index.ts', text]];
}

const stale: string[] = [];
function write(outputs: readonly (readonly [string, string])[]): void {
  for (const [path, text] of outputs) {
    const full = join(root, path);
    if (existsSync(full) && readFileSync(full, 'utf8') === text) continue;
    stale.push(path);
    if (check) continue;
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
}

write(ruleIndex());
// Later generators read the rules through the index, so they are loaded only now.
const more = join(import.meta.dirname, 'gen');
if (existsSync(more)) {
  for (const file of readdirSync(more)
    .filter((name) => name.endsWith('.ts'))
    .sort()) {
    const made = (await import(join(more, file))) as { generate(root: string): Promise<[string, string][]> | [string, string][] };
    write(await made.generate(root));
  }
}
if (stale.length > 0) console.log(`${check ? 'stale' : 'written'}: ${stale.join(', ')}`);
if (check && stale.length > 0) {
  console.error('Generated files are stale: run "npm run gen" and commit what it writes.');
  process.exit(1);
}
