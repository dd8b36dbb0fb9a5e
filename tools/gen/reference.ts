/** docs/language-reference.md from the vocabulary, docs/rules/*.md from the rules. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wanted } from '../../server/src/model/values.ts';
import { rules } from '../../server/src/rules/generated/index.ts';
import type { Kind, Prop, ValueKind } from '../../server/src/schema/types.ts';
import { directives, kinds } from '../../server/src/schema/vocabulary.ts';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
const choicesOf = (kind: ValueKind): string =>
  kind.is === 'choice'
    ? Object.entries(kind.of)
        .map(([word, doc]) => `\`${word}\` ${doc}`)
        .join('<br>')
    : wanted(kind);

function takes(prop: Prop): string {
  const parts = Object.values(prop.operands).map(
    (operand) =>
      `${operand.after !== undefined ? `\`${operand.after}\` ` : ''}${choicesOf(operand.type.kind)}${operand.list ? ' (several, with commas)' : ''}${operand.optional ? ' (optional)' : ''}`,
  );
  return parts.join(', then ');
}

function rowsOf(props: Readonly<Record<string, Prop>>, prefix: string): string[] {
  return Object.entries(props).flatMap(([word, prop]) => {
    const only = prop.hypervisors ? ` Only for ${prop.hypervisors.join(', ')}.` : '';
    return [
      `| \`${prefix}${word}\` | ${cell(takes(prop))} | ${cell(prop.doc)}${only}${prop.example !== undefined ? ` \`${cell(prop.example)}\`` : ''} |`,
      ...rowsOf(prop.props, `${prefix}${word} … `),
    ];
  });
}

function chapter(kind: Kind): string {
  const names = [kind.word, ...kind.aliases].map((word) => `\`${word}\``).join(', ');
  return [
    `### ${kind.word}`,
    '',
    kind.doc,
    '',
    `${names}${kind.top ? ' stands at the top of a design' : ''}${kind.children.length > 0 ? `${kind.top ? ';' : ''} holds ${kind.children.map((child) => `[${child}](#${child})`).join(', ')}` : ''}.`.replace(
      /^(`[^.]*`)\.$/,
      '$1',
    ),
    '',
    '```lintel',
    kind.example,
    '```',
    '',
    ...(Object.keys(kind.props).length > 0
      ? ['| property | takes | meaning |', '|---|---|---|', ...rowsOf(kind.props, ''), '']
      : []),
  ].join('\n');
}

export function generate(root: string): [string, string][] {
  const all = Object.values(kinds) as unknown as Kind[];
  const areas = [...new Set(all.map((kind) => kind.area))];
  const reference = [
    '<!-- Made by tools/gen from server/src/schema; do not edit. -->',
    '# Language reference',
    '',
    'Every word of the language. How the words go together is told in [language.md](language.md).',
    '',
    ...areas.map(
      (area) =>
        `- **${area}**: ${all
          .filter((kind) => kind.area === area)
          .map((kind) => `[${kind.word}](#${kind.word})`)
          .join(', ')}`,
    ),
    '',
    '## Directives',
    '',
    '| word | meaning |',
    '|---|---|',
    ...Object.entries(directives).map(([word, doc]) => `| \`${word}\` | ${cell(doc)} |`),
    '',
    ...areas.flatMap((area) => [
      `## ${area[0]?.toUpperCase()}${area.slice(1)}`,
      '',
      ...all.filter((kind) => kind.area === area).map(chapter),
    ]),
  ].join('\n');
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  const withoutMarks = (text: string): string =>
    text
      .split('\n')
      .filter((line) => !/^\s*\^+/.test(line))
      .join('\n')
      .trim();
  const pages = sorted.map((rule): [string, string] => [
    `docs/rules/${rule.code}.md`,
    [
      '<!-- Made by tools/gen from the rule; do not edit. -->',
      `# ${rule.code}: ${rule.summary}`,
      '',
      `\`${rule.name}\` · ${rule.severity}${rule.fixable ? ' · has a quick fix' : ''}`,
      '',
      '## Why',
      '',
      rule.why,
      '',
      '## What to do',
      '',
      rule.remedy,
      '',
      '## Examples',
      '',
      ...rule.examples.bad.flatMap((example) => [
        `Found: ${example.title}`,
        '',
        '```lintel',
        withoutMarks(example.text),
        '```',
        '',
        ...(example.fixed !== undefined ? ['After the quick fix:', '', '```lintel', example.fixed.trim(), '```', ''] : []),
      ]),
      ...rule.examples.good.flatMap((example) => [
        `Fine: ${example.title}`,
        '',
        '```lintel',
        withoutMarks(example.text),
        '```',
        '',
      ]),
      '## Sources',
      '',
      ...rule.sources.map((source) => `- ${source}`),
      '',
    ].join('\n'),
  ]);
  const index = [
    '<!-- Made by tools/gen from the rules; do not edit. -->',
    '# Rules',
    '',
    `${rules.length} rules. Severities can be changed in the settings or with \`policy { severity NET009 error }\` in the design.`,
    '',
    '| code | severity | fix | what it finds |',
    '|---|---|---|---|',
    ...sorted.map(
      (rule) => `| [${rule.code}](${rule.code}.md) | ${rule.severity} | ${rule.fixable ? 'yes' : ''} | ${cell(rule.summary)} |`,
    ),
    '',
  ].join('\n');
  const expected = new Set([...pages.map(([path]) => path), 'docs/rules/README.md']);
  const extra = readdirSync(join(root, 'docs', 'rules'), { withFileTypes: true }).filter(
    (entry) => !expected.has(`docs/rules/${entry.name}`),
  );
  if (extra.length > 0) throw new Error(`docs/rules holds pages of no rule: ${extra.map((entry) => entry.name).join(', ')}`);
  return [['docs/language-reference.md', reference], ['docs/rules/README.md', index], ...pages];
}
