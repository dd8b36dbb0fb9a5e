/** Code actions: the fixes of findings, all safe ones at once, a waiver for what is accepted, and the explanation of a rule. */
import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-types';
import type { FileEdit, Fix } from '../analysis/finding.ts';
import type { Workspace, WorkspaceFinding } from '../analysis/workspace.ts';
import { kindOf } from '../schema/vocabulary.ts';
import { textOf } from '../syntax/sourceFile.ts';
import { drawnKinds } from '../topology/views/index.ts';
import { quoteName } from '../values/name.ts';
import { revealCommand } from './codeLens.ts';

/** `source.fixAll.lintel`: what "fix on save" asks for. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.lintel`;
/** Kinds that the server offers. */
export const codeActionKinds: readonly string[] = [CodeActionKind.QuickFix, fixAllKind];
/** Command of the client that shows what is behind a rule; its argument is the code. */
export const explainCommand = 'lintel.explainRule';

export interface ActionOptions {
  /** Today, `2026-11-20`: a waiver ends a while after it. */
  readonly today?: string;
}

/** Nobody chooses from the fixes of more findings than this. */
const maxFindings = 50;

/** What an action that is not worked out yet needs to be: kept in `data`. */
interface FixAllData {
  readonly fixAll: string;
  /** Only this rule; absent: all. */
  readonly rule?: string;
}

export function codeActions(
  workspace: Workspace,
  uri: string,
  range: Range,
  context: CodeActionContext,
  options: ActionOptions = {},
): CodeAction[] {
  const asked = (kind: string): boolean =>
    !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const findings = workspace.findings(uri).filter((finding) => !finding.waived);
  const here = findings.filter((finding) => touch(finding.range, range)).slice(0, maxFindings);
  const actions: CodeAction[] = [];
  if (asked(CodeActionKind.QuickFix)) {
    const told = new Set<string>();
    for (const finding of here) {
      const diagnostics = diagnosticsOf(finding, context.diagnostics);
      const fixes = finding.fixes();
      for (const [at, fix] of fixes.entries()) actions.push(fixAction(fix, diagnostics, at === 0));
      if (fixes[0]?.safety === 'safe' && !told.has(finding.rule)) {
        const others = findings.filter((other) => other.rule === finding.rule && other.fixable);
        if (others.length > 1)
          actions.push({
            title: `Fix all ${finding.rule} in this file`,
            kind: CodeActionKind.QuickFix,
            diagnostics,
            data: { fixAll: uri, rule: finding.rule } satisfies FixAllData,
          });
      }
      if (isRule(finding)) {
        const waiver = waiverFor(workspace, uri, finding, options.today);
        if (waiver)
          actions.push({
            title: `Accept for a time: waive ${finding.rule} on ${waiver.thing}`,
            kind: CodeActionKind.QuickFix,
            diagnostics,
            edit: waiver.edit,
          });
        if (!told.has(finding.rule))
          actions.push({
            title: `Explain ${finding.rule}`,
            kind: CodeActionKind.QuickFix,
            diagnostics,
            command: { title: 'Explain', command: explainCommand, arguments: [finding.rule] },
          });
      }
      told.add(finding.rule);
    }
    actions.push(...shown(uri, here, context.diagnostics));
  }
  // Asked for by name only: on saving, and from the menu of source actions.
  if (context.only && asked(fixAllKind) && findings.some((finding) => finding.fixable))
    actions.push({ title: 'Fix everything that is safe to fix', kind: fixAllKind, edit: allSafe(workspace, { fixAll: uri }) });
  return actions;
}

const diagnosticsOf = (finding: WorkspaceFinding, given: readonly Diagnostic[]): Diagnostic[] =>
  given.filter((diagnostic) => diagnostic.code === finding.rule && same(diagnostic.range, finding.range));

/** The way into the picture: one action for each thing that the findings are about, if it is drawn in some view. */
function shown(uri: string, findings: readonly WorkspaceFinding[], given: readonly Diagnostic[]): CodeAction[] {
  const things = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const id = finding.subject === undefined ? undefined : drawnAs(finding.subject);
    if (id !== undefined) things.set(id, [...(things.get(id) ?? []), ...diagnosticsOf(finding, given)]);
  }
  return [...things].map(([id, diagnostics]) => {
    const name = things.size > 1 ? pathOfId(id) : undefined;
    const title = name === undefined ? 'Show in topology' : `Show ${name} in topology`;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: revealCommand, arguments: [uri, id] },
    };
  });
}

/** A thing, or the nearest one around it that has a box in some view; undefined when there is none. */
function drawnAs(subject: string): string | undefined {
  const steps = subject.split(stepsOfId);
  while (steps.length > 0) {
    const word = /^[a-z][a-z-]*(?=:)/.exec(steps.at(-1) ?? '')?.[0];
    const kind = word === undefined ? undefined : kindOf(word);
    if (kind && drawn.has(kind.word)) return steps.join('/');
    steps.pop();
  }
  return undefined;
}
const drawn: ReadonlySet<string> = drawnKinds;

/** Works out an action that was offered without its edit. */
export function resolveCodeAction(workspace: Workspace, action: CodeAction): CodeAction {
  const data: unknown = action.data;
  if (action.edit || typeof data !== 'object' || data === null || !('fixAll' in data) || typeof data.fixAll !== 'string')
    return action;
  const rule = 'rule' in data && typeof data.rule === 'string' ? data.rule : undefined;
  return { ...action, edit: allSafe(workspace, { fixAll: data.fixAll, ...(rule === undefined ? {} : { rule }) }) };
}

function fixAction(fix: Fix, diagnostics: readonly Diagnostic[], first: boolean): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [...diagnostics],
    edit: editOf(fix.edits),
    ...(first ? { isPreferred: true } : {}),
  };
}

function editOf(edits: readonly FileEdit[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { uri, range, newText } of edits) {
    changes[uri] ??= [];
    changes[uri].push({ range, newText });
  }
  return { changes };
}

/** The first safe fix of every finding of a file; of two that want the same place, the first. */
function allSafe(workspace: Workspace, { fixAll: uri, rule }: FixAllData): WorkspaceEdit {
  const taken: FileEdit[] = [];
  const byLine = new Map<string, FileEdit[]>();
  const linesOf = ({ uri: file, range }: FileEdit): readonly string[] =>
    Array.from({ length: range.end.line - range.start.line + 1 }, (_, at) => `${file} ${range.start.line + at}`);
  for (const finding of workspace.findings(uri)) {
    if (finding.waived || !finding.fixable || (rule !== undefined && finding.rule !== rule)) continue;
    const fix = finding.fixes().find((candidate) => candidate.safety === 'safe');
    // Two insertions at one place meet as well: which comes first would be left to chance.
    const meets = (edit: FileEdit): boolean =>
      linesOf(edit).some((line) => byLine.get(line)?.some((other) => touch(other.range, edit.range)));
    if (!fix || fix.edits.some(meets)) continue;
    for (const edit of fix.edits) {
      taken.push(edit);
      for (const line of linesOf(edit)) byLine.set(line, [...(byLine.get(line) ?? []), edit]);
    }
  }
  return editOf(taken);
}

const isRule = (finding: WorkspaceFinding): boolean => !finding.rule.startsWith('LNT') && finding.subject !== undefined;

/** How long a waiver lasts unless somebody says otherwise, in months. */
const waivedMonths = 6;

/** `waive RULE on THING until … because "…"` at the end of the file, beside the waivers that are there. */
function waiverFor(
  workspace: Workspace,
  uri: string,
  finding: WorkspaceFinding,
  today: string | undefined,
): { readonly thing: string; readonly edit: WorkspaceEdit } | undefined {
  const source = workspace.source(uri);
  const thing = finding.subject === undefined ? undefined : pathOfId(finding.subject);
  if (!source || thing === undefined) return undefined;
  const text = textOf(source);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r\n|\n|\r/);
  const lastWaiver = lines.findLastIndex((line) => /^waive\b/.test(line));
  const line =
    lastWaiver >= 0 && !lines[lastWaiver]?.includes('{')
      ? lastWaiver
      : lines.findLastIndex((candidate) => candidate.trim() !== '');
  const position = { line: Math.max(line, 0), character: lines[Math.max(line, 0)]?.length ?? 0 };
  const until = today === undefined ? undefined : monthsLater(today, waivedMonths);
  const waiver = `waive ${finding.rule} on ${thing}${until === undefined ? '' : ` until ${until}`} because "…"`;
  const gap = line < 0 ? '' : line === lastWaiver ? eol : `${eol}${eol}`;
  return { thing, edit: { changes: { [uri]: [{ range: { start: position, end: position }, newText: `${gap}${waiver}` }] } } };
}

/** Where an id is cut: `host:esx1/vmkernel:vmk0` has two steps; a name may hold a slash of its own. */
const stepsOfId = /\/(?=[a-z][a-z-]*:)/;

/** `host:esx1/vmkernel:vmk0` → `esx1.vmk0`: how a design names the thing. */
export function pathOfId(id: string): string | undefined {
  const steps = id.split(stepsOfId).map((step) => /^([a-z][a-z-]*):(.*)$/su.exec(step));
  let path = '';
  let above = '';
  for (const step of steps) {
    const [, kind = '', name = ''] = step ?? [];
    if (!kindOf(kind) || name === '' || name.startsWith('#')) return undefined;
    // A path starts with a plain name; where it does not, the whole thing is named instead.
    if (path.startsWith('"')) return path;
    const separator = path === '' ? '' : kind === 'port' && above === 'switch' ? '/' : '.';
    path += `${separator}${kind === 'port' && /^\w+$/.test(name) ? name : quoteName(name)}`;
    above = kind;
  }
  return path;
}

function monthsLater(date: string, months: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-\d{2}$/.exec(date);
  if (!match) return undefined;
  const month = Number(match[2]) - 1 + months;
  const [year, own] = [Number(match[1]) + Math.floor(month / 12), (month % 12) + 1];
  // The last day of a month that every month has; a person corrects it.
  return `${year}-${String(own).padStart(2, '0')}-28`;
}

const before = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
const touch = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);
const same = (a: Range, b: Range): boolean =>
  !before(a.start, b.start) && !before(b.start, a.start) && !before(a.end, b.end) && !before(b.end, a.end);
