/** The examples are what the documentation promises: valid, tidy, free of findings, or broken exactly as they say. */
import { describe, expect, it } from 'vitest';
import { checklistMarkdown } from '../../server/src/analysis/checklist.ts';
import { pictureOf } from '../../server/src/analysis/picture.ts';
import { rules } from '../../server/src/rules/generated/index.ts';
import { formatText } from '../../server/src/syntax/format.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { show } from '../kit/lintel.ts';
import { type Checked, check, exampleText, folder, folders, nameOf } from './folders.ts';

const broken = 'broken-on-purpose';

/** Warnings that an example keeps on purpose, as `CODE file: why`. */
const accepted: Readonly<Record<string, readonly string[]>> = {};

const opened = new Map<string, Checked>(folders.map((name) => [name, check(folder(name))]));
const openedOf = (name: string): Checked => {
  const found = opened.get(name);
  if (!found) throw new Error(`There is no example ${name}.`);
  return found;
};

const isQuestion = ({ severity }: { readonly severity: string }): boolean => severity === 'hint' || severity === 'info';

it('has the three situations and the broken one', () => {
  expect(folders).toEqual(expect.arrayContaining([broken, 'scada-plant', 'six-ports', 'small-business']));
  const page = exampleText('README.md');
  for (const name of [...folders, 'catalogs']) expect(page, `examples/README.md tells of ${name}`).toContain(`(${name})`);
});

describe.each(folders)('%s', (name) => {
  const made = folder(name);

  it('is formatted', () => {
    for (const [uri, text] of made.files) if (uri.endsWith('.lintel')) expect(formatText(text), nameOf(uri)).toBe(text);
  });

  it('has a picture and a checklist', async () => {
    const { workspace } = openedOf(name);
    expect(workspace.roots().length).toBeGreaterThan(0);
    const run = createInProcessRunner();
    for (const root of workspace.roots()) {
      const design = workspace.designs(root)[0];
      if (!design) throw new Error(`${root} is no design`);
      const { svg, nodes } = await pictureOf(workspace, design, run, 'light');
      expect(nodes).toBeGreaterThan(0);
      expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
      expect(svg).not.toMatch(/NaN|undefined|\[object/);
      const { markdown, items } = checklistMarkdown(workspace, design);
      expect(items).toBeGreaterThan(0);
      expect(markdown).toMatch(/^# /m);
      expect(markdown).not.toMatch(/NaN|undefined|\[object/);
    }
  });
});

describe.each(folders.filter((name) => name !== broken))('%s as it stands', (name) => {
  it('has no findings of the language and of the rules, but for accepted warnings', () => {
    const { findings } = openedOf(name);
    const allowed = (accepted[name] ?? []).map((line) => line.slice(0, line.indexOf(':')));
    const found = findings.filter((finding) => finding.rule.startsWith('LNT') || !isQuestion(finding));
    const left = found.filter(({ rule, uri, severity }) => severity !== 'warning' || !allowed.includes(`${rule} ${nameOf(uri)}`));
    expect(show(left)).toBe('');
    const known = new Set(found.map(({ rule, uri }) => `${rule} ${nameOf(uri)}`));
    expect(
      allowed.filter((key) => !known.has(key)),
      'accepted, but not found any more',
    ).toEqual([]);
  });
});

describe(broken, () => {
  const made = folder(broken);
  const { workspace, findings } = openedOf(broken);
  const language = 'language.lintel';

  /** `file:line CODE` of every comment such as `// NET021: …`, with the line that it stands above. */
  const announced = [...made.files].flatMap(([uri, text]) => {
    let codes: string[] = [];
    return text.split('\n').flatMap((line, at) => {
      const code = /^\s*\/\/ ([A-Z]{2,5}\d{3}): \S/.exec(line)?.[1];
      if (code !== undefined) codes.push(code);
      if (code !== undefined || /^\s*(\/\/|$)/.test(line)) return [];
      const above = codes;
      codes = [];
      return above.map((each) => `${nameOf(uri)}:${at + 1} ${each}`);
    });
  });
  const found = findings.map((finding) => ({
    finding,
    key: `${nameOf(finding.uri)}:${finding.range.start.line + 1} ${finding.rule}`,
  }));

  it('shows every rule', () => {
    const fired = new Set(findings.filter(({ uri }) => nameOf(uri) !== language).map(({ rule }) => rule));
    const missing = rules.filter(({ code }) => !fired.has(code)).map(({ code, summary }) => `${code}: ${summary}`);
    expect(missing, `Add a place where these rules find something, with a comment above it, to examples/${broken}`).toEqual([]);
  });

  it('is otherwise valid: problems of the language are in one file', () => {
    const inDesign = findings.filter(({ uri, rule }) => nameOf(uri) !== language && rule.startsWith('LNT'));
    expect(show(inDesign)).toBe('');
    expect(workspace.roots().map(nameOf)).toEqual(['hillside.lintel', language]);
    const kinds = new Set(findings.filter(({ rule }) => rule.startsWith('LNT')).map(({ rule }) => rule));
    for (const code of ['LNT001', 'LNT101', 'LNT103', 'LNT201', 'LNT203', 'LNT204', 'LNT301']) expect([...kinds]).toContain(code);
  });

  it('finds what its comments announce, at the line below them', () => {
    const keys = new Set(found.map(({ key }) => key));
    expect(announced.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('finds nothing that no comment announces', () => {
    const keys = new Set(announced);
    const silent = found.filter(({ key, finding }) => !keys.has(key) && !isQuestion(finding));
    expect(silent.map(({ key, finding }) => `${key} ${finding.message}`)).toEqual([]);
  });
});
