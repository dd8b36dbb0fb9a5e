/** The TextMate grammar, from the vocabulary. */
import type { Kind, Prop } from '../../server/src/schema/types.ts';
import { directives, kinds } from '../../server/src/schema/vocabulary.ts';
import { dimensions, unitsOf } from '../../server/src/values/quantity.ts';

const quoteForPattern = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Longest first, so that `anti-affinity` is not taken for `anti`. */
const anyOf = (words: Iterable<string>): string =>
  [...new Set(words)]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(quoteForPattern)
    .join('|');

function* propWords(props: Readonly<Record<string, Prop>>): Generator<string> {
  for (const [word, prop] of Object.entries(props)) {
    yield word;
    yield* propWords(prop.props);
  }
}
function* choiceWords(props: Readonly<Record<string, Prop>>): Generator<string> {
  for (const prop of Object.values(props)) {
    for (const operand of Object.values(prop.operands))
      if (operand.type.kind.is === 'choice')
        for (const word of Object.keys(operand.type.kind.of)) if (/^[a-z]/.test(word)) yield word;
    yield* choiceWords(prop.props);
  }
}

export function generate(): [string, string][] {
  const all = Object.values(kinds) as unknown as Kind[];
  const kindWords = anyOf(all.flatMap((kind) => [kind.word, ...kind.aliases]));
  const properties = anyOf(all.flatMap((kind) => [...propWords(kind.props)]));
  const choices = anyOf(all.flatMap((kind) => [...choiceWords(kind.props)]));
  const units = anyOf(dimensions.flatMap((dimension) => [...unitsOf(dimension)]));
  const boundary = '(?![\\w-])';
  const grammar = {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'Lintel',
    scopeName: 'source.lintel',
    comment: 'Made by tools/gen from the vocabulary; do not edit.',
    patterns: [{ include: '#comments' }, { include: '#declaration' }, { include: '#value' }],
    repository: {
      comments: {
        patterns: [
          { name: 'comment.line.documentation.lintel', match: '///.*$' },
          { name: 'comment.line.double-slash.lintel', match: '//.*$' },
          { name: 'comment.block.lintel', begin: '/\\*(?=(?:[^*/]|\\*(?!/)|/(?!\\*))*(?:\\*/|$))', end: '\\*/' },
        ],
      },
      declaration: {
        patterns: [
          {
            match: `^\\s*(profile)\\s+([\\w-]+|"[^"]*")\\s+(of)\\s+(${kindWords})${boundary}`,
            captures: {
              1: { name: 'keyword.control.lintel' },
              2: { name: 'entity.name.type.lintel' },
              3: { name: 'keyword.control.lintel' },
              4: { name: 'storage.type.lintel' },
            },
          },
          { match: `^\\s*(${anyOf(Object.keys(directives))})${boundary}`, captures: { 1: { name: 'keyword.control.lintel' } } },
          {
            match: `(?:^\\s*|(?<=[{;])\\s*)(${kindWords})\\s+([A-Za-z_][\\w-]*|"[^"]*")?`,
            captures: { 1: { name: 'storage.type.lintel' }, 2: { name: 'entity.name.type.lintel' } },
          },
          { match: ':\\s*([A-Za-z_][\\w-]*)', captures: { 1: { name: 'entity.other.inherited-class.lintel' } } },
        ],
      },
      value: {
        patterns: [
          {
            name: 'string.quoted.double.lintel',
            begin: '"',
            end: '"|$',
            patterns: [
              { name: 'constant.character.escape.lintel', match: '\\\\.' },
              { name: 'meta.interpolation.lintel', match: '\\{[^}"]*\\}' },
            ],
          },
          { name: 'constant.numeric.address.lintel', match: '\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,3})?\\b' },
          { name: 'constant.numeric.address.lintel', match: '\\b[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5,7}\\b' },
          { name: 'constant.numeric.date.lintel', match: '\\b\\d{4}-\\d{2}-\\d{2}\\b' },
          {
            match: `\\b(\\d+(?:\\.\\d+)?)(${units})(?![\\w])`,
            captures: { 1: { name: 'constant.numeric.lintel' }, 2: { name: 'keyword.other.unit.lintel' } },
          },
          { name: 'constant.numeric.lintel', match: '\\b\\d[\\w.]*' },
          { name: 'constant.language.lintel', match: `\\b(?:yes|no)${boundary}` },
          { name: 'variable.parameter.lintel', match: `(?<![\\w.-])(?:${properties})${boundary}(?!\\.)` },
          { name: 'support.constant.lintel', match: `(?<![\\w.-])(?:${choices})${boundary}(?!\\.)` },
          { name: 'keyword.operator.lintel', match: '\\.\\.|[+*/%=-]' },
        ],
      },
    },
  };
  return [['syntaxes/lintel.tmLanguage.json', `${JSON.stringify(grammar, null, 2)}\n`]];
}
