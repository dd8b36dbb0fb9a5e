/** What holds for every design, whole or broken: formatting is a fixed point, changes no meaning, and loses nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../server/src/syntax/format/chunk.ts';
import { commentWords } from '../../server/src/syntax/format/same.ts';
import { formatEdits, formatRange, formatText } from '../../server/src/syntax/format.ts';
import { locate, openSource, type Place, type SourceFile, textOf } from '../../server/src/syntax/sourceFile.ts';
import { broken, design } from './designs.ts';

const runs = Number(process.env.LINTEL_FUZZ ?? 150);

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === 'start' || key === 'end' || key === 'headEnd' ? undefined : part)),
  );
const meaning = (file: SourceFile): unknown => plain(file.chunks.flatMap((chunk) => chunk.parsed.entries));

/** Each comment with the signs of the design that stand before it, and whether any of them stands on its line. */
function commentsOf(file: SourceFile): unknown[] {
  let signs = 0;
  return file.chunks.flatMap((chunk) => {
    let at = 0;
    const count = (stop: number): void => {
      signs += chunk.text.slice(at, stop).replaceAll(/[\s;]/g, '').length;
    };
    const found = chunk.parsed.comments.map((comment) => {
      count(comment.start);
      at = comment.end;
      const front =
        chunk.text
          .slice(0, comment.start)
          .split(/[\r\n]/)
          .at(-1) ?? '';
      return {
        text: commentWords(comment, chunk.text),
        signs,
        behind: comment.kind === 'block' ? undefined : /[^\s;]/.test(front),
      };
    });
    count(chunk.text.length);
    return found;
  });
}

/** The text with all edits applied at once, as an editor does it. */
function applied(file: SourceFile): string {
  let text = textOf(file);
  const offset = (place: Place): number => {
    const { chunk, offset: own } = locate(file, place);
    return file.chunks.slice(0, chunk).reduce((sum, { text: before }) => sum + before.length, own);
  };
  let below = text.length;
  for (const { range, newText } of formatEdits(file).toReversed()) {
    const [start, end] = [offset(range.start), offset(range.end)];
    expect(end).toBeLessThanOrEqual(below);
    text = text.slice(0, start) + newText + text.slice(end);
    below = start;
  }
  return text;
}

describe.each([
  ['whole', design],
  ['broken', broken],
] as const)('%s designs', (kind, arbitrary) => {
  test('formatting is a fixed point', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const once = formatText(text);
        expect(formatText(once)).toBe(once);
      }),
      { numRuns: runs },
    );
  });

  test('formatting changes neither meaning nor comments', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const before = openSource(text);
        const after = openSource(formatText(text));
        expect(meaning(after)).toEqual(meaning(before));
        expect(commentsOf(after)).toEqual(commentsOf(before));
      }),
      { numRuns: runs },
    );
  });

  test('chunks with problems stay as they are, all others are formatted', () => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        const file = openSource(text);
        const after = formatText(text);
        let at = 0;
        for (const chunk of file.chunks) {
          if (chunk.parsed.problems.length > 0) {
            const found = after.indexOf(chunk.text, at);
            expect(found).toBeGreaterThanOrEqual(at);
            at = found + chunk.text.length;
          } else {
            // The guard against changes of meaning is never needed, except for a list under a comment that ends further right.
            if (layoutOf(chunk).rows === undefined) expect(chunk.text).toMatch(/\/\*[^/]*[\r\n][^/]*\*\/[^\r\n]*,/);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test('edits give the formatted text', () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(30), fc.nat(10), (text, first, count) => {
        const file = openSource(text);
        expect(applied(file)).toBe(formatText(text));
        const all = formatEdits(file);
        for (const edit of formatRange(file, first, first + count)) expect(all).toContainEqual(edit);
      }),
      { numRuns: runs },
    );
  });

  if (kind === 'whole') {
    test('no trailing spaces, no two blank lines, one line end at the end', () => {
      fc.assert(
        fc.property(arbitrary, (text) => {
          const file = openSource(text);
          fc.pre(file.chunks.every((chunk) => layoutOf(chunk).rows !== undefined));
          const after = formatText(text).replace('\uFEFF', '').replaceAll('\r\n', '\n');
          expect(after).not.toMatch(/[ \t]\n|\n\n\n|^\n|\n\n$|\r/);
          expect(after === '' || after.endsWith('\n')).toBe(true);
        }),
        { numRuns: runs },
      );
    });
  }
});

describe('edits of a file', () => {
  const text = 'host a {\n  x   1\n  y 2\n  z   3\n}\n\n\n\nhost  b\nnic a speed 1\nnic bcd speed 1\n';

  test('touch no line that stays', () => {
    expect(formatEdits(openSource(text)).map(({ range, newText }) => [range.start.line, range.end.line, newText])).toEqual([
      [1, 2, '  x 1\n'],
      [3, 4, '  z 3\n'],
      [6, 8, ''],
      [8, 9, 'host b\n'],
      [9, 10, 'nic a   speed 1\n'],
    ]);
  });

  test('are none for what is formatted', () => {
    expect(formatEdits(openSource(formatText(text)))).toEqual([]);
  });

  test('of a range are those of its chunks, tables included', () => {
    const edits = formatRange(openSource(text), 9, 9);
    expect(edits.map(({ range, newText }) => [range.start.line, range.end.line, newText])).toEqual([
      [9, 10, 'nic a   speed 1\n'],
    ]);
    expect(new Set(formatRange(openSource(text), 4, 4).map(({ chunk }) => chunk))).toEqual(new Set([0]));
    expect(formatRange(openSource('host  a'), 0, 0)).toEqual([
      { chunk: 0, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } }, newText: 'host a\n' },
    ]);
  });
});
