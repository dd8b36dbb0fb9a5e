/** All findings of a design, located, de-duplicated, weighed by its policy, by file. */

import type { Span } from '../base/span.ts';
import { applyOp, type Finder } from '../edit/apply.ts';
import type { FixRequest } from '../edit/ops.ts';
import { type Entity, idOf } from '../model/entity.ts';
import type { Finding } from '../model/model.ts';
import type { ChunkState } from '../model/project.ts';
import { namesLikeUnknown, type Unknown } from '../model/references.ts';
import type { RuleFinding } from '../rules/run.ts';
import { quoteName } from '../values/name.ts';
import type { Design, ResolveTarget, WorkspaceFinding } from './design.ts';
import type { FileEdit, Fix, Location, Severity } from './finding.ts';
import { originOf, rangeOfSpot, type Spot, spotOf } from './locate.ts';
import { type Policy, type PolicyInput, policyOf } from './policy.ts';

export interface CollectOptions {
  readonly severities: ReadonlyMap<string, PolicyInput>;
  readonly resolveTarget: ResolveTarget;
  readonly today?: string;
}

const maxMessage = 1000;

/** Places of a finding; kept while the chunks live. */
const spots = new WeakMap<
  Finding,
  { readonly spot: Spot; readonly related: readonly (Spot | undefined)[]; readonly homes: readonly ChunkState[] }
>();

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

  for (const state of project.notable()) {
    for (const finding of problemsOf(state)) add(finding);
    for (const finding of linkProblemsOf(design, state, options)) add(finding);
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
    const others = [...new Set(group.slice(1).map((item) => item.finding.at.entity.unit.root.name))].filter(
      (name) => name !== finding.at.entity.unit.root.name,
    );
    const asked = finding.fix as Unknown | undefined;
    // Looking for a likely name costs a walk over all names; a design full of unknown ones gets none.
    const near =
      finding.code === 'LNT201' && asked?.unknown && proposals++ < maxProposals ? likelyNames(project, finding, asked) : [];
    const told =
      near[0] !== undefined ? `${finding.message.replace(/\.$/, '')}; did you mean "${near[0].at(-1)}"?` : finding.message;
    const message = others.length === 0 ? told : `${told} The same for ${nameList(others)}.`;
    const relations = related.flatMap((item, at) =>
      item ? [{ ...rangeOfSpot(item), message: finding.related?.[at]?.message ?? '' }] : [],
    );
    add({
      ...rangeOfSpot(spot),
      rule: finding.code,
      severity,
      message,
      subject: idOf(finding.at.entity),
      fixable: finding.code === 'LNT201' ? near.length > 0 : finding.fix !== undefined,
      ...(relations.length > 0 ? { related: relations } : {}),
      ...(waiver
        ? {
            waived: {
              ...(waiver.entity.props.until !== undefined ? { until: waiver.entity.props.until } : {}),
              ...(waiver.entity.props.because !== undefined ? { because: waiver.entity.props.because } : {}),
            },
          }
        : {}),
      fixes: () => (finding.code === 'LNT201' ? nameFixes(near, spot) : fixesOf(design, finding)),
    });
  }

  for (const finding of crashesOf(design)) add(finding);
  for (const finding of waiverProblemsOf(design, policy)) add(finding);
  return byFile;
}

/** Names proposed for an unknown one; walked for again only when a name has come or gone. */
const proposed = new WeakMap<Finding, { readonly revision: number; readonly names: readonly (readonly string[])[] }>();

function likelyNames(project: Design['project'], finding: Finding, asked: Unknown): readonly (readonly string[])[] {
  const revision = project.nameRevision();
  const known = proposed.get(finding);
  if (known?.revision === revision) return known.names;
  const names = namesLikeUnknown(asked, finding.at.entity, project.model);
  proposed.set(finding, { revision, names });
  return names;
}

const nothing = { fixable: false, fixes: () => [] } as const;

/** What the text itself has wrong in a chunk: its form, its words, its values. */
function* problemsOf(state: ChunkState): Generator<WorkspaceFinding> {
  for (const { start, end, code, message, fix } of state.syntax) {
    yield {
      ...rangeOfSpot({ state, span: { start, end } }),
      rule: code,
      severity: 'error',
      message,
      fixable: fix !== undefined,
      fixes: () => (fix ? [{ title: fix.title, safety: 'safe', edits: [editAt(state, fix.at, fix.text)] }] : []),
    };
  }
  for (const problem of state.problems) {
    const suggestions = problem.suggestions ?? [];
    yield {
      ...rangeOfSpot({ state, span: problem }),
      rule: problem.code,
      severity: problem.severity,
      message: problem.message,
      fixable: suggestions.length > 0,
      fixes: () =>
        suggestions.map((text) => ({ title: `Change to ${text}`, safety: 'unsafe', edits: [editAt(state, problem, text)] })),
    };
  }
}

/** Imports and catalogues that lead nowhere, or in a circle, or hold what they should not. */
function* linkProblemsOf(design: Design, state: ChunkState, options: CollectOptions): Generator<WorkspaceFinding> {
  for (const link of state.links) {
    const place = rangeOfSpot({ state, span: link.term });
    if (link.word === 'catalog') {
      for (const message of design.catalogs.problems(state.uri, link.path).slice(0, 20)) {
        yield { ...place, ...nothing, rule: 'LNT305', severity: message.includes(', line ') ? 'warning' : 'error', message };
      }
      continue;
    }
    const led = options.resolveTarget(state.uri, link.path);
    if (led.problem !== undefined) yield { ...place, ...nothing, rule: 'LNT301', severity: 'error', message: led.problem };
    else if (led.cycle) {
      const way = led.cycle.map((part) => decodeURIComponent(part.slice(part.lastIndexOf('/') + 1))).join(' → ');
      yield {
        ...place,
        ...nothing,
        rule: 'LNT302',
        severity: 'error',
        message: `These files import each other in a circle: ${way}. Take one of the imports out.`,
      };
    }
  }
}

function* crashesOf({ project, root }: Design): Generator<WorkspaceFinding> {
  const top = { line: 0, character: 0 };
  for (const { code, error } of new Map(project.crashes().map((crash) => [crash.code, crash])).values()) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `${code} could not be checked: a defect of Lintel, not of this design. Please report it with the design (${reason}).`;
    yield { ...nothing, uri: root, range: { start: top, end: top }, rule: 'LNT402', severity: 'warning', message };
  }
}

/** Waivers without reason or date, past their date, or with nothing to waive. */
function* waiverProblemsOf({ project }: Design, policy: Policy): Generator<WorkspaceFinding> {
  for (const { entity, expired, used } of policy.waivers) {
    const spot = spotOf(project, { entity, prop: expired ? 'until' : 'finding' });
    if (!spot) continue;
    const { finding: rule = 'RULE', until, because } = entity.props;
    const place = { ...rangeOfSpot(spot), ...nothing, rule: 'LNT204', subject: idOf(entity) };
    if (because === undefined || until === undefined) {
      yield {
        ...place,
        severity: 'warning',
        message: `A waiver says until when and why: waive ${rule} on … until 2027-06-30 because "…".`,
      };
    }
    if (expired) yield { ...place, severity: 'warning', message: `This waiver ended on ${until}; ${rule} counts again.` };
    else if (!used)
      yield { ...place, severity: 'info', message: `There is nothing left to waive here: ${rule} finds nothing on it.` };
  }
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
  placed.sort((a, b) =>
    a.spot.state.uri < b.spot.state.uri
      ? -1
      : a.spot.state.uri > b.spot.state.uri
        ? 1
        : a.spot.state.line - b.spot.state.line ||
          a.spot.span.start - b.spot.span.start ||
          (a.finding.code < b.finding.code ? -1 : a.finding.code > b.finding.code ? 1 : collate(a, b)),
  );
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
const collate = (a: Placed, b: Placed): number =>
  collator.compare(idOf(a.finding.at.entity), idOf(b.finding.at.entity)) ||
  (a.finding.message < b.finding.message ? -1 : a.finding.message > b.finding.message ? 1 : 0);

/** The message without what differs between the members of a range. */
const unnamed = (finding: RuleFinding): string =>
  finding.message.split(finding.at.entity.unit.root.name).join('\0').replace(/\d+/g, '#');

function placeOf(
  design: Design,
  finding: Finding,
): { readonly spot: Spot; readonly related: readonly (Spot | undefined)[] } | undefined {
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
    return {
      title: `Change to ${name}`,
      safety: 'unsafe',
      edits: [editAt(spot.state, { start: spot.span.start + (segments.length > 1 ? cut : 0), end: spot.span.end }, name)],
    };
  });
}

function fixesOf(design: Design, finding: Finding): readonly Fix[] {
  const request = finding.fix as FixRequest | undefined;
  if (!request) return [];
  const find: Finder<ChunkState> = (entity: Entity, prop: string) => {
    const origin = originOf(design.project, entity, prop);
    return (
      origin && { home: origin.state, text: origin.state.chunk.text, entry: origin.entry, word: origin.word, span: origin.span }
    );
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
  a.range.start.line === b.range.start.line &&
  a.range.start.character === b.range.start.character &&
  a.range.end.line === b.range.end.line &&
  a.range.end.character === b.range.end.character;
