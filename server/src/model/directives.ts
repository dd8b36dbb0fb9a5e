/** The lines that declare no thing: `profile`, `let`, `import`, `catalog`, `lintel`; whether they are written as they have to be. */

import type { Entry } from '../syntax/ast.ts';
import type { Environment } from './lower/draft.ts';
import { profileHead } from './lower/profiles.ts';
import { checkProfile } from './lower.ts';
import type { LowerProblem } from './problem.ts';

/** A profile is checked where it stands, whether or not anything uses it. */
export function checkProfileLine(entry: Entry, environment: Environment): readonly LowerProblem[] {
  const head = profileHead(entry);
  const whole = { start: entry.word.start, end: entry.groups.at(-1)?.at(-1)?.end ?? entry.word.end };
  if (!head.name || head.skip < 3 || !head.kindTerm)
    return [
      {
        code: 'LNT107',
        severity: 'error',
        message: 'A profile is written "profile NAME of KIND { … }", for example: profile esxi of host { … }.',
        ...whole,
      },
    ];
  if (!head.kind)
    return [
      {
        code: 'LNT107',
        severity: 'error',
        message: 'What stands behind "of" is no kind of thing; it is "host" or "vm", for example.',
        start: head.kindTerm.start,
        end: head.kindTerm.end,
      },
    ];
  return checkProfile(entry, head.kind, head.skip, environment);
}

/** `let NAME = VALUE`. */
export function checkLet(entry: Entry): readonly LowerProblem[] {
  const name = entry.groups[0]?.[0];
  const ok =
    name?.kind === 'name' && entry.groups[1]?.[0].kind === 'equals' && entry.groups[2] !== undefined && entry.groups.length === 3;
  return ok
    ? []
    : [
        {
          code: 'LNT102',
          severity: 'error',
          message: 'A value is named with "let NAME = VALUE", for example: let offset = 100.',
          start: entry.word.start,
          end: Math.max(entry.word.end, entry.groups.at(-1)?.at(-1)?.end ?? 0),
        },
      ];
}

/** `import "FILE"`, `catalog "FILE"`, `lintel 1`. */
export function checkDirective(entry: Entry): readonly LowerProblem[] {
  const term = entry.groups[0]?.[0];
  if (entry.word.text === 'lintel') {
    if (term?.kind === 'number' && term.text === '1') return [];
    return [
      {
        code: 'LNT103',
        severity: 'error',
        message: 'This Lintel knows edition 1 of the language: lintel 1.',
        start: term?.start ?? entry.word.start,
        end: term?.end ?? entry.word.end,
        suggestions: term ? ['1'] : [],
      },
    ];
  }
  if (term?.kind === 'text' && term.plain !== undefined) return [];
  const example = entry.word.text === 'import' ? 'import "common/networks.lintel"' : 'catalog "vendor-hcl.json"';
  return [
    {
      code: 'LNT102',
      severity: 'error',
      message: `"${entry.word.text}" takes the path of a file in quotes: ${example}.`,
      start: entry.word.start,
      end: entry.word.end,
    },
  ];
}
