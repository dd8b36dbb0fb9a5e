/**
 * Edits of a design made into edits of its text, with as little change as possible: values are replaced where they stand, new
 * lines go where a person would put them, comments stay.
 */
import type { Span } from '../base/span.ts';
import type { Entity } from '../model/entity.ts';
import type { Entry } from '../syntax/ast.ts';
import type { EditOp } from './ops.ts';

/** Where an entity or a property was said. `home` is whatever the caller uses to name a stretch of text (a chunk). */
export interface Said<H> {
  readonly home: H;
  /** Text that the spans count in. */
  readonly text: string;
  readonly entry: Entry;
  readonly word: Span;
  readonly span: Span;
}

export interface TextEdit<H> {
  readonly home: H;
  readonly span: Span;
  readonly text: string;
}

/** Looks up where something was said; '' asks for the entity itself. */
export type Finder<H> = (entity: Entity, prop: string) => Said<H> | undefined;

const indentOf = (text: string, offset: number): string => {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
};

/** The line break that the text uses. */
const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** Text edits of one operation; undefined when the text has no place for it (the finding is then shown without a fix). */
export function applyOp<H>(op: EditOp, find: Finder<H>): readonly TextEdit<H>[] | undefined {
  switch (op.op) {
    case 'replace': {
      const said = find(op.on, op.prop);
      return said && [{ home: said.home, span: said.span, text: op.text }];
    }
    case 'set': {
      const said = find(op.on, op.prop);
      if (said) {
        // A bare word (`ha`) has its own span as value: put the value behind it.
        const bare = said.span.start === said.word.start;
        return [
          {
            home: said.home,
            span: bare ? { start: said.word.end, end: said.word.end } : said.span,
            text: bare ? ` ${op.text}` : op.text,
          },
        ];
      }
      // Part of a record that is said: it goes behind what is said of the record.
      const cut = op.prop.lastIndexOf('.');
      const record = cut < 0 ? undefined : find(op.on, op.prop.slice(0, cut));
      if (record) {
        const end = Math.max(record.span.end, record.word.end);
        return [{ home: record.home, span: { start: end, end }, text: ` ${op.prop.slice(cut + 1)} ${op.text}` }];
      }
      return addLine(op.on, `${op.prop.replaceAll('.', ' ')} ${op.text}`.trim(), find);
    }
    case 'add':
      return addLine(op.to, op.text, find);
    case 'append': {
      const said = find(rootOf(op.after), '');
      if (!said) return undefined;
      const eol = eolOf(said.text);
      const end = lineEnd(said.text, said.entry.end);
      return [{ home: said.home, span: { start: end, end }, text: `${eol}${op.text.replaceAll('\n', eol)}` }];
    }
    case 'remove': {
      const said = find(op.on, op.prop ?? '');
      if (!said) return undefined;
      if (op.prop === undefined || said.word.start === said.entry.word.start)
        return [{ home: said.home, span: wholeLine(said.text, said.entry), text: '' }];
      const start = said.text[said.word.start - 1] === ' ' ? said.word.start - 1 : said.word.start;
      return [{ home: said.home, span: { start, end: Math.max(said.span.end, said.word.end) }, text: '' }];
    }
  }
}

const rootOf = (entity: Entity): Entity => (entity.parent ? rootOf(entity.parent) : entity);

function addLine<H>(entity: Entity, line: string, find: Finder<H>): readonly TextEdit<H>[] | undefined {
  const said = find(entity, '');
  if (!said) return undefined;
  const { entry, text } = said;
  const eol = eolOf(text);
  const indent = indentOf(text, entry.start);
  const body = entry.body;
  const lines = line
    .split('\n')
    .map((part) => `${indent}  ${part}`)
    .join(eol);
  if (!body) {
    // A small thing on one line gets one more word; a block is opened for whole entries.
    if (isProperty(line) && line.length < 40)
      return [{ home: said.home, span: { start: entry.headEnd, end: entry.headEnd }, text: ` ${line}` }];
    return [{ home: said.home, span: { start: entry.headEnd, end: entry.headEnd }, text: ` {${eol}${lines}${eol}${indent}}` }];
  }
  const last = body.entries.at(-1);
  const oneLine = !text.slice(body.start, body.end).includes('\n');
  if (oneLine) {
    const at = last ? last.end : body.start + 1;
    return [{ home: said.home, span: { start: at, end: at }, text: last ? `; ${line}` : ` ${line} ` }];
  }
  const at = last ? lineEnd(text, last.end) : body.start + 1;
  return [{ home: said.home, span: { start: at, end: at }, text: `${eol}${lines}` }];
}

/** Starts with a word that could as well stand inline. */
const isProperty = (line: string): boolean =>
  !line.includes('\n') &&
  !line.includes('{') &&
  !/^(nic|vmkernel|adapter|portgroup|vswitch|port|lun|pool|controller|disk)\b/.test(line);

function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}

function wholeLine(text: string, entry: Entry): Span {
  let start = entry.start;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start -= 1;
  // An entry that shares its line leaves the line.
  if (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') return { start, end: entry.end };
  let end = entry.end;
  while (end < text.length && (text[end] === ' ' || text[end] === '\t' || text[end] === ';')) end += 1;
  if (text[end] === '\r') end += 1;
  if (text[end] === '\n') end += 1;
  return { start, end };
}
