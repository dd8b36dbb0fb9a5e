/**
 * Every rule against its own examples, and every example against all rules. `vt test/rules -t NET005` runs the cases of one rule.
 *
 * A bad example has exactly the marked findings (`^^^`, with the severity behind it if that is to be checked too) and no problem of
 * the language; a good one has none above a marked question, and no error of any rule. Fixes do what `fixed` says and help.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileEdit } from '../../server/src/analysis/finding.ts';
import type { Workspace, WorkspaceFinding } from '../../server/src/analysis/workspace.ts';
import { rules } from '../../server/src/rules/generated/index.ts';
import type { Example, Rule } from '../../server/src/rules/rule.ts';
import { openSource } from '../../server/src/syntax/sourceFile.ts';
import { type Fixture, findingsOf, fixture, mainUri, open, show } from '../kit/lintel.ts';

const ofRule = (rule: Rule, findings: readonly WorkspaceFinding[]): readonly WorkspaceFinding[] =>
  findings.filter((finding) => finding.rule === rule.code);
const isLanguage = (finding: WorkspaceFinding): boolean => finding.rule.startsWith('LNT');
const errorsOf = (findings: readonly WorkspaceFinding[]): readonly WorkspaceFinding[] =>
  findings.filter((finding) => finding.severity === 'error' || isLanguage(finding));

function findingsIn({
  workspace,
  fixture: made,
}: {
  readonly workspace: Workspace;
  readonly fixture: Fixture;
}): readonly WorkspaceFinding[] {
  return [...made.files.keys()].flatMap((uri) => workspace.findings(uri)).filter((finding) => !finding.waived);
}

function expectNoCrash(workspace: Workspace): void {
  for (const root of workspace.roots())
    for (const { project } of workspace.designs(root))
      for (const { code, error } of project.crashes()) throw new Error(`${code} failed: ${String(error)}`, { cause: error });
}

/** Places as they are drawn: the line, and carets under it. */
const drawn = (files: ReadonlyMap<string, string>, uri: string, line: number, from: number, to: number, words: string): string =>
  `${files.get(uri)?.split('\n')[line] ?? ''}\n${' '.repeat(from)}${'^'.repeat(Math.max(1, to - from))} ${words}`.trimEnd();

/** Compares where findings are with where the marks are; words behind the carets are the severity, if there are any. */
function expectMarks(made: Fixture, found: readonly WorkspaceFinding[]): void {
  const place = (uri: string, line: number, from: number): string => `${uri}#${line}:${from}`;
  const severity = new Map(
    made.marks.filter((mark) => mark.text !== '').map((mark) => [place(mark.uri, mark.line, mark.from), true]),
  );
  const actual = found.map(({ uri, range, severity: own }) =>
    drawn(
      made.files,
      uri,
      range.start.line,
      range.start.character,
      range.end.line === range.start.line ? range.end.character : range.start.character + 1,
      severity.has(place(uri, range.start.line, range.start.character)) ? own : '',
    ),
  );
  const expected = made.marks.map((mark) => drawn(made.files, mark.uri, mark.line, mark.from, mark.to, mark.text));
  expect(actual.sort(), `findings:\n${show(found)}`).toEqual(expected.sort());
}

function applied(files: ReadonlyMap<string, string>, edits: readonly FileEdit[]): Map<string, string> {
  const result = new Map(files);
  const offset = (text: string, at: FileEdit['range']['start']): number =>
    text
      .split('\n')
      .slice(0, at.line)
      .reduce((sum, line) => sum + line.length + 1, 0) + at.character;
  for (const edit of [...edits].sort(
    (a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character,
  )) {
    const text = result.get(edit.uri) ?? '';
    result.set(edit.uri, text.slice(0, offset(text, edit.range.start)) + edit.newText + text.slice(offset(text, edit.range.end)));
  }
  return result;
}

const trimmed = (files: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...files].map(([uri, text]) => [uri, text.trimEnd()]));

function checkFix(rule: Rule, example: Example, made: Fixture, before: readonly WorkspaceFinding[]): void {
  const [first] = ofRule(rule, before).filter((finding) => finding.fixes().length > 0);
  if (!first) {
    expect(example.fixed, 'no finding of this example has a fix, so it needs no "fixed"').toBeUndefined();
    return;
  }
  expect(rule.fixable, 'a finding has a fix: set fixable').toBe(true);
  const [fix] = first.fixes();
  const files = applied(made.files, fix?.edits ?? []);
  expect(example.fixed, `the example says in "fixed" what the fix makes of it:\n${[...files.values()].join('\n')}`).toBeDefined();
  expect(trimmed(files)).toEqual(trimmed(fixture(example.fixed ?? '').files));
  const after = findingsOf({ files, marks: [] });
  const known = new Set(before.map(({ rule: code, subject }) => `${code} ${subject}`));
  expect(
    show(
      after.filter(
        (finding) => finding.rule === rule.code && finding.subject === first.subject && finding.message === first.message,
      ),
    ),
    'the finding is still there',
  ).toBe('');
  expect(
    show(errorsOf(after).filter((finding) => isLanguage(finding) || !known.has(`${finding.rule} ${finding.subject}`))),
    'the fix brings new errors',
  ).toBe('');
}

const wording = (findings: readonly WorkspaceFinding[]): readonly string[] =>
  findings.map(({ rule, subject, message }) => `${rule} ${subject}: ${message}`).sort();

/** The same design written the other way round, files and entries, says the same. */
function checkOrder(made: Fixture, before: readonly WorkspaceFinding[]): void {
  const turned = new Map(
    [...made.files].reverse().map(([uri, text]) => [
      uri,
      uri.endsWith('.lintel')
        ? openSource(text)
            .chunks.map((chunk) => chunk.text)
            .reverse()
            .join('\n')
        : text,
    ]),
  );
  expect(wording(findingsOf({ files: turned, marks: [] })), 'the order of entries or files changes what is found').toEqual(
    wording(before),
  );
}

/** Token boundaries of a text, roughly: every end of a word, number, string or sign. */
const boundaries = (text: string): readonly number[] =>
  [...text.matchAll(/"[^"\n]*"?|[\w.-]+|\S/g)].map((match) => match.index + match[0].length);

/** At most this many cuts in one example; `LINTEL_ALL_CUTS=1` tries every one. */
const maxCuts = process.env.LINTEL_ALL_CUTS === '1' ? Number.POSITIVE_INFINITY : 8;

/** Cut off anywhere, a design is still read without a crash; whole again, it says what it said. */
function checkCuts(workspace: Workspace, made: Fixture, before: readonly WorkspaceFinding[]): void {
  const uri = made.files.has(mainUri) ? mainUri : ([...made.files.keys()].find((name) => name.endsWith('.lintel')) ?? mainUri);
  const text = made.files.get(uri) ?? '';
  const all = boundaries(text);
  const step = Math.max(1, Math.ceil(all.length / maxCuts));
  for (let at = all.length - 1 - (text.length % step); at >= 0; at -= step) {
    workspace.setFile(uri, openSource(text.slice(0, all[at])));
    workspace.update();
  }
  workspace.findings(uri);
  workspace.setFile(uri, openSource(text));
  workspace.update();
  expectNoCrash(workspace);
  expect(
    show(findingsIn({ workspace, fixture: made })),
    'after edits the design says something else than when it is opened',
  ).toBe(show(before));
}

function checkExample(rule: Rule, example: Example, bad: boolean): void {
  const made = fixture(example.text);
  const { workspace } = open(made);
  expectNoCrash(workspace);
  const found = findingsIn({ workspace, fixture: made });
  const own = ofRule(rule, found);
  expect(show(found.filter(isLanguage)), 'problems of the language').toBe('');
  expectMarks(made, own);
  for (const { message } of own)
    expect(message, 'a message is one or two whole sentences').toMatch(
      /^(?!.*(undefined|\[object|\bNaN\b| {2}|\bnull\b)).*[.?]$/,
    );
  if (bad) {
    expect(made.marks.length, 'a bad example has a mark').toBeGreaterThan(0);
    checkFix(rule, example, made, found);
  } else {
    expect(show(own.filter((finding) => finding.severity !== 'hint')), 'a good example has no finding').toBe('');
    expect(show(errorsOf(found)), 'a good example is free of errors').toBe('');
  }
  checkOrder(made, found);
  checkCuts(workspace, made, found);
}

const files = [
  ...readFileSync(join(import.meta.dirname, '../../server/src/rules/generated/index.ts'), 'utf8').matchAll(
    /from '\.\.\/([\w/-]+)\.ts';\nimport (?:r|type)/g,
  ),
].map((match) => match[1]);

describe('rules in general', () => {
  it('have codes of their own', () => {
    const codes = rules.map((rule) => rule.code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });
  it('are as many as the rule files', () => expect(files).toHaveLength(rules.length));
});

describe.each(rules.map((rule, at) => [`${rule.code} ${rule.name}`, rule, files[at]] as const))('%s', (_title, rule, file) => {
  it('says what it is', () => {
    expect(rule.code).toMatch(/^[A-Z]{2,5}\d{3}$/);
    expect(rule.name, 'the name is the path below rules/').toBe(file);
    expect(rule.summary.length).toBeLessThanOrEqual(90);
    expect(rule.summary).toMatch(/^[A-Z0-9].*[^.\s]$/);
    for (const prose of [rule.why, rule.remedy]) expect(prose).toMatch(/^\S[\s\S]{15,}[.]$/);
    expect(rule.sources.length).toBeGreaterThan(0);
    for (const source of rule.sources) expect(source, 'the name of a document, not its key').toMatch(/^.{5,}$/);
    expect(rule.examples.bad.length).toBeGreaterThan(0);
    expect(rule.examples.good.length).toBeGreaterThan(0);
    expect(rule.coveredBy ?? [], 'a rule does not cover itself').not.toContain(rule.code);
    if (rule.fixable)
      expect(
        rule.examples.bad.some((example) => example.fixed !== undefined),
        'a rule with a fix shows it',
      ).toBe(true);
  });
  it.each(rule.examples.bad.map((example) => [example.title, example] as const))('bad: %s', (_name, example) =>
    checkExample(rule, example, true),
  );
  it.each(rule.examples.good.map((example) => [example.title, example] as const))('good: %s', (_name, example) =>
    checkExample(rule, example, false),
  );
});
