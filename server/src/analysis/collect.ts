/** All findings of a design, located, de-duplicated, weighed by its policy, by file. */
import { applyOp, type Finder } from '../edit/apply.ts';
import type { FixRequest } from '../edit/ops.ts';
import { type Entity, idOf } from '../model/entity.ts';
import type { ChunkState, Finding } from '../model/project.ts';
import { namesLikeUnknown, type Unknown } from '../model/references.ts';
import type { RuleFinding } from '../rules/run.ts';
import type { Span } from '../base/span.ts';
import { quoteName } from '../values/name.ts';
import type { FileEdit, Fix, Location, Severity } from './finding.ts';
import { originOf, rangeOfSpot, type Spot, spotOf } from './locate.ts';
import { type PolicyInput, policyOf } from './policy.ts';
import type { Design, ResolveTarget, WorkspaceFinding } from './design.ts';

export interface CollectOptions {
  readonly severities: ReadonlyMap<string, PolicyInput>;
  readonly resolveTarget: ResolveTarget;
  readonly today?: string;
}

const maxMessage = 1000;

/** Places of a finding; kept while the chunks live. */
const spots = new WeakMap<Finding, { readonly spot: Spot; readonly related: readonly (Spot | undefined)[]; readonly homes: readonly ChunkState[] }>();

export function collect(design: Design, options: CollectOptions): ReadonlyMap<string, readonly WorkspaceFinding[]> {
  const { project } = design;
  const byFile = new Map<string, WorkspaceFinding[]>();
  const add = (found: WorkspaceFinding): void => {
    // A message may quote what was written, and anything may have been written.
    const finding = found.message.length <= maxMessage ? found : { ...found, message: `${found.message.slice(0, maxMessage)} …` };
    const list = byFile.get(finding.uri);
    if (list) list.push(finding);
    else byFile.set(finding.uri, [finding]);
  };
  const policy = policyOf(project, options.severities, options.today);

  {
    for (const state of project.notable()) {
      const { uri } = state;
      for (const problem of state.syntax) {
        const { fix } = problem;
        add({
          ...rangeOfSpot({ state, span: problem }), rule: problem.code, severity: 'error', message: problem.message, fixable: fix !== undefined,
          fixes: () => (fix ? [{ title: fix.title, safety: 'safe', edits: [editAt(state, fix.at, fix.text)] }] : []),
        });
      }
      for (const problem of state.problems) {
        const suggestions = problem.suggestions ?? [];
        add({
          ...rangeOfSpot({ state, span: problem }), rule: problem.code, severity: problem.severity, message: problem.message, fixable: suggestions.length > 0,
          fixes: () => suggestions.map((text) => ({ title: `Change to ${text}`, safety: 'unsafe', edits: [editAt(state, problem, text)] })),
        });
      }
      for (const link of state.links) {
        const spot = { state, span: link.term };
        if (link.word === 'catalog') {
          for (const message of design.catalogs.problems(uri, link.path).slice(0, 20)) add({ ...rangeOfSpot(spot), rule: 'LNT305', severity: message.includes(', line ') ? 'warning' : 'error', message, fixable: false, fixes: () => [] });
          continue;
        }
        const led = options.resolveTarget(uri, link.path);
        if (led.problem !== undefined) add({ ...rangeOfSpot(spot), rule: 'LNT301', severity: 'error', message: led.problem, fixable: false, fixes: () => [] });
        else if (led.cycle) add({ ...rangeOfSpot(spot), rule: 'LNT302', severity: 'error', message: `These files import each other in a circle: ${led.cycle.map((part) => decodeURIComponent(part.slice(part.lastIndexOf('/') + 1))).join(' → ')}. Take one of the imports out.`, fixable: false, fixes: () => [] });
      }
    }
  }

  let proposals = 0;
  const maxProposals = Math.max(3, Math.min(30, Math.floor(20_000 / Math.max(1, project.nameCount()))));
  for (const group of located(design, [...project.findings()])) {
    const [first] = group;
    if (!first) continue;
    const { finding, spot, related } = first;
    const own = finding.severity ?? 'error';
    const severity = policy.severity(finding.code, own as Severity);
    if (severity === undefined) continue;
    const waiver = policy.waiver(finding.code, finding.at.entity);
    const others = [...new Set(group.slice(1).map((item) => item.finding.at.entity.unit.root.name))].filter((name) => name !== finding.at.entity.unit.root.name);
    const asked = finding.fix as Unknown | undefined;
    // Looking for a likely name costs a walk over all names; a design full of unknown ones gets none.
    const near = finding.code === 'LNT201' && asked?.unknown && (proposals += 1) <= maxProposals ? namesLikeUnknown(asked, finding.at.entity, project.model) : [];
    const told = near[0] !== undefined ? `${finding.message.replace(/\.$/, '')}; did you mean "${near[0].at(-1)}"?` : finding.message;
    const message = others.length === 0 ? told : `${told} The same for ${nameList(others)}.`;
    const relations = related.flatMap((item, at) => (item ? [{ ...rangeOfSpot(item), message: finding.related?.[at]?.message ?? '' }] : []));
    add({
      ...rangeOfSpot(spot), rule: finding.code, severity, message, subject: idOf(finding.at.entity), fixable: finding.code === 'LNT201' ? near.length > 0 : finding.fix !== undefined,
      ...(relations.length > 0 ? { related: relations } : {}),
      ...(waiver ? { waived: { ...(waiver.entity.props.until !== undefined ? { until: waiver.entity.props.until } : {}), ...(waiver.entity.props.because !== undefined ? { because: waiver.entity.props.because } : {}) } } : {}),
      fixes: () => (finding.code === 'LNT201' ? nameFixes(near, spot) : fixesOf(design, finding)),
    });
  }

  const failed = [...new Map(project.crashes().map((crash) => [crash.code, crash])).values()];
  for (const { code, error } of failed) {
    const top = { line: 0, character: 0 };
    add({ uri: design.root, range: { start: top, end: top }, rule: 'LNT402', severity: 'warning', message: `${code} could not be checked: a defect of Lintel, not of this design. Please report it with the design (${error instanceof Error ? error.message : String(error)}).`, fixable: false, fixes: () => [] });
  }
  for (const waiver of policy.waivers) {
    const { entity } = waiver;
    const spot = spotOf(project, { entity, prop: waiver.expired ? 'until' : 'finding' });
    if (!spot) continue;
    const tell = (severity: Severity, message: string): void => add({ ...rangeOfSpot(spot), rule: 'LNT204', severity, message, subject: idOf(entity), fixable: false, fixes: () => [] });
    if (entity.props.because === undefined || entity.props.until === undefined) tell('warning', `A waiver says until when and why: waive ${entity.props.finding ?? 'RULE'} on … until 2027-06-30 because "…".`);
    if (waiver.expired) tell('warning', `This waiver ended on ${entity.props.until}; ${entity.props.finding} counts again.`);
    else if (!waiver.used) tell('info', `There is nothing left to waive here: ${entity.props.finding ?? 'the rule'} finds nothing on it.`);
  }
  return byFile;
}

interface Placed {
  readonly finding: RuleFinding;
  readonly spot: Spot;
  readonly related: readonly (Spot | undefined)[];
}

/** Gives findings their places, drops what a more specific one covers, and puts together what members of a range have in common. */
function located(design: Design, findings: readonly Finding[]): readonly (readonly Placed[])[] {
  const covering = new Map<string, RuleFinding>();
  const all = findings as readonly RuleFinding[];
  for (const finding of all) if (finding.cause) covering.set(`${finding.code} ${idOf(finding.cause)}`, finding);
  const asked = new Set<string>();
  const groups = new Map<string, Placed[]>();
  const placed: Placed[] = [];
  for (const finding of all) {
    if (finding.coveredBy?.some((code) => covering.has(`${code} ${idOf(finding.cause)}`))) continue;
    const spot = placeOf(design, finding);
    if (spot) placed.push({ finding, ...spot });
  }
  // A fixed order, whatever order the checks ran in.
  placed.sort((a, b) => (a.spot.state.uri < b.spot.state.uri ? -1 : a.spot.state.uri > b.spot.state.uri ? 1 : a.spot.state.line - b.spot.state.line || a.spot.span.start - b.spot.span.start || (a.finding.code < b.finding.code ? -1 : a.finding.code > b.finding.code ? 1 : collate(a, b))));
  const declared = new Set<string>();
  for (const item of placed) {
    const { finding, spot } = item;
    if (finding.code === 'LNT203') {
      const id = idOf(finding.at.entity);
      if (!declared.has(id)) {
        declared.add(id);
        continue;
      }
    }
    if (finding.asks !== undefined) {
      const key = `${idOf(finding.at.entity)}#${finding.asks}`;
      if (asked.has(key)) continue;
      asked.add(key);
    }
    const key = `${finding.code} ${spot.state.uri} ${spot.state.line} ${spot.span.start} ${finding.asks ?? ''} ${unnamed(finding)}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

const collator = new Intl.Collator('en', { numeric: true });
const collate = (a: Placed, b: Placed): number => collator.compare(idOf(a.finding.at.entity), idOf(b.finding.at.entity)) || (a.finding.message < b.finding.message ? -1 : a.finding.message > b.finding.message ? 1 : 0);

/** The message without what differs between the members of a range. */
const unnamed = (finding: RuleFinding): string => finding.message.split(finding.at.entity.unit.root.name).join('\0').replace(/\d+/g, '#');

function placeOf(design: Design, finding: Finding): { readonly spot: Spot; readonly related: readonly (Spot | undefined)[] } | undefined {
  const known = spots.get(finding);
  const home = design.project.holderOf(finding.at.entity)?.state;
  if (known && home && known.homes.every((state) => state.alive) && known.homes.includes(home)) return known;
  const spot = spotOf(design.project, finding.at);
  if (!spot || !home) return undefined;
  const related = (finding.related ?? []).map((item) => spotOf(design.project, item.at));
  const made = { spot, related, homes: [home, spot.state, ...related.flatMap((item) => (item ? [item.state] : []))] };
  spots.set(finding, made);
  return made;
}

function nameList(names: readonly string[]): string {
  const sorted = [...names].sort(collator.compare);
  if (sorted.length <= 4) return sorted.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${sorted.slice(0, 3).join(', ')} and ${sorted.length - 3} more`;
}

const editAt = (state: ChunkState, span: Span, newText: string): FileEdit => ({ ...rangeOfSpot({ state, span }), newText });

function nameFixes(near: readonly (readonly string[])[], spot: Spot): readonly Fix[] {
  const original = spot.state.chunk.text.slice(spot.span.start, spot.span.end);
  const cut = Math.max(original.lastIndexOf('.'), original.lastIndexOf('/')) + 1;
  return near.map((segments) => {
    const name = quoteName(segments.at(-1) ?? '');
    return { title: `Change to ${name}`, safety: 'unsafe', edits: [editAt(spot.state, { start: spot.span.start + (segments.length > 1 ? cut : 0), end: spot.span.end }, name)] };
  });
}

function fixesOf(design: Design, finding: Finding): readonly Fix[] {
  const request = finding.fix as FixRequest | undefined;
  if (!request) return [];
  const find: Finder<ChunkState> = (entity: Entity, prop: string) => {
    const origin = originOf(design.project, entity, prop);
    return origin && { home: origin.state, text: origin.state.chunk.text, entry: origin.entry, word: origin.word, span: origin.span };
  };
  const edits: FileEdit[] = [];
  for (const op of request.ops) {
    const made = applyOp(op, find);
    if (!made) return [];
    for (const edit of made) {
      const file = editAt(edit.home, edit.span, edit.text);
      const twin = edits.find((other) => other.uri === file.uri && sameRange(other, file));
      if (twin && twin.newText === file.newText) continue;
      edits.push(file);
    }
  }
  return edits.length > 0 ? [{ title: request.title, safety: request.safety, edits }] : [];
}

const sameRange = (a: Location, b: Location): boolean =>
  a.range.start.line === b.range.start.line && a.range.start.character === b.range.start.character && a.range.end.line === b.range.end.line && a.range.end.character === b.range.end.character;
