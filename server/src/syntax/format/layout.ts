/**
 * A chunk as rows. The tree tells what belongs where; the text between its nodes holds nothing but spaces, line ends, commas,
 * `:`, `;` and comments, since a chunk with problems is never laid out. Comments are taken up in the order in which they stand,
 * each one where the walk meets it, so none can be lost or change its neighbours.
 */
import type { Body, Comment, Entry, Term } from '../ast.ts';
import { ownComment, plainComment } from './comment.ts';
import { type Atom, type Break, cellsOf, fillAtoms, headingOf, joinAtoms, termsOf } from './head.ts';
import { bodyCell, type Cell, columns, indentStep, lineWidth, type Row } from './row.ts';
import { termText } from './term.ts';

const lineEnd = /[\r\n]/;
const blankLine = /(?:\r\n|\n|\r(?!\n))[ \t\f\v\u00A0\uFEFF]*[\r\n]/;
/** What may stand between a `///` line and what it belongs to; the parser's own rule. */
const directlyBelow = /^(?:\r\n|\n|\r)[ \t]*$/;

/** Own-line comments of one line. */
interface CommentLine {
  readonly comments: Comment[];
  readonly blank: boolean;
}

/** The rows of a chunk without problems. */
export function layoutRows(text: string, entries: readonly Entry[], comments: readonly Comment[]): Row[] {
  const layout = new Layout(text, comments);
  layout.list(entries, 0, text.length, 0, 'file');
  return layout.rows;
}

class Layout {
  readonly rows: Row[] = [];
  private readonly text: string;
  private readonly comments: readonly Comment[];
  /** The first comment that has not been taken up yet. */
  private next = 0;
  /** End of the `///` line that is the last row; -1 when the last row is something else. */
  private docEnd = -1;
  /** At the top of the chunk or of a body, where no blank line is kept. */
  private atTop = true;

  constructor(text: string, comments: readonly Comment[]) {
    this.text = text;
    this.comments = comments;
  }

  /** Entries and own-line comments of a file's or a body's region of the text. */
  list(entries: readonly Entry[], from: number, to: number, level: number, where: 'file' | 'body'): void {
    let at = from;
    for (const entry of entries) {
      const { blank, lead } = this.gap(at, entry.start, level, where === 'body' || at > from, entry);
      this.entry(entry, level, blank, lead);
      at = entry.end;
    }
    this.gap(at, to, level, where === 'body' || at > from, undefined);
  }

  /**
   * What stands between two entries. `behind`: something stands in front on the same line. Comments on that line trail it,
   * those on lines of their own become rows, and block comments in front of the next entry, on its line, lead it.
   */
  private gap(
    from: number,
    to: number,
    level: number,
    behind: boolean,
    entry: Entry | undefined,
  ): { blank: boolean; lead: string } {
    let blank = false;
    let lead: Comment[] = [];
    let pos = from;
    if ((this.comments[this.next]?.start ?? to) < to) {
      const trailing: Comment[] = [];
      const lines: CommentLine[] = [];
      let onLine = behind;
      let separated = this.text[from - 1] === '{';
      let fresh = true;
      for (let comment = this.comments[this.next]; comment && comment.start < to; comment = this.comments[this.next]) {
        const plain = this.text.slice(pos, comment.start);
        if (lineEnd.test(plain)) {
          trailing.push(...lead.splice(0));
          onLine = false;
          fresh = true;
        }
        if (plain.includes(';')) separated = true;
        if (onLine) (separated ? lead : trailing).push(comment);
        else if (fresh) lines.push({ comments: [comment], blank: blankLine.test(plain) });
        else lines.at(-1)?.comments.push(comment);
        fresh = onLine;
        pos = comment.end;
        this.next += 1;
      }
      if (lineEnd.test(this.text.slice(pos, to)) || !entry) trailing.push(...lead.splice(0));
      else if (lines.length > 0) ({ comments: lead, blank } = lines.pop() ?? { comments: [], blank });
      this.trail(trailing);
      for (const line of lines) this.commentRow(line, this.levelOf(line, level, behind && !entry));
    }
    const plain = this.text.slice(pos, to);
    blank ||= blankLine.test(plain);
    if (this.atTop) blank = false;
    if (entry && lead.length === 0 && this.parted(entry.start)) blank = true;
    return { blank, lead: lead.map((comment) => `${plainComment(comment, this.text)} `).join('') };
  }

  /** Whether the `///` line above does not belong to what starts here; it must not come to. */
  private parted(start: number): boolean {
    return this.docEnd >= 0 && !directlyBelow.test(this.text.slice(this.docEnd, start));
  }

  /** A comment indented below the last entry of a chunk is about that entry; all others stand with what follows. */
  private levelOf(line: CommentLine, level: number, last: boolean): number {
    const before = this.text[(line.comments[0]?.start ?? 0) - 1] ?? '\n';
    return level === 0 && last && !lineEnd.test(before) ? 1 : level;
  }

  private trail(comments: readonly Comment[]): void {
    const row = this.rows.at(-1);
    if (!row || comments.length === 0) return;
    row.trailing = [row.trailing, ...comments.map((comment) => plainComment(comment, this.text))]
      .filter((text) => text !== '')
      .join(' ');
  }

  private commentRow(line: CommentLine, level: number): void {
    const [first] = line.comments;
    if (!first) return;
    const doc = first.kind === 'doc';
    const parted = doc && this.parted(first.start);
    const texts = line.comments.map((comment) =>
      line.comments.length === 1 ? ownComment(comment, this.text, level) : plainComment(comment, this.text),
    );
    this.push({ level, blank: parted || (line.blank && !this.atTop), text: texts.join(' '), cells: [], doc, trailing: '' });
    this.docEnd = doc ? first.end : -1;
  }

  private push(row: Row): void {
    this.rows.push(row);
    this.docEnd = -1;
    this.atTop = false;
  }

  private entry(entry: Entry, level: number, blank: boolean, lead: string): void {
    const { body } = entry;
    const margin = level * indentStep;
    const atoms = this.head(entry);
    if (!body) {
      const text = fillAtoms(atoms, lead, margin, '');
      this.push({
        level,
        blank,
        text,
        cells: lead === '' && !text.includes('\n') ? cellsOf(atoms) : [],
        doc: false,
        trailing: '',
      });
      return;
    }
    const opened = this.next;
    const joined = lineEnd.test(this.text.slice(body.start, body.end)) ? undefined : joinAtoms(atoms);
    const inline =
      joined === undefined ? undefined : this.inlineBody(body, lineWidth - margin - columns(lead) - columns(joined) - 1);
    if (joined !== undefined && inline !== undefined) {
      const plain = lead === '' ? cellsOf(atoms) : [];
      const cell: Cell = { text: inline, name: bodyCell, gap: this.gapBetween(entry.headEnd, body.start) };
      this.push({
        level,
        blank,
        text: `${lead}${joined} ${inline}`,
        cells: plain.length > 0 ? [...plain, cell] : [],
        doc: false,
        trailing: '',
      });
      return;
    }
    this.next = opened;
    this.push({ level, blank, text: fillAtoms(atoms, lead, margin, ' {'), cells: [], doc: false, trailing: '' });
    this.atTop = true;
    this.list(body.entries, body.start + 1, body.end - 1, level + 1, 'body');
    this.push({ level, blank: false, text: '}', cells: [], doc: false, trailing: '' });
  }

  /** Everything of an entry up to its body. */
  private head(entry: Entry): Atom[] {
    const atoms: Atom[] = [];
    let at = entry.start;
    for (const term of termsOf(entry)) {
      const { comma, colon, broken, gap } = this.between(atoms, at, term.start);
      const single = !comma && !colon;
      atoms.push({
        text: this.term(term),
        break: broken ? 'must' : comma ? 'may' : 'no',
        comment: false,
        endsLine: false,
        starts: single,
        name: single ? headingOf(term) : undefined,
        gap,
      });
      at = term.end;
    }
    if (entry.body) this.between(atoms, at, entry.body.start);
    return atoms;
  }

  /** What stands between two terms: a comma goes to the atom before, `:` and comments become atoms. */
  private between(atoms: Atom[], from: number, to: number): { comma: boolean; colon: boolean; broken: boolean; gap: number } {
    let comma = false;
    let colon = false;
    let broken = false;
    let commented = false;
    let pos = from;
    const plain = (stop: number): void => {
      for (; pos < stop; pos += 1) {
        const sign = this.text[pos];
        const last = atoms.at(-1);
        if (sign === ',' && last) {
          last.text += ',';
          comma = true;
        } else if (sign === ':') {
          atoms.push({
            text: ':',
            break: 'no',
            comment: false,
            endsLine: false,
            starts: true,
            name: undefined,
            gap: this.gapBetween(from, pos),
          });
          colon = true;
        } else if (sign === '\n' || sign === '\r') broken = true;
      }
    };
    let mayBreak = true;
    for (let comment = this.comments[this.next]; comment && comment.start < to; comment = this.comments[this.next]) {
      plain(comment.start);
      const endsLine = comment.kind !== 'block';
      // One that ends a line belongs to what stands on it.
      const way: Break = broken ? 'must' : comma && mayBreak && !endsLine ? 'may' : 'no';
      if (comma) mayBreak = false;
      atoms.push({
        text: plainComment(comment, this.text),
        break: way,
        comment: true,
        endsLine,
        starts: true,
        name: undefined,
        gap: 1,
      });
      commented = true;
      broken = false;
      pos = comment.end;
      this.next += 1;
    }
    plain(to);
    return { comma: comma && mayBreak, colon, broken: broken && commented, gap: this.gapBetween(from, to) };
  }

  /** Spaces in the text between two places of one line; 1 across lines and comments. */
  private gapBetween(from: number, to: number): number {
    return /^[ \t\f\v\u00A0\uFEFF]*$/.test(this.text.slice(from, to)) ? to - from : 1;
  }

  private term(term: Term): string {
    const comment = this.comments[this.next];
    if (!comment || comment.start >= term.end) return termText(term, this.text);
    while ((this.comments[this.next]?.start ?? term.end) < term.end) this.next += 1;
    return this.text.slice(term.start, term.end).replace(/[ \t]*(?:\r\n|\n|\r)/g, '\n');
  }

  /** A body that was written on one line, on one line; undefined when it is wider than `room`. */
  private inlineBody(body: Body, room: number): string | undefined {
    const parts: string[] = [];
    let used = 4;
    let lead = '';
    let at = body.start + 1;
    for (const entry of [...body.entries, undefined]) {
      const stop = entry ? entry.start : body.end - 1;
      let separated = parts.length === 0;
      for (let comment = this.comments[this.next]; comment && comment.start < stop; comment = this.comments[this.next]) {
        if (this.text.slice(at, comment.start).includes(';')) separated = true;
        const text = plainComment(comment, this.text);
        if (separated) lead += `${text} `;
        else parts.push(`${parts.pop() ?? ''} ${text}`);
        at = comment.end;
        this.next += 1;
      }
      if (!entry) break;
      const text = joinAtoms(this.head(entry));
      const inner = entry.body ? this.inlineBody(entry.body, room - used) : '';
      if (text === undefined || inner === undefined) return undefined;
      parts.push(`${lead}${text}${inner === '' ? '' : ` ${inner}`}`);
      used += columns(parts.at(-1) ?? '') + 2;
      if (used - 2 > room) return undefined;
      lead = '';
      at = entry.end;
    }
    if (lead !== '') parts.push(`${parts.pop() ?? ''} ${lead}`.trim());
    const text = parts.length > 0 ? `{ ${parts.join('; ')} }` : '{}';
    return columns(text) <= room ? text : undefined;
  }
}
