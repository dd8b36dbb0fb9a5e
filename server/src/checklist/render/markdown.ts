/**
 * The checklist as Markdown: what an engineer prints, fills in and signs. Tasks with columns become tables, all others lists with
 * boxes to tick; commands stand where they are needed. The same list gives the same bytes.
 */
import type { Checklist, Group, Item, Phase } from '../build.ts';
import type { Command } from '../command.ts';
import { isRow } from '../task.ts';
import { runs } from '../text.ts';
import { block, escapeCode, escapeWords, fenced, inline } from './escape.ts';

const blankLine = String.raw`\_\_\_\_`;
const box = '☐';

export function renderMarkdown(list: Checklist): string {
  if (list.count === 0) return `${emptyText(list).join('\n')}\n`;
  const lines = [
    ...titleBlock(list),
    ...howTo,
    ...beforeYouStart(list),
    ...list.phases.flatMap((phase, at) => phaseText(phase, at + 1)),
    ...signOff(list),
  ];
  return `${lines.join('\n')}\n`;
}

function emptyText({ title, before }: Checklist): readonly string[] {
  return [
    `# Deployment checklist: ${escapeWords(title.name)}`,
    '',
    `The design ${escapeCode(title.file)} has nothing to deploy yet: no hosts, no switches, no VMs.`,
    'Write the first host (`host esx1 { hypervisor esxi 8.0u3 }`), its adapters, and what runs on it; then make this list again.',
    ...(before.findings.length > 0 ? ['', ...findingsTable(before.findings)] : []),
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
];

// ── title block ───────────────────────────────────────────────────────────────────────────────────────────────────────

function titleBlock({ title, phases, count, before }: Checklist): readonly string[] {
  const words = (text: string | undefined): string => (text === undefined ? blankLine : escapeWords(text));
  const fields: (readonly string[])[] = [
    ['Design', `${words(title.name)} (${escapeCode(title.file)})`],
    ...(title.customer === undefined ? [] : [['Customer', words(title.customer)]]),
    ['Revision', words(title.revision)],
    ['Date of the revision', words(title.date)],
    ['Owner', words(title.owner)],
    ['Author', words(title.author)],
    ['Items', String(count)],
    [
      'Open findings',
      `${tally(before.findings)}; ${before.questions === 1 ? '1 question' : `${before.questions} questions`} of the design unanswered`,
    ],
    ['Carried out at', blankLine],
    ['From, to', `${blankLine}, ${blankLine}`],
  ];
  return [
    `# Deployment checklist: ${escapeWords(title.name)}`,
    '',
    ...(title.about === undefined ? [] : [block([title.about]), '']),
    ...(title.note === undefined ? [] : [block([title.note]), '']),
    ...table(['', ''], fields),
    '',
    ...table(
      ['Phase', 'Items', 'Done', 'Who'],
      phases.map((phase, at) => [`${at + 1}. ${phase.name}`, String(itemsOf(phase)), blankLine, rolesOf(phase)]),
    ),
    '',
  ];
}

const itemsOf = (phase: Phase): number => phase.groups.reduce((sum, group) => sum + group.items.length, 0);
const rolesOf = (phase: Phase): string => [...new Set(phase.groups.map((group) => group.role))].join(', ');

function tally(findings: Checklist['before']['findings']): string {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  return `${errors === 1 ? '1 error' : `${errors} errors`}, ${warnings === 1 ? '1 warning' : `${warnings} warnings`}`;
}

const howTo: readonly string[] = [
  `- ${blankLine} is a value that the design leaves open, or a result to record. Fill in open values here and in the design, then make the list again: the ids stay.`,
  '- A test without a recorded result has not been passed. What fails goes to the punch list at the end, with its id.',
  '- Commands hold the names of the design. Where the management server knows a host by its full name, write that. Read before you run: they change the system.',
  '',
];

// ── before you start ──────────────────────────────────────────────────────────────────────────────────────────────────

function beforeYouStart({ before }: Checklist): readonly string[] {
  const { findings, waivers, questions } = before;
  const lines: string[] = ['## Before you start', ''];
  if (findings.length === 0) lines.push('The design has no open errors and no warnings.', '');
  else {
    lines.push(
      `The design has ${tally(findings)}. Nobody deploys over an error; a warning is mended, or waived with a reason.`,
      '',
    );
    lines.push(...findingsTable(findings), '');
  }
  if (questions > 0)
    lines.push(
      `Besides, ${questions === 1 ? '1 question is' : `${questions} questions are`} unanswered (hints): \`lintel check\` asks them.`,
      '',
    );
  if (waivers.length > 0) {
    lines.push('Accepted for a time:', '');
    lines.push(
      ...table(
        ['Rule', 'On', 'Until', 'Because', 'Source'],
        waivers.map(({ rule, on, until, because, source }) => [
          rule === undefined ? blankLine : escapeWords(rule),
          on.length === 0 ? 'the whole design' : on.map(escapeCode).join(', '),
          until ?? blankLine,
          because === undefined ? blankLine : escapeWords(because),
          source === undefined ? '' : escapeCode(source),
        ]),
      ),
      '',
    );
  }
  return lines;
}

const mostFindings = 200;

function findingsTable(findings: Checklist['before']['findings']): readonly string[] {
  const shown = findings.slice(0, mostFindings);
  return [
    ...table(
      ['Rule', '', 'Finding', 'Source', 'Decision, by, date'],
      shown.map(({ rule, severity, message, source }) => [
        escapeWords(rule),
        severity,
        escapeWords(message),
        escapeCode(source),
        blankLine,
      ]),
    ),
    ...(findings.length > shown.length
      ? ['', `And ${findings.length - shown.length} more: \`lintel check\` lists them all.`]
      : []),
  ];
}

// ── phases ────────────────────────────────────────────────────────────────────────────────────────────────────────────

function phaseText(phase: Phase, number: number): readonly string[] {
  return [`## ${number}. ${phase.name}`, '', ...phase.groups.flatMap(groupText)];
}

function groupText(group: Group): readonly string[] {
  const closes = group.closes.length === 0 ? [] : [`Rules: ${group.closes.join(', ')}.`];
  const about = [...(group.intro === undefined ? [] : [group.intro]), ...closes].join(' ');
  return [
    `### ${group.title}`,
    '',
    `*Who: ${group.role}. ${group.expected === undefined ? '' : `Expected: ${group.expected} `}Record: ${group.record}.*`,
    ...(about === '' ? [] : [about]),
    '',
    ...(group.columns ? tableText(group, group.columns) : group.items.flatMap(itemText)),
    '',
  ];
}

function tableText(group: Group, columns: readonly string[]): readonly string[] {
  const rows = group.items.map((item) => [
    item.id,
    ...(isRow(item.what) ? item.what : [item.what]).map((cell) => inline(cell)),
    ...group.blanks.map(() => blankLine),
    item.source === undefined ? '' : escapeCode(item.source),
    box,
  ]);
  const remarks = new Map<string, string[]>();
  for (const { id, remark, detail } of group.items) {
    const texts = [...(remark === undefined ? [] : [block([remark])]), ...detail.map(block)];
    for (const text of texts) remarks.set(text, [...(remarks.get(text) ?? []), id]);
  }
  const commands = mergeCommands(group.items);
  return [
    ...table(['ID', ...columns, ...group.blanks, 'Source', 'Done'], rows),
    ...(remarks.size > 0 ? ['', ...[...remarks].map(([text, ids]) => `- ${runsOfIds(ids)}: ${text}`)] : []),
    ...commands.flatMap((command) => ['', ...commandText(command, '')]),
  ];
}

const runsOfIds = (ids: readonly string[]): string =>
  ids.length > 4 ? `${ids.slice(0, 3).join(', ')} and ${ids.length - 3} more` : ids.join(', ');

/** The commands of a table stand below it, by shell, each under the id of its row. */
function mergeCommands(items: readonly Item[]): readonly Command[] {
  const merged = new Map<string, { shell: Command['shell']; where: string; lines: string[] }>();
  const refused: string[] = [];
  for (const item of items) {
    for (const command of item.commands) {
      if (command.refused) {
        refused.push(item.id);
        continue;
      }
      const key = `${command.shell} ${command.where}`;
      const block = merged.get(key) ?? { shell: command.shell, where: command.where, lines: [] };
      merged.set(key, block);
      block.lines.push(`# ${item.id}`, ...command.lines);
    }
  }
  const rest: readonly Command[] =
    refused.length === 0 ? [] : [{ shell: 'sh', where: refused.join(', '), lines: [], refused: true }];
  return [...merged.values(), ...rest];
}

function commandText(command: Command, indent: string): readonly string[] {
  if (command.refused) {
    const which = command.where === '' ? '' : ` (${escapeWords(command.where)})`;
    return [`${indent}- No command is given${which}: a name in it holds line breaks or invisible characters. Rename it first.`];
  }
  return fenced([`# ${command.where}`, ...command.lines], command.shell === 'powershell' ? 'powershell' : 'sh', indent);
}

function itemText(item: Item): readonly string[] {
  const what = isRow(item.what) ? item.what.flat() : item.what;
  const place = item.source === undefined ? escapeCode(item.path) : escapeCode(item.source);
  const lines = [`- [ ] **${item.id}** ${inline(what)} (${place})`];
  if (item.members.length > 0) lines.push(`  - On: ${membersText(item.members)}`);
  for (const line of item.detail) lines.push(`  - ${block(line)}`);
  if (item.remark !== undefined) lines.push(`  - Remark: ${inline([item.remark])}`);
  if (item.expected) lines.push(`  - Expected: ${inline(item.expected)}`);
  for (const command of item.commands) lines.push(...commandText(command, '  '));
  return lines;
}

/** A box to tick for each member; long lists are written as ranges, with one box for all. */
function membersText(members: readonly string[]): string {
  if (members.length <= 12) return members.map((member) => `${box} ${escapeCode(member)}`).join(' ');
  return `${box} ${runs(members).map(escapeCode).join(', ')} (${members.length})`;
}

// ── the end ───────────────────────────────────────────────────────────────────────────────────────────────────────────

function signOff({ phases }: Checklist): readonly string[] {
  const blanks = (number: number): readonly string[] => Array.from({ length: number }, () => '');
  const gates = [...phases.map((phase, at) => `${at + 1}. ${phase.name}`), 'FAT accepted', 'SAT accepted', 'System handed over'];
  return [
    '## Sign-off',
    '',
    'A phase is signed when all of its items are done, or stand in the punch list.',
    '',
    ...table(
      ['Phase', 'Name, company', 'Role', 'Signature', 'Date'],
      gates.map((gate) => [gate, ...blanks(4)]),
    ),
    '',
    '## Punch list',
    '',
    'Category A stops the acceptance, B has to be mended by the date, C is accepted as it is.',
    '',
    ...table(
      ['No', 'Item', 'Description', 'Category', 'Responsible', 'Due', 'Closed by, date'],
      Array.from({ length: 6 }, (_, at) => [String(at + 1), ...blanks(6)]),
    ),
  ];
}
