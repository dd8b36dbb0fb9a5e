/** The picture of a design, from the model to SVG text; the same for the editor and the command line. */
import { foldChanges } from '../topology/diff.ts';
import { type Folded, foldMarks } from '../topology/fold.ts';
import type { Graph, GraphMark } from '../topology/graph.ts';
import { type LayoutRunner, placeGraph } from '../topology/layout.ts';
import type { Placed, PlacedNode } from '../topology/placed.ts';
import type { Place } from '../topology/places.ts';
import { renderSvg, type Theme } from '../topology/svg.ts';
import {
  type Choice,
  type FilterNames,
  filterNames,
  foldPart,
  type GroupOf,
  partOf,
  viewNamed,
  type Whole,
  wholeSteps,
} from '../topology/views/index.ts';
import { type Against, type ComparedWhole, compareWholes, type DifferenceLists, differencesIn } from './against.ts';
import type { Severity } from './finding.ts';
import { titleOf } from './title.ts';
import type { Design, Workspace } from './workspace.ts';

export interface Picture {
  /** Of the design, when what is drawn was read from it. */
  readonly revision: number;
  readonly svg: string;
  readonly title: string;
  /** Boxes that are drawn. */
  readonly nodes: number;
  /** What it could not show, in words. */
  readonly note?: string;
  /** Ids of the boxes that stand where the user put them. */
  readonly placed?: readonly string[];
  /** In a comparison: what differs. */
  readonly differences?: DifferenceLists;
}

export interface PictureOptions {
  /** Where the user has put boxes, by id (see `placeGraph`). */
  readonly places?: ReadonlyMap<string, Place>;
  /** Lets what waits go first; awaited between the steps of the work. */
  readonly pause?: () => Promise<void>;
  /** An older state to compare with; one that is the same object is compared once. */
  readonly against?: Against;
}

/** What is to be drawn, before it has places. */
export interface Sketch {
  readonly revision: number;
  /** All that is chosen, unfolded. */
  readonly part: Graph;
  readonly folded: Folded;
  /** The thing behind a box; boxes that the picture adds have none. */
  readonly entity: Whole['entity'];
  /** Findings on the boxes that are drawn. */
  readonly marks: readonly GraphMark[];
  /** In a comparison: what differs. */
  readonly differences?: DifferenceLists;
}

const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const noPause = async (): Promise<void> => {};

/** Draws a design, or what is chosen of it. Rejects with a `SelectionProblem` when the choice means nothing, else when the layout engine fails. */
export async function pictureOf(
  workspace: Workspace,
  design: Design,
  run: LayoutRunner,
  theme: Theme,
  choice: Choice = {},
  options: PictureOptions = {},
): Promise<Picture> {
  const { against, pause = noPause } = options;
  const sketched = await sketchOf(workspace, design, choice, pause, against);
  await pause();
  const laid = await layOut(sketched, run, options.places, async () => {
    if ((choice.open ?? []).length === 0) return undefined;
    const { open: _, ...less } = choice;
    return sketchOf(workspace, design, less, pause, against);
  });
  const { note, placed } = laid;
  const { differences, folded, marks, revision } = laid.sketch;
  const { graph } = folded;
  await pause();
  return {
    revision,
    svg: renderSvg(placed, { marks, theme }),
    title: titleOf(design),
    nodes: graph.nodes.length,
    ...(note === undefined ? {} : { note }),
    ...(placed.held === undefined ? {} : { placed: placed.held }),
    ...(differences === undefined ? {} : { differences }),
  };
}

/** Places for a sketch. When there are none to be had for it, for a smaller one, with a note; without that the failure is the caller's. */
async function layOut(
  sketch: Sketch,
  run: LayoutRunner,
  places: PictureOptions['places'],
  smaller: () => Promise<Sketch | undefined>,
): Promise<{ readonly sketch: Sketch; readonly placed: Placed; readonly note: string | undefined }> {
  try {
    return { sketch, placed: await placeGraph(sketch.folded.graph, run, places), note: sketch.folded.note };
  } catch (error) {
    const less = await smaller();
    if (less === undefined) throw error;
    const placed = await placeGraph(less.folded.graph, run, places);
    return { sketch: less, placed, note: 'So much could not be laid out: the boxes that were opened are folded again.' };
  }
}

/** Where a box of a choice stands in what is around it, px; undefined when it is not drawn or cannot be moved. Rejects like {@link pictureOf}. */
export async function standingOf(
  workspace: Workspace,
  design: Design,
  run: LayoutRunner,
  choice: Choice,
  id: string,
  places: ReadonlyMap<string, Place>,
): Promise<Place | undefined> {
  const { folded } = await sketchOf(workspace, design, choice);
  const find = (nodes: readonly PlacedNode[]): Place | undefined => {
    for (const node of nodes) {
      const found = node.node?.id === id ? node.within : find(node.children);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return find((await placeGraph(folded.graph, run, places)).nodes);
}

/** What there is of a design at one state of its text, kept until the text changes: another choice then builds nothing anew. */
interface Kept {
  readonly revision: number;
  readonly wholes: Map<string, Whole>;
  filters?: FilterNames;
  compared?: { readonly against: Against; readonly now: Whole; readonly made: ComparedWhole };
  sketch?: { readonly key: string; readonly against: Against | undefined; readonly made: Sketch };
}

const kept = new WeakMap<Design['project'], Kept>();
/** Views that are kept of one state: those of the panels that are open, as a rule. */
const mostViews = 3;

function keptOf(workspace: Workspace, design: Design): Kept {
  const revision = workspace.revision();
  const known = kept.get(design.project);
  if (known?.revision === revision) return known;
  const fresh: Kept = { revision, wholes: new Map() };
  kept.set(design.project, fresh);
  return fresh;
}

/** Which line of the text each thing comes from: members of one range share it. */
const linesOf =
  ({ project }: Design): GroupOf =>
  (entity) => {
    const holder = project.holderOf(entity);
    return holder ? `${holder.state.uri} ${holder.state.line} ${holder.entryAt}` : entity.name;
  };

/** Things that are drawn without a pause: a millisecond or two. */
const atOnce = 40;
/** A design that changes more often than this while its picture is built is drawn without further pauses. */
const mostStarts = 4;

/** Waits; tells whether the design is still as it was. */
type Wait = () => Promise<boolean>;

/** A view, built in slices; nothing when the design changed meanwhile. */
async function wholeAt(state: Kept, design: Design, view: string | undefined, wait: Wait): Promise<Whole | undefined> {
  const { id } = viewNamed(view);
  const known = state.wholes.get(id);
  if (known) return known;
  const steps = wholeSteps(design.project.model, titleOf(design), linesOf(design), id);
  for (let count = 1; ; count += 1) {
    const step = steps.next();
    if (step.done === true) {
      state.wholes.set(id, step.value);
      for (const oldest of state.wholes.keys()) {
        if (state.wholes.size <= mostViews) break;
        state.wholes.delete(oldest);
      }
      return step.value;
    }
    if (count % atOnce === 0 && !(await wait())) return undefined;
  }
}

/**
 * What is to be drawn of a choice, folded and with its marks; kept for as long as the design does not change. Rejects with a
 * `SelectionProblem` when the choice means nothing.
 */
export async function sketchOf(
  workspace: Workspace,
  design: Design,
  choice: Choice,
  pause: () => Promise<void> = noPause,
  against?: Against,
): Promise<Sketch> {
  for (let start = 1; ; start += 1) {
    const made = await sketched(workspace, design, choice, start < mostStarts ? pause : noPause, against);
    if (made) return made;
  }
}

/** The same, or nothing when the design changed meanwhile. */
async function sketched(
  workspace: Workspace,
  design: Design,
  choice: Choice,
  pause: () => Promise<void>,
  against: Against | undefined,
): Promise<Sketch | undefined> {
  const state = keptOf(workspace, design);
  const key = JSON.stringify(Object.entries(choice).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (state.sketch?.key === key && state.sketch.against === against) return state.sketch.made;
  const wait: Wait = async () => {
    await pause();
    return workspace.revision() === state.revision;
  };
  const now = await wholeAt(state, design, choice.view, wait);
  if (!now || !(await wait())) return undefined;
  const compared = against === undefined ? undefined : await comparedAt(state, design, now, against, choice.view, wait);
  if (against !== undefined && compared === undefined) return undefined;
  const whole = compared ?? now;
  const all = marksOf(workspace, design, new Set(whole.graph.nodes.map((node) => node.id)));
  if (!(await wait())) return undefined;
  const part = partOf(whole, choice, severeIn(all, choice.severity));
  const shown = part === whole.graph ? all : climbed(all, part);
  const differences = compared && differencesIn(compared, part);
  if (!(await wait())) return undefined;
  const folded = await foldedAt(whole, part, choice, differences, wait);
  if (!folded || !(await wait())) return undefined;
  const graph = whole.told(folded);
  const marks = withShared(graph, foldMarks(shown, folded.shownAs));
  const made: Sketch = {
    revision: state.revision,
    part,
    entity: whole.entity,
    folded: { ...folded, graph },
    marks,
    ...(differences === undefined ? {} : { differences }),
  };
  state.sketch = { key, against, made };
  return made;
}

/** Folded in slices, shut boxes say how much differs in them; nothing when the design changed meanwhile. */
async function foldedAt(
  whole: Whole,
  part: Graph,
  choice: Choice,
  differences: DifferenceLists | undefined,
  wait: Wait,
): Promise<Folded | undefined> {
  const steps = foldPart(whole, part, choice);
  let step = steps.next();
  while (step.done !== true) {
    if (!(await wait())) return undefined;
    step = steps.next();
  }
  const folded = step.value;
  if (differences === undefined) return folded;
  const graph = foldChanges(part, folded.graph, folded.shownAs);
  return { ...folded, graph: { ...graph, against: `${part.against ?? ''}: ${differences.counts}` } };
}

/** Views of older states: these do not change while the design does. */
const older = new WeakMap<Against, Kept>();

/** Both states of a view; nothing when the design changed meanwhile. */
async function comparedAt(
  state: Kept,
  design: Design,
  now: Whole,
  against: Against,
  view: string | undefined,
  wait: Wait,
): Promise<ComparedWhole | undefined> {
  if (state.compared?.against === against && state.compared.now === now) return state.compared.made;
  let then: Whole | undefined;
  if (against.design) {
    const known = older.get(against) ?? { revision: 0, wholes: new Map<string, Whole>() };
    older.set(against, known);
    then = await wholeAt(known, against.design, view, wait);
    if (!then || !(await wait())) return undefined;
  }
  const made = compareWholes(design, now, against, then);
  state.compared = { against, now, made };
  return made;
}

/** What the filters of a design can be set to. */
export function filtersOf(workspace: Workspace, design: Design): FilterNames {
  const state = keptOf(workspace, design);
  state.filters ??= filterNames(design.project.model);
  return state.filters;
}

function severeIn(marks: readonly GraphMark[], severity: Choice['severity']): ReadonlySet<string> {
  if (severity === undefined) return new Set();
  const worst = order.indexOf(severity);
  return new Set(marks.filter((mark) => order.indexOf(mark.severity) <= worst).map((mark) => mark.id));
}

/** What both sides of a redundant pair share is marked like a remark. */
function withShared(graph: Graph, marks: readonly GraphMark[]): readonly GraphMark[] {
  const all = new Map(marks.map((mark) => [mark.id, mark]));
  for (const { id, shared = [] } of graph.nodes) {
    if (shared.length === 0) continue;
    const known = all.get(id);
    const messages = [...(known?.messages ?? []), ...shared.map((sets) => `Shared by both sides: ${sets}`)];
    const severities = [...(known === undefined ? [] : severitiesOf(known)), ...shared.map(() => 'info' as const)];
    const count = (known?.count ?? 0) + shared.length;
    all.set(id, { id, severity: known?.severity ?? 'info', count, messages, severities });
  }
  return [...all.values()];
}

/** Findings on the box that they are about, or on the nearest one around it. Hints are questions and stay in the text. */
function marksOf(workspace: Workspace, design: Design, ids: ReadonlySet<string>): readonly GraphMark[] {
  const marks: GraphMark[] = [];
  for (const uri of design.project.files().keys()) {
    for (const finding of workspace.findings(uri)) {
      if (finding.waived || finding.severity === 'hint' || finding.subject === undefined) continue;
      const id = nearest(finding.subject, ids);
      if (id !== undefined)
        marks.push({ id, severity: finding.severity, count: 1, messages: [`${finding.rule}: ${finding.message}`] });
    }
  }
  return together(marks);
}

/** Marks of a whole design on what is left of it. */
function climbed(marks: readonly GraphMark[], part: Graph): readonly GraphMark[] {
  const ids = new Set(part.nodes.map((node) => node.id));
  return together(
    marks.flatMap((mark) => {
      const id = nearest(mark.id, ids);
      return id === undefined ? [] : [{ ...mark, id }];
    }),
  );
}

function nearest(subject: string, ids: ReadonlySet<string>): string | undefined {
  let id = subject;
  while (!ids.has(id) && id.includes('/')) id = id.slice(0, id.lastIndexOf('/'));
  return ids.has(id) ? id : undefined;
}

const severitiesOf = ({ messages, severities, severity }: GraphMark): readonly Severity[] =>
  severities ?? messages.map(() => severity);

/** One mark for each box, as bad as the worst. */
function together(marks: readonly GraphMark[]): readonly GraphMark[] {
  const all = new Map<string, { severity: Severity; count: number; messages: string[]; severities: Severity[] }>();
  for (const mark of marks) {
    const { count, id, messages, severity } = mark;
    const known = all.get(id);
    if (!known) all.set(id, { severity, count, messages: [...messages], severities: [...severitiesOf(mark)] });
    else {
      known.messages.push(...messages);
      known.severities.push(...severitiesOf(mark));
      known.count += count;
      if (order.indexOf(severity) < order.indexOf(known.severity)) known.severity = severity;
    }
  }
  return [...all].map(([id, mark]) => ({ id, ...mark }));
}
