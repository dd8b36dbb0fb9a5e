/**
 * A part of a picture: one thing with what is around it, or what belongs to a site, a cluster, a network, a tag or a service, or has
 * findings. Pure: graph in, graph out; nothing is drawn that was not in the picture before.
 */
import { clusterOf } from '../../facts/placement.ts';
import { type Entity, enclosing, idOf, is, pathOf, walk } from '../../model/entity.ts';
import type { Model } from '../../model/model.ts';
import type { KindName } from '../../schema/vocabulary.ts';
import type { Selection } from '../choice.ts';
import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import { leansOn } from './leaning.ts';
import { SelectionProblem, suggestion } from './suggest.ts';

/** What is known of a box beyond what is drawn. */
export interface About {
  /** Ways to call it. */
  readonly names: readonly string[];
  readonly site?: string;
  readonly cluster?: string;
  readonly tags: readonly string[];
  /** Of a service: ids of the things that it runs on and keeps its data on. */
  readonly leansOn?: () => readonly string[];
}

/** What the boxes of a graph are called and where they belong. */
export function aboutNodes(graph: Graph, model: Model): ReadonlyMap<string, About> {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const about = new Map<string, About>();
  const kinds: readonly KindName[] = [
    'site',
    'room',
    'rack',
    'ups',
    'switch',
    'router',
    'usbhub',
    'physical',
    'host',
    'dvswitch',
    'array',
    'fabric',
    'datastore',
    'cluster',
    'vm',
    'service',
    'license',
    'network',
  ];
  for (const kind of kinds)
    for (const top of model.all(kind))
      for (const entity of walk(top))
        if (ids.has(idOf(entity)) && !about.has(idOf(entity))) about.set(idOf(entity), aboutOf(entity, model));
  for (const node of graph.nodes) if (!about.has(node.id)) about.set(node.id, { names: [node.label], tags: [] });
  return about;
}

function aboutOf(entity: Entity, model: Model): About {
  const root = entity.unit.root;
  const cluster = clusterOf(is(entity, 'cluster') ? entity : root, model);
  const site = siteOf(entity, model) ?? (is(root, 'vm') ? siteOfVm(root, model) : undefined);
  const { tag } = root.props as { readonly tag?: readonly string[] };
  return {
    names: [...new Set([pathOf(entity), entity.name, ...(entity.label === undefined ? [] : [entity.label])])],
    ...(site ? { site: site.name } : {}),
    ...(cluster ? { cluster: cluster.name } : {}),
    tags: tag ?? [],
    ...(is(entity, 'service') ? { leansOn: () => leansOn(entity, model).map(idOf) } : {}),
  };
}

function siteOf(entity: Entity, model: Model): Entity<'site'> | undefined {
  const around = enclosing(entity, 'site');
  if (around) return around;
  const root = entity.unit.root;
  const placed =
    is(root, 'host') ||
    is(root, 'switch') ||
    is(root, 'router') ||
    is(root, 'array') ||
    is(root, 'physical') ||
    is(root, 'usbhub');
  const rack = placed ? model.resolve(root.props.rack, root, 'rack') : undefined;
  return rack && enclosing(rack, 'site');
}

function siteOfVm(vm: Entity<'vm'>, model: Model): Entity<'site'> | undefined {
  const cluster = clusterOf(vm, model);
  const hosts = cluster ? model.resolveAll(cluster.props.hosts, cluster, 'host') : [model.resolve(vm.props.on, vm, 'host')];
  const sites = new Set(hosts.map((host) => host && siteOf(host, model)));
  return sites.size === 1 ? [...sites][0] : undefined;
}

/**
 * The part of a graph that a selection means. Throws a `SelectionProblem` when it means nothing in this graph.
 * @param found ids of the boxes with findings of the selected severity or a worse one
 */
export function select(
  graph: Graph,
  selection: Selection,
  about: ReadonlyMap<string, About>,
  found: ReadonlySet<string> = new Set(),
): Graph {
  const index = indexOf(graph);
  let kept: ReadonlySet<string> = new Set(graph.nodes.map((node) => node.id));
  const { cluster, depth = 1, focus, network, service, severity, site, tag } = selection;
  const meet = (part: ReadonlySet<string>): void => {
    kept = new Set([...kept].filter((id) => part.has(id)));
  };
  if (site !== undefined)
    meet(
      belonging(
        graph,
        index,
        about,
        'site',
        checked(
          'site',
          site,
          [...about.values()].map((each) => each.site),
        ),
      ),
    );
  if (cluster !== undefined)
    meet(
      belonging(
        graph,
        index,
        about,
        'cluster',
        checked(
          'cluster',
          cluster,
          [...about.values()].map((each) => each.cluster),
        ),
      ),
    );
  if (tag !== undefined) {
    const wanted = checked(
      'tag',
      tag,
      [...about.values()].flatMap((each) => each.tags),
    );
    meet(
      around(
        index,
        graph.nodes.filter((node) => about.get(node.id)?.tags.includes(wanted)).map((node) => node.id),
        1,
      ),
    );
  }
  if (service !== undefined) meet(ofService(index, serviceId(service, about), about));
  if (severity !== undefined) meet(around(index, withFindings(severity, found), 1));
  if (network !== undefined) meet(ofNetwork(graph, index, networkId(graph, network)));
  if (focus !== undefined) meet(around(index, [focused(focus, about)], depth));
  return part(graph, kept, index);
}

interface Index {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
}

function indexOf(graph: Graph): Index {
  const children = new Map<string, string[]>();
  const neighbours = new Map<string, string[]>();
  const push = (map: Map<string, string[]>, key: string, value: string): void => {
    const known = map.get(key);
    if (known) known.push(value);
    else map.set(key, [value]);
  };
  for (const node of graph.nodes) {
    if (node.parent !== undefined) push(children, node.parent, node.id);
    if (node.network !== undefined && node.network !== node.id) {
      push(neighbours, node.id, node.network);
      push(neighbours, node.network, node.id);
    }
  }
  for (const { from, to } of graph.edges) {
    push(neighbours, from, to);
    push(neighbours, to, from);
  }
  return { nodes: new Map(graph.nodes.map((node) => [node.id, node])), children, neighbours };
}

/** Frames that hold much that has nothing to do with each other: reached by a line, they are shown without it. */
const wide: ReadonlySet<string> = new Set(['site', 'room', 'rack', 'cluster', 'network']);

/** A box and what is in it, as far as `holds` agrees. */
function within(index: Index, id: string, holds: (id: string) => boolean = () => true): readonly string[] {
  const out = [id];
  const seen = new Set(out);
  for (let at = 0; at < out.length; at += 1) {
    for (const child of index.children.get(out[at] ?? '') ?? []) {
      if (seen.has(child) || !holds(child)) continue;
      seen.add(child);
      out.push(child);
    }
  }
  return out;
}

/** Some things, what is in them, and what is up to so many lines away. */
function around(index: Index, start: readonly string[], depth: number): ReadonlySet<string> {
  const found = new Set(start.flatMap((id) => within(index, id)));
  let edge = [...found];
  for (let step = 0; step < depth && edge.length > 0; step += 1) {
    const next: string[] = [];
    for (const id of edge.flatMap((each) => index.neighbours.get(each) ?? [])) {
      const role = index.nodes.get(id)?.role;
      if (role === undefined || found.has(id)) continue;
      for (const inner of wide.has(role) ? [id] : within(index, id)) {
        if (found.has(inner)) continue;
        found.add(inner);
        next.push(inner);
      }
    }
    edge = next;
  }
  return found;
}

/** What belongs to a site or cluster, and what it is connected with that belongs to no other. */
function belonging(
  graph: Graph,
  index: Index,
  about: ReadonlyMap<string, About>,
  what: 'site' | 'cluster',
  name: string,
): ReadonlySet<string> {
  const own = graph.nodes.filter((node) => about.get(node.id)?.[what] === name).map((node) => node.id);
  const other = (id: string): boolean => {
    const said = about.get(id)?.[what];
    return said !== undefined && said !== name;
  };
  return new Set([...around(index, own, 1)].filter((id) => !other(id)));
}

/** What stands in a network, and the adapters, cables and switches that carry it. */
function ofNetwork(graph: Graph, index: Index, id: string): ReadonlySet<string> {
  const members = graph.nodes.filter((node) => node.id === id || node.network === id).map((node) => node.id);
  for (const edge of graph.edges) if (edge.network === id) members.push(edge.from, edge.to);
  const found = new Set([id, ...members].flatMap((each) => [...(each === id ? within(index, each) : [each])]));
  let edge = [...found].flatMap((each) => [each, index.nodes.get(each)?.parent ?? each]);
  for (let step = 0; step < 2; step += 1) {
    edge = edge
      .flatMap((each) => index.neighbours.get(each) ?? [])
      .filter((each) => carrying.has(index.nodes.get(each)?.role ?? ''));
    for (const each of edge) found.add(each);
  }
  return found;
}

/** A service, the machines and data that it leans on, and what carries, feeds and holds these. */
function ofService(index: Index, id: string, about: ReadonlyMap<string, About>): ReadonlySet<string> {
  const own = [id, ...(about.get(id)?.leansOn?.() ?? [])].filter((each) => index.nodes.has(each));
  // What stands in a host or cluster of the service and is no machine of it has nothing to do with it.
  const inside = own.flatMap((each) =>
    within(index, each, (inner) => own.includes(inner) || !workloads.has(index.nodes.get(inner)?.role ?? '')),
  );
  const found = new Set(inside);
  let edge = inside;
  for (let step = 0; step < 2; step += 1) {
    edge = edge
      .flatMap((each) => index.neighbours.get(each) ?? [])
      .filter((each) => !found.has(each) && leaning.has(index.nodes.get(each)?.role ?? ''));
    for (const each of edge) found.add(each);
  }
  return found;
}

const workloads: ReadonlySet<string> = new Set(['vm', 'host', 'physical', 'service', 'license', 'product']);
/** What is leant on by way of a line; a step further than that only what feeds and carries it. */
const leaning: ReadonlySet<string> = new Set(
  'switch network fabric ups pdu feed rack array port pool lun datastore license'.split(' '),
);

function withFindings(severity: NonNullable<Selection['severity']>, found: ReadonlySet<string>): readonly string[] {
  if (found.size > 0) return [...found];
  const what = { error: 'errors', warning: 'errors or warnings', info: 'findings' }[severity];
  throw new SelectionProblem(`Nothing in this view has ${what}.`);
}

function serviceId(name: string, about: ReadonlyMap<string, About>): string {
  const services = [...about].filter(([, each]) => each.leansOn !== undefined);
  const found = services.find(([id, each]) => id === name || each.names.includes(name));
  if (found) return found[0];
  if (services.length === 0) throw new SelectionProblem('This view does not show services; choose overview or redundancy.');
  return checked(
    'service',
    name,
    services.flatMap(([, each]) => each.names[0] ?? []),
  );
}

const carrying: ReadonlySet<string> = new Set(['nic', 'hba', 'switch', 'vswitch']);

/** Some boxes with the frames around them, and the lines between them. */
function part(graph: Graph, kept: ReadonlySet<string>, index: Index): Graph {
  const all = new Set(kept);
  for (const id of kept)
    for (let at = index.nodes.get(id)?.parent; at !== undefined && !all.has(at); at = index.nodes.get(at)?.parent) all.add(at);
  const nodes = graph.nodes.filter((node) => all.has(node.id));
  const edges = graph.edges.filter((edge: GraphEdge) => all.has(edge.from) && all.has(edge.to));
  const used = new Set([...nodes.flatMap((node) => [node.id, node.network]), ...edges.map((edge) => edge.network)]);
  return { ...graph, nodes, edges, networks: graph.networks.filter((network) => used.has(network.id)) };
}

function networkId(graph: Graph, name: string): string {
  const found = graph.networks.find((network) => network.id === name || network.label === name);
  if (found) return found.id;
  if (graph.networks.length === 0)
    throw new SelectionProblem('This view does not show networks; choose overview, network or zones.');
  return checked(
    'network',
    name,
    graph.networks.map((network) => network.label),
  );
}

/** Id of the thing that somebody calls so: by its id, its name or its path. Throws a `SelectionProblem` when there is none or several. */
export function focused(name: string, about: ReadonlyMap<string, About>): string {
  if (about.has(name)) return name;
  const slashed = name.replaceAll('/', '.');
  for (const same of [
    (a: string) => a === name,
    (a: string) => a === slashed,
    (a: string) => a.toLowerCase() === name.toLowerCase(),
  ]) {
    const found = [...about].filter(([, each]) => each.names.some(same));
    // A path is one thing; a name may be several, of which the outermost is meant.
    const least = Math.min(...found.map(([id]) => id.split('/').length));
    const outer = found.filter(([id]) => id.split('/').length === least);
    const [first] = outer;
    if (first && outer.length === 1) return first[0];
    if (outer.length > 1) {
      const ways = outer.slice(0, 5).map(([id, each]) => `${each.names[0] ?? id} (${id.slice(0, id.indexOf(':'))})`);
      throw new SelectionProblem(
        `"${name}" can be several things: ${ways.join(', ')}${outer.length > 5 ? ' …' : ''}. Say its path or its id (${outer[0]?.[0] ?? ''}).`,
      );
    }
  }
  return checked(
    'thing',
    name,
    [...about.values()].flatMap((each) => each.names),
  );
}

/** The name, if there is one; else the nearest ones are proposed. */
function checked(what: string, name: string, known: readonly (string | undefined)[]): string {
  const names = [...new Set(known.filter((each) => each !== undefined))];
  if (names.includes(name)) return name;
  throw new SelectionProblem(`There is no ${what} "${name}" in this view${suggestion(name, names)}`);
}
