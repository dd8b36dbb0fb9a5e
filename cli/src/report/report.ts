/** What a check found, in the order and under the names in which every report shows it. */
import type { Range, Severity } from '../../../server/src/analysis/finding.ts';
import type { WorkspaceFinding } from '../../../server/src/analysis/workspace.ts';
import { pathOfUri } from '../../../server/src/node/diskHost.ts';
import type { SourceFile } from '../../../server/src/syntax/sourceFile.ts';
import type { Opened } from '../designs.ts';
import { nameOf, type Problem } from '../files/find.ts';
import type { World } from '../world.ts';

/** A finding under the name of its file. */
export interface Item {
  readonly file: string;
  readonly finding: WorkspaceFinding;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
}

export interface Report {
  /** By file, place and code. */
  readonly items: readonly Item[];
  /** Findings that the design waives. */
  readonly waived: readonly Item[];
  /** Names of all files that were checked, sorted. */
  readonly files: readonly string[];
  /** Files that were given or imported, and are no readable text. */
  readonly unreadable: readonly Problem[];
  /** What could not be had from the disk. */
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** Text of a file, for excerpts. */
  source(file: string): SourceFile | undefined;
  /** Name of a file by its URI. */
  nameOf(uri: string): string;
  /** The order of every report. */
  order(a: Item, b: Item): number;
}

export function reportOf(world: World, opened: Opened): Report {
  const { workspace, files, problems } = opened;
  const name = (uri: string): string => nameOf(world, pathOfUri(uri) ?? uri);
  const all = files.flatMap(({ uri, file }) =>
    workspace.findings(uri).map(
      (finding): Item => ({
        file,
        finding,
        related: (finding.related ?? []).map(({ uri: other, range, message }) => ({ file: name(other), range, message })),
      }),
    ),
  );
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  const items = all.filter(({ finding }) => !finding.waived).sort(byPlace);
  for (const { finding } of items) counts[finding.severity] += 1;
  const uris = new Map(files.map(({ uri, file }) => [file, uri]));
  return {
    items,
    waived: all.filter(({ finding }) => finding.waived).sort(byPlace),
    files: files.map(({ file }) => file),
    unreadable: files.flatMap(({ uri, file }) => {
      const reason = workspace.unreadable(uri);
      return reason === undefined ? [] : [{ file, reason }];
    }),
    problems,
    counts,
    source: (file) => workspace.source(uris.get(file) ?? ''),
    nameOf: name,
    order: byPlace,
  };
}

const order = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** A total order: by file, then range, then code; the message decides between equals. */
function byPlace(a: Item, b: Item): number {
  const [x, y] = [a.finding.range, b.finding.range];
  return (
    order(a.file, b.file) ||
    x.start.line - y.start.line ||
    x.start.character - y.start.character ||
    x.end.line - y.end.line ||
    x.end.character - y.end.character ||
    order(a.finding.rule, b.finding.rule) ||
    order(a.finding.message, b.finding.message)
  );
}
