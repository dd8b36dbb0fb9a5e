/** What the editor takes words for is what lowering takes them for. */
import { describe, expect, it } from 'vitest';
import { pathInUnit, traceOf } from '../../server/src/analysis/locate.ts';
import { readingOf, readingsMade } from '../../server/src/ide/reading/reading.ts';
import { walk } from '../../server/src/model/entity.ts';
import type { Project } from '../../server/src/model/project.ts';
import { rules } from '../../server/src/rules/generated/index.ts';
import { openSource } from '../../server/src/syntax/sourceFile.ts';
import { open } from '../kit/lintel.ts';
import { plant } from './sample.ts';

/** Places that lowering bound and that the reading takes for something else. */
function differences(text: string): readonly string[] {
  const { workspace } = open(text);
  const found: string[] = [];
  for (const root of workspace.roots()) {
    for (const design of workspace.designs(root)) if (design.root === root) found.push(...differencesIn(design.project));
  }
  return found;
}

function differencesIn(project: Project): readonly string[] {
  const found: string[] = [];
  for (const uri of project.files().keys()) {
    for (const holder of project.holders(uri)) {
      const { origins } = traceOf(project, holder);
      for (const entity of walk(holder.unit.root)) {
        const prefix = `${pathInUnit(entity)}#`;
        for (const [key, list] of origins) {
          if (!key.startsWith(prefix) || key.slice(prefix.length).includes('/')) continue;
          const prop = key.slice(prefix.length);
          for (const origin of list) {
            const { chunk } = origin.state;
            const { marks, blocks } = readingOf(chunk, project);
            const words = prop.split('.').filter((part) => !/^\d+$/.test(part));
            const fits =
              prop === ''
                ? blocks.some((block) => block.word.start === origin.word.start && block.kind.word === entity.kind)
                : marks.some(
                    (mark) =>
                      (mark.is === 'prop' || mark.is === 'value') &&
                      mark.block.kind.word === entity.kind &&
                      mark.start >= origin.word.start &&
                      mark.end <= Math.max(origin.span.end, origin.word.end) &&
                      startsWith(words, mark.path),
                  );
            if (!fits)
              found.push(`${entity.kind} ${entity.name}: ${prop} at "${chunk.text.slice(origin.word.start, origin.span.end)}"`);
          }
        }
      }
    }
  }
  return found;
}

const startsWith = (words: readonly string[], path: readonly string[]): boolean => path.every((word, k) => words[k] === word);

describe('reading', () => {
  it('agrees with lowering on the sample', () => {
    expect(differences(plant)).toEqual([]);
  });

  it('agrees with lowering on the examples of all rules', () => {
    const texts = rules.flatMap((rule) => [...rule.examples.bad, ...rule.examples.good].map((example) => example.text));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.flatMap(differences)).toEqual([]);
  });

  it('knows the kind of a line that starts with the name of something inherited', () => {
    const { workspace } = open(
      'profile p of host {\n  vswitch v { vmkernel vmk0 }\n}\nhost a : p {\n  vmk0 mtu 9000\n  v mtu 1500\n  w mtu 1\n}',
    );
    const project = workspace.designs('file:///design/main.lintel')[0]!.project;
    const chunk = project.chunks('file:///design/main.lintel')[1]!.chunk;
    expect(readingOf(chunk, project).blocks.map((block) => `${block.kind.word}${block.override ? ' again' : ''}`)).toEqual([
      'host',
      'vmkernel again',
      'vswitch again',
    ]);
    expect(readingOf(chunk, project).marks.find((mark) => mark.is === 'unknown')).toMatchObject({
      start: chunk.text.indexOf('w mtu'),
    });
  });

  it('is made anew when a profile changes, and only then', () => {
    const profile = (word: string): string => `profile p of host {\n  vswitch v { ${word} x }\n}`;
    const { workspace } = open(
      `--- main.lintel\n${profile('vmkernel')}\n--- a.lintel\nimport "main.lintel"\nhost a : p {\n  x note "y"\n}`,
    );
    const project = workspace.designs('file:///design/a.lintel')[0]!.project;
    const chunk = project.chunks('file:///design/a.lintel')[1]!.chunk;
    const kinds = (): string =>
      readingOf(chunk, project)
        .blocks.map((block) => block.kind.word)
        .join(' ');
    const first = readingOf(chunk, project);
    expect(kinds()).toBe('host vmkernel');
    expect(readingOf(chunk, project)).toBe(first);
    workspace.setFile('file:///design/main.lintel', openSource(profile('portgroup')));
    workspace.update();
    expect(kinds()).toBe('host portgroup');
    expect(readingsMade()).toBeGreaterThan(0);
  });
});
