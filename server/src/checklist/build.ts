/**
 * The checklist of a design as plain data: every task asked for its items, each with its id, its place in the text and what the
 * design remarks on it. Knows no Markdown and no files; what lies outside of the model comes in from the caller.
 */
import { type Entity, idOf, pathOf } from '../model/entity.ts';
import type { Model } from '../model/model.ts';
import type { Command } from './command.ts';
import { idsOf } from './id.ts';
import { refText } from './show.ts';
import { type Draft, type PhaseId, phases, type Role, type Task } from './task.ts';
import { tasks as allTasks } from './tasks/index.ts';
import type { Text } from './text.ts';

/** An item of the list. */
export interface Item {
  /** `NET-4F2AK`. */
  readonly id: string;
  /** Id and path of the element of the design: `host:esx1/nic:vmnic0`, `esx1.vmnic0`. */
  readonly subject: string;
  readonly path: string;
  /** `plant.lintel:42`. */
  readonly source?: string;
  readonly what: Draft['what'];
  readonly members: readonly string[];
  readonly detail: readonly Text[];
  readonly expected?: Text;
  readonly commands: readonly Command[];
  /** What the design says to the reader about the element; once in the list. */
  readonly remark?: string;
}

/** The items of one task. */
export interface Group {
  readonly task: string;
  readonly title: string;
  readonly role: Role;
  readonly record: string;
  readonly expected?: string;
  readonly intro?: string;
  readonly columns?: readonly string[];
  readonly blanks: readonly string[];
  readonly closes: readonly string[];
  readonly items: readonly Item[];
}

export interface Phase {
  readonly id: PhaseId;
  readonly code: string;
  readonly name: string;
  readonly groups: readonly Group[];
}

/** A finding that is still open when the list is made. */
export interface OpenFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly source: string;
}

export interface Waiver {
  readonly rule?: string;
  readonly on: readonly string[];
  readonly until?: string;
  readonly because?: string;
  readonly source?: string;
}

export interface TitleBlock {
  /** What the list is called: the label of the design, or its file. */
  readonly name: string;
  readonly about?: string;
  readonly customer?: string;
  readonly owner?: string;
  readonly author?: string;
  readonly revision?: string;
  readonly date?: string;
  readonly note?: string;
  /** Root file of the design. */
  readonly file: string;
}

export interface Checklist {
  readonly title: TitleBlock;
  readonly before: { readonly findings: readonly OpenFinding[]; readonly waivers: readonly Waiver[]; readonly questions: number };
  readonly phases: readonly Phase[];
  /** Number of items. */
  readonly count: number;
}

/** What the list needs from outside of the model. */
export interface Surroundings {
  /** Where something is said: `plant.lintel:42`. */
  locate(entity: Entity, prop?: string): string | undefined;
  readonly file: string;
  readonly findings: readonly OpenFinding[];
  /** How many hints (questions) are open. */
  readonly questions: number;
  /** Whether there is a rule of this code; absent: all are taken for known. */
  knowsRule?(code: string): boolean;
}

interface Made {
  readonly task: Task;
  readonly draft: Draft;
}

/** @param tasks other tasks than the built-in ones, for tests */
export function checklistOf(model: Model, around: Surroundings, tasks: readonly Task[] = allTasks): Checklist {
  const made = tasks.flatMap((task): Made[] => [...task.items(model)].map((draft) => ({ task, draft })));
  const ids = idsOf(keysOf(made));
  // A remark stands with the item that is about its thing alone; only what has none says it where it stands for its likes.
  const alone = new Set(made.flatMap(({ draft }) => (draft.scope === undefined ? [idOf(draft.subject)] : [])));
  const remarked = new Set<string>();
  const items = new Map<Task, Item[]>();
  for (const [at, { task, draft }] of made.entries()) {
    const item = itemOf(ids[at] ?? '', draft, around, (id) => !remarked.has(id) && (draft.scope === undefined || !alone.has(id)));
    if (item.remark !== undefined) remarked.add(item.subject);
    const list = items.get(task);
    if (list) list.push(item);
    else items.set(task, [item]);
  }
  const groupsOf = (phase: PhaseId): readonly Group[] =>
    tasks.flatMap((task) => (task.phase === phase && items.has(task) ? [groupOf(task, items.get(task) ?? [], around)] : []));
  return {
    title: titleBlock(model, around),
    before: { findings: around.findings, waivers: waiversOf(model, around), questions: around.questions },
    phases: phases.map((phase) => ({ ...phase, groups: groupsOf(phase.id) })).filter((phase) => phase.groups.length > 0),
    count: made.length,
  };
}

const codeOf = (phase: PhaseId): string => phases.find(({ id }) => id === phase)?.code ?? '';

/** What each item is about. Two that stand for many under one name are told apart by the thing that they start with. */
function keysOf(made: readonly Made[]): readonly { readonly prefix: string; readonly key: string }[] {
  const scoped = ({ task, draft }: Made): string => [task.id, draft.scope ?? idOf(draft.subject), draft.part ?? ''].join('\n');
  const uses = new Map<string, number>();
  for (const item of made) uses.set(scoped(item), (uses.get(scoped(item)) ?? 0) + 1);
  return made.map((item) => {
    const key = scoped(item);
    const shared = item.draft.scope !== undefined && (uses.get(key) ?? 0) > 1;
    return { prefix: codeOf(item.task.phase), key: shared ? `${key}\n${idOf(item.draft.subject)}` : key };
  });
}

function itemOf(id: string, draft: Draft, around: Surroundings, wantsRemark: (id: string) => boolean): Item {
  const { subject } = draft;
  const source = around.locate(subject, draft.prop);
  const remark = wantsRemark(idOf(subject)) ? remarkOf(subject) : undefined;
  return {
    id,
    subject: idOf(subject),
    path: pathOf(subject),
    ...(source !== undefined ? { source } : {}),
    what: draft.what,
    members: draft.members ?? [],
    detail: draft.detail ?? [],
    ...(draft.expected ? { expected: draft.expected } : {}),
    commands: draft.commands ?? [],
    ...(remark !== undefined ? { remark } : {}),
  };
}

/** What the design says to the reader: the `///` lines above something, and its `note`. The title block shows those of the design. */
function remarkOf(entity: Entity): string | undefined {
  if (entity.kind === 'design') return undefined;
  const { note } = entity.props as { readonly note?: string };
  const said = [entity.doc, note].flatMap((text) => (text === undefined || text.trim() === '' ? [] : [flowing(text)]));
  return said.length === 0 ? undefined : said.join(' ');
}

/** A remark of several lines, as one. */
const flowing = (text: string): string => text.trim().replace(/\s*\n\s*/gu, ' ');

function groupOf(task: Task, items: readonly Item[], around: Surroundings): Group {
  const { id, title, role, record, expected, intro, columns, blanks, closes } = task;
  return {
    task: id,
    title,
    role,
    record,
    ...(expected !== undefined ? { expected } : {}),
    ...(intro !== undefined ? { intro } : {}),
    ...(columns ? { columns } : {}),
    blanks: blanks ?? [],
    closes: (closes ?? []).filter((rule) => around.knowsRule?.(rule) ?? true),
    items,
  };
}

function titleBlock(model: Model, around: Surroundings): TitleBlock {
  const [design] = model.all('design');
  if (!design) return { name: around.file.replace(/^.*\//su, '').replace(/\.lintel$/u, ''), file: around.file };
  const { customer, owner, author, revision, date, note } = design.props;
  return {
    name: design.label ?? design.name,
    file: around.file,
    ...(design.doc !== undefined ? { about: flowing(design.doc) } : {}),
    ...(customer !== undefined ? { customer } : {}),
    ...(owner !== undefined ? { owner } : {}),
    ...(author !== undefined ? { author } : {}),
    ...(revision !== undefined ? { revision } : {}),
    ...(date !== undefined ? { date } : {}),
    ...(note !== undefined ? { note: flowing(note) } : {}),
  };
}

/** Waivers have no names: they stand in the order of what they say. */
function waiversOf(model: Model, around: Surroundings): readonly Waiver[] {
  const list = model.all('waive').map((entity): Waiver => {
    const { finding, on, until, because } = entity.props;
    const source = around.locate(entity);
    return {
      on: (on ?? []).map((ref) => refText(ref) ?? ''),
      ...(finding !== undefined ? { rule: finding } : {}),
      ...(until !== undefined ? { until } : {}),
      ...(because !== undefined ? { because } : {}),
      ...(source !== undefined ? { source } : {}),
    };
  });
  const key = (waiver: Waiver): string => JSON.stringify([waiver.until ?? '', waiver.rule, waiver.on, waiver.because]);
  return list.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
