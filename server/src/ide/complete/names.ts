/** Proposals for names: what a place may name, the nearest first. */
import { type Entity, pathOf, walk } from '../../model/entity.ts';
import type { Project } from '../../model/project.ts';
import { type KindName, kindOf, kinds } from '../../schema/vocabulary.ts';
import { needsQuotes, quoteName } from '../../values/name.ts';
import type { Context } from '../context.ts';
import { summaryOf } from '../describe/entity.ts';
import { type Block, topOf } from '../reading/marks.ts';
import { declaredBelow } from '../reading/reading.ts';
import { CompletionItemKind, type Proposal, ranked } from './item.ts';

/** More than this are not proposed at once: typing narrows them down. */
export const maxNames = 300;

/** How a kind's names look in a list. */
export function iconOf(kind: string): CompletionItemKind {
  const area = kindOf(kind)?.area;
  return area === 'physical network' || area === 'virtual network'
    ? CompletionItemKind.Interface
    : area === 'compute' || area === 'workload'
      ? CompletionItemKind.Class
      : area === 'storage'
        ? CompletionItemKind.Struct
        : CompletionItemKind.Module;
}

/** A stand-in for the thing that the cursor is in, to look names up from. */
function entityAt(context: Context, block: Block): Entity | undefined {
  const project = context.place.design?.project;
  const top = topOf(block);
  if (!project || top.profile !== undefined) return undefined;
  const holder = context.place.state?.holders.find((candidate) => candidate.data.kind === top.kind.word);
  return holder?.unit.root;
}

/** Names of some kinds, for a block. `list`: several may be named, so ranges are proposed as well. */
export function nameProposals(
  context: Context,
  block: Block,
  to: readonly string[],
  list: boolean,
  said: ReadonlySet<string>,
): { readonly proposals: readonly Proposal[]; readonly cut: boolean } {
  const project = context.place.design?.project;
  if (!project) return { proposals: [], cut: false };
  if (context.path.length > 0) return { proposals: pathProposals(context, project, block, to), cut: false };
  const proposals: Proposal[] = [];
  const seen = new Set<string>(said);
  const add = (proposal: Proposal): void => {
    if (seen.has(proposal.label)) return;
    seen.add(proposal.label);
    proposals.push(proposal);
  };
  // What the thing itself has, from the inside out.
  let near = 0;
  for (let at: Block | undefined = block; at; at = at.parent) {
    for (const { kind, name, profile } of declaredBelow(context.reading, at, project)) {
      if (to.includes(kind.word))
        add(named(name, kind.word, ranked(0, near++), profile === undefined ? kind.word : `${kind.word} of profile ${profile}`));
    }
  }
  const typed = context.partial.toLowerCase();
  const fits = (name: string): boolean => typed === '' || name.toLowerCase().includes(typed);
  let cut = false;
  const take = (entities: readonly Entity[], spell: (entity: Entity) => string, group: number): void => {
    for (const [at, entity] of entities.entries()) {
      if (!fits(entity.name)) continue;
      if (proposals.length >= maxNames) {
        cut = true;
        return;
      }
      const text = spell(entity);
      add({
        label: entity.kind === 'portgroup' ? entity.name : text.replace(/"/g, ''),
        kind: iconOf(entity.kind),
        text,
        detail: summaryOf(entity, project.model),
        rank: ranked(group, at),
      });
    }
  };
  const wanted = to.includes('*')
    ? Object.values(kinds)
        .filter((kind) => kind.top)
        .map((kind) => kind.word)
    : to;
  for (const [at, word] of wanted.entries()) {
    const entities = project.model.all(word as KindName);
    if (list && entities.length > 1)
      for (const range of rangesOf(entities.map((entity) => entity.name)))
        add({ label: range.text, kind: iconOf(word), detail: `${range.count} ${word}s`, rank: ranked(1 + at) });
    take(entities, (entity) => quoteName(entity.name), 2 + at);
    // Kinds that are known inside of their owner only are named by way of it.
    if (entities.length === 0 && near === 0) take(nestedOf(project, word), spelledPath, 2 + at);
  }
  // A partly typed path continues at its owner.
  for (const word of wanted)
    if (word === 'usbhub')
      for (const hub of project.model.all('usbhub').filter((entity) => !needsQuotes(entity.name)))
        add({
          label: `${hub.name}/`,
          kind: iconOf('usbhub'),
          text: `${hub.name}/`,
          detail: summaryOf(hub, project.model),
          rank: ranked(1),
          again: true,
        });
  return { proposals, cut };
}

function named(name: string, kind: string, rank: string, detail: string): Proposal {
  return { label: name, kind: iconOf(kind), text: quoteName(name), detail, rank };
}

/** The name by way of its owners, `esx1.vmnic0`; a USB port is written `esx2/usb1`. */
function spelledPath(entity: Entity): string {
  const above = entity.parent;
  if (!above) return quoteName(entity.name);
  return `${quoteName(above.parent ? pathOf(above) : above.name)}${entity.kind === 'usb' ? '/' : '.'}${quoteName(entity.name)}`;
}

/** Things of a kind that only stand inside of others. */
function nestedOf(project: Project, word: string): readonly Entity[] {
  const found: Entity[] = [];
  for (const kind of Object.values(kinds)) {
    if (!kind.top || !mayHold(kind.word, word)) continue;
    for (const owner of project.model.all(kind.word)) {
      for (const entity of walk(owner)) if (entity.kind === word && !needsQuotes(owner.name)) found.push(entity);
      if (found.length > maxNames) return found;
    }
  }
  return found;
}

const mayHold = (owner: string, word: string, seen: readonly string[] = []): boolean =>
  (kindOf(owner)?.children ?? []).some(
    (child) => child === word || (!seen.includes(child) && mayHold(child, word, [...seen, child])),
  );

/** What stands behind `esx1.` or `san-1.`. */
function pathProposals(context: Context, project: Project, block: Block, to: readonly string[]): readonly Proposal[] {
  const from = entityAt(context, block) ?? project.model.all('host')[0] ?? project.model.all('network')[0];
  const proposals: Proposal[] = [];
  const seen = new Set<string>();
  const add = (name: string, kind: string, detail: string): void => {
    if (name === '' || seen.has(name)) return;
    seen.add(name);
    proposals.push({
      label: name,
      kind: iconOf(kind),
      text: /^\d+$/.test(name) ? name : quoteName(name),
      detail,
      rank: ranked(Math.max(0, to.indexOf(kind)), proposals.length),
    });
  };
  const any = to.includes('*');
  for (const owner of from ? project.model.candidates({ ref: context.path }, from, ['*']) : []) {
    for (const entity of walk(owner))
      if (entity !== owner && (any || to.includes(entity.kind))) add(entity.name, entity.kind, summaryOf(entity, project.model));
    if (owner.kind === 'usbhub' && to.includes('usbhub'))
      for (const { name, used } of hubPorts(owner as Entity<'usbhub'>, project)) add(name, 'usb', used ?? 'free');
  }
  return any ? proposals : proposals.sort((a, b) => (a.rank < b.rank ? -1 : 1));
}

/** Ports of a USB hub, the free ones first. */
function hubPorts(hub: Entity<'usbhub'>, project: Project): readonly { readonly name: string; readonly used?: string }[] {
  const taken = new Map<string, string>();
  for (const license of project.model.all('license')) {
    const at = license.props.hardkey?.at?.ref;
    if (at?.[0] === hub.name && at[1] !== undefined) taken.set(at[1], license.name);
  }
  const all = Array.from({ length: Math.min(hub.props.ports ?? 0, 64) }, (_, at) => String(at + 1));
  return [
    ...all.filter((name) => !taken.has(name)).map((name) => ({ name })),
    ...all.filter((name) => taken.has(name)).map((name) => ({ name, used: `used by ${taken.get(name) ?? ''}` })),
  ];
}

/** Ranges that stand for several of some names: `esx[1..3]` for esx1, esx2 and esx3. */
function rangesOf(names: readonly string[]): readonly { readonly text: string; readonly count: number }[] {
  const runs: { readonly base: string; readonly first: string; last: string; count: number }[] = [];
  const numbered = names.flatMap((name) => {
    const [, base = '', digits = ''] = /^(.*?[^\d])(\d{1,6})$/u.exec(name) ?? [];
    return base === '' || needsQuotes(base.replace(/-+$/, '')) ? [] : [{ base, digits }];
  });
  numbered.sort((a, b) => (a.base === b.base ? Number(a.digits) - Number(b.digits) : a.base < b.base ? -1 : 1));
  for (const { base, digits } of numbered) {
    const run = runs.at(-1);
    // A range counts as it is written: with leading zeros, or without.
    const next =
      run?.base === base
        ? String(Number(run.last) + 1).padStart(run.first.startsWith('0') ? run.first.length : 0, '0')
        : undefined;
    if (run && next === digits) {
      run.last = digits;
      run.count += 1;
    } else runs.push({ base, first: digits, last: digits, count: 1 });
  }
  return runs
    .filter((run) => run.count > 1)
    .map(({ base, first, last, count }) => ({ text: `${base}[${first}..${last}]`, count }));
}
