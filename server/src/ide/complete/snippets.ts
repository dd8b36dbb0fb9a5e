/**
 * Snippets from the vocabulary's own examples: the example is read as any line is, and what it says becomes tab stops. So a snippet
 * is as idiomatic as the example, and nothing is written twice.
 */
import { kind as declareKind, type Kind, type Operand, type Prop } from '../../schema/types.ts';
import type { Entry } from '../../syntax/ast.ts';
import { parseChunk } from '../../syntax/parse.ts';
import type { Mark } from '../reading/marks.ts';
import { readAs } from '../reading/read.ts';
import { escaped } from './item.ts';

/** Tab stops in one snippet: more are a form to fill in, not a start. */
const maxStops = 6;

const cache = new WeakMap<object, string>();

/** `network ${1:vmotion} purpose ${2|management,…|} …`; a thing with a body ends in it. */
export function kindSnippet(kind: Kind, word: string = kind.word): string {
  let made = cache.get(kind);
  if (made === undefined) {
    const [entry] = parseChunk(kind.example).entries;
    made = entry ? fromExample(kind, entry) : '$0';
    cache.set(kind, made);
  }
  return `${word} ${made}`;
}

/** `cpu ${1:2} x "${2:Xeon Gold 6426Y}"`; undefined where only the word is put in. */
export function propSnippet(word: string, prop: Prop): string | undefined {
  const key = prop;
  const known = cache.get(key);
  if (known !== undefined) return known === '' ? undefined : known;
  const made = madeForProp(word, prop);
  cache.set(key, made ?? '');
  return made;
}

function madeForProp(word: string, prop: Prop): string | undefined {
  const operands = Object.values(prop.operands);
  const [first] = operands;
  const announced = !prop.record && first !== undefined && operands.length === 1;
  if (announced && (first.optional || asksAgain(first))) return undefined;
  if (announced && first.type.kind.is === 'text' && prop.example === undefined) return `${word} "$1"`;
  if (prop.example === undefined) return undefined;
  const [line] = parseChunk(prop.example).entries;
  if (!line || line.word.text !== word) return undefined;
  const owner = declareKind('', { doc: '', area: 'governance', example: '', naming: 'none', props: { [word]: prop } });
  const marks = readAs(owner, {
    ...line,
    word: { ...line.word, text: '' },
    groups: [],
    start: 0,
    body: { entries: [line], closed: true, start: 0, end: line.end },
  });
  return stops(prop.example, 0, line.end, marks, { next: 1 });
}

/** Whether the editor can propose values, so that none has to be put in. */
export function asksAgain(operand: Operand): boolean {
  const { is } = operand.type.kind;
  return is === 'choice' || is === 'ref' || is === 'port' || is === 'yesno' || is === 'address' || is === 'word';
}

function fromExample(kind: Kind, entry: Entry): string {
  const text = kind.example;
  const marks = readAs(kind, entry);
  const count = { next: 1 };
  // A profile is a design's own; what an example builds on is left out.
  const profile = marks.find((mark) => mark.is === 'profile');
  const colon = profile ? text.lastIndexOf(':', profile.start) : -1;
  const head = stops(text, entry.word.end + 1, colon >= 0 ? colon : entry.headEnd, marks, count).trimEnd();
  if (!entry.body) return count.next === 1 ? `${head} $0` : head;
  const lines: string[] = [];
  for (const line of entry.body.entries) {
    if (!Object.hasOwn(kind.props, line.word.text) || line.body || count.next > maxStops - 1) continue;
    lines.push(`\t${stops(text, line.start, line.end, marks, count)}\n`);
  }
  return `${head} {\n${lines.join('')}\t$0\n}`;
}

/** A stretch of an example with its names and values as tab stops. */
function stops(text: string, from: number, to: number, marks: readonly Mark[], count: { next: number }): string {
  let made = '';
  let at = from;
  for (const [index, mark] of marks.entries()) {
    if (mark.start < at || mark.end > to || (mark.is !== 'name' && mark.is !== 'label' && mark.is !== 'value')) continue;
    made += escaped(text.slice(at, mark.start));
    at = mark.end;
    const choices = mark.is === 'value' && mark.operand.type.kind.is === 'choice' ? Object.keys(mark.operand.type.kind.of) : [];
    // A list is one tab stop.
    if (mark.is === 'value' && choices.length === 0)
      for (const next of marks.slice(index + 1))
        if (next.is === 'value' && next.key === mark.key && next.path.join() === mark.path.join() && next.start === at + 2)
          at = next.end;
    const own = text.slice(mark.start, at);
    const stop = count.next;
    count.next += 1;
    if (choices.length > 1 && choices.every((choice) => !/[,|]/.test(choice)))
      made += `\${${stop}|${[own, ...choices.filter((choice) => choice !== own)].join(',')}|}`;
    else if (/^"[^"]*"$/.test(own)) made += `"\${${stop}:${escaped(own.slice(1, -1))}}"`;
    else made += `\${${stop}:${escaped(own)}}`;
  }
  return made + escaped(text.slice(at, to));
}
