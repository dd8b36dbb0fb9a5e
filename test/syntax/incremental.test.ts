import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeSource, openSource, type SourceFile, textOf } from '../../server/src/syntax/sourceFile.ts';

/** Pieces that make designs, broken and whole. */
const piece = fc.constantFrom(
  'host esx1 {\n',
  '  memory 256GB\n',
  '}\n',
  'network a vlan 3\n',
  '/// doc\n',
  '// note\n',
  '/* open\n',
  ' closed */\n',
  '/* whole */',
  '"text',
  '"',
  ',',
  ',\n',
  '{',
  '}',
  '\n',
  '\r\n',
  ' ',
  'x',
  ':',
  '  vswitch v {\n',
  '  }\n',
  'nic b speed 1Gbps\n',
  'é',
  '[1..',
  ']',
  '(',
  '*/',
  '/*',
  'vm a on b {\nmemory 1GB\n}\n',
  '\\',
  '\t',
);
const design = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));

const edits = fc.array(
  fc.tuple(
    fc.nat(),
    fc.nat(12),
    fc.oneof(
      design.map((text) => text.slice(0, 40)),
      piece,
    ),
  ),
  { maxLength: 8 },
);

function placeOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\n|\r(?!\n)/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const shape = (file: SourceFile) =>
  file.chunks.map((chunk) => ({ text: chunk.text, lines: chunk.lines, net: chunk.net, parsed: chunk.parsed }));

describe('a file changed bit by bit', () => {
  test('is the file opened from scratch', () => {
    fc.assert(
      fc.property(design, edits, (start, list) => {
        let text = start;
        let file = openSource(text);
        for (const [where, length, insert] of list) {
          let from = text.length === 0 ? 0 : where % (text.length + 1);
          let to = Math.min(text.length, from + length);
          // No editor places a caret between CR and LF.
          if (text[from - 1] === '\r' && text[from] === '\n') from -= 1;
          if (text[to - 1] === '\r' && text[to] === '\n') to += 1;
          const range = { start: placeOf(text, from), end: placeOf(text, to) };
          text = text.slice(0, from) + insert + text.slice(to);
          file = changeSource(file, { range, text: insert });
          expect(textOf(file)).toBe(text);
          expect(shape(file)).toEqual(shape(openSource(text)));
        }
      }),
      { numRuns: Number(process.env.LINTEL_FUZZ ?? 500) },
    );
  });

  test('keeps the chunks it does not touch', () => {
    const before = openSource('host a {\n  memory 1GB\n}\nhost b {\n  memory 1GB\n}\nhost c\nhost d\nhost e\n');
    const after = changeSource(before, {
      range: { start: { line: 1, character: 9 }, end: { line: 1, character: 10 } },
      text: '2',
    });
    expect(after.chunks.length).toBe(before.chunks.length);
    expect(after.chunks.map((chunk, at) => chunk === before.chunks[at])).toEqual([false, true, true, true, true]);
  });

  test('an unclosed block spoils itself only', () => {
    const file = openSource('host a {\n  memory 1GB\nhost b {\n  memory 2GB\n}\n');
    expect(file.chunks.map((chunk) => chunk.parsed.entries.length)).toEqual([1, 1]);
    expect(file.chunks[1]?.parsed.problems).toEqual([]);
  });
});
