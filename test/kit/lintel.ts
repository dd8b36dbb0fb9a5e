/**
 * Designs inline: `--- name` headers split a text into files, `^^^ CODE: words` under a line marks a finding, `<|>` is a cursor.
 * Everything runs on the same façade that the server and the CLI use, over files in memory.
 */

import type { Host } from '../../server/src/analysis/host.ts';
import { createLintel } from '../../server/src/analysis/lintel.ts';
import type { PolicyInput } from '../../server/src/analysis/policy.ts';
import type { Workspace, WorkspaceFinding } from '../../server/src/analysis/workspace.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { openSource } from '../../server/src/syntax/sourceFile.ts';

export interface Mark {
  readonly uri: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** What stands behind the carets. */
  readonly text: string;
}

export interface Fixture {
  /** uri → text without marks. */
  readonly files: ReadonlyMap<string, string>;
  readonly marks: readonly Mark[];
  readonly cursor?: { readonly uri: string; readonly line: number; readonly character: number };
}

export const mainUri = 'file:///design/main.lintel';

/** Splits a fixture into files, marks and a cursor. */
export function fixture(text: string): Fixture {
  const files = new Map<string, string>();
  const marks: Mark[] = [];
  let cursor: Fixture['cursor'];
  let uri = mainUri;
  let lines: string[] = [];
  const finish = (): void => {
    if (lines.length > 0 || uri === mainUri) files.set(uri, lines.join('\n'));
  };
  for (const raw of text.split('\n')) {
    const header = /^--- (\S+)$/.exec(raw);
    if (header) {
      if (lines.some((line) => line.trim() !== '')) finish();
      lines = [];
      uri = `file:///design/${header[1]}`;
      continue;
    }
    const mark = /^(\s*)(\^+)(.*)$/.exec(raw);
    if (mark) {
      marks.push({
        uri,
        line: lines.length - 1,
        from: mark[1]?.length ?? 0,
        to: (mark[1]?.length ?? 0) + (mark[2]?.length ?? 0),
        text: mark[3]?.trim() ?? '',
      });
      continue;
    }
    const at = raw.indexOf('<|>');
    if (at >= 0) cursor = { uri, line: lines.length, character: at };
    lines.push(raw.replace('<|>', ''));
  }
  finish();
  return { files, marks, ...(cursor ? { cursor } : {}) };
}

/** A host over files in memory. */
export function memoryHost(files: ReadonlyMap<string, string | Uint8Array>): Host {
  return {
    allows: (uri) => uri.startsWith('file:///design/'),
    read: (uri) => {
      const found = files.get(decodeURIComponent(uri));
      return found === undefined ? undefined : { bytes: typeof found === 'string' ? new TextEncoder().encode(found) : found };
    },
  };
}

export interface OpenOptions {
  readonly rules?: readonly Rule[];
  readonly today?: string;
  readonly severities?: ReadonlyMap<string, PolicyInput>;
}

/** A workspace with the fixture's files open. */
export function open(
  text: string | Fixture,
  options: OpenOptions = {},
): { readonly workspace: Workspace; readonly fixture: Fixture } {
  const made = typeof text === 'string' ? fixture(text) : text;
  const workspace = createLintel({ host: memoryHost(made.files), today: '2026-11-20', ...options });
  for (const [uri, content] of made.files) if (uri.endsWith('.lintel')) workspace.setFile(uri, openSource(content));
  workspace.update();
  return { workspace, fixture: made };
}

/** All findings of a fixture, waived ones left out. */
export function findingsOf(text: string | Fixture, options: OpenOptions = {}): readonly WorkspaceFinding[] {
  const { workspace, fixture: made } = open(text, options);
  return [...made.files.keys()].flatMap((uri) => workspace.findings(uri)).filter((finding) => !finding.waived);
}

/** `4:12-18 NET023 error: message`, one line per finding, for expectations that read well. */
export function show(findings: readonly WorkspaceFinding[]): string {
  return findings
    .map(
      ({ range, rule, severity, message }) =>
        `${range.start.line + 1}:${range.start.character + 1}-${range.end.line === range.start.line ? '' : `${range.end.line + 1}:`}${range.end.character + 1} ${rule} ${severity}: ${message}`,
    )
    .join('\n');
}
