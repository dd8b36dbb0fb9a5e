/**
 * The picture's input: a graph of boxes, ports and edges that knows the field's roles but nothing of the language, of layout
 * or of SVG. Views (`views/*.ts`) make it from the model; `measure` and `layout` give it sizes and places; `svg` draws it.
 * Plain data, serialisable, no positions in the text: a source location is looked up by `id` when somebody clicks.
 */

/** What a box stands for; decides its icon, its band and its style. */
export type NodeRole =
  | 'site'
  | 'room'
  | 'rack'
  | 'ups'
  | 'switch'
  | 'router'
  | 'host'
  | 'physical'
  | 'nic'
  | 'hba'
  | 'vswitch'
  | 'portgroup'
  | 'vmkernel'
  | 'network'
  | 'array'
  | 'pool'
  | 'lun'
  | 'datastore'
  | 'cluster'
  | 'vm'
  | 'service'
  | 'license'
  | 'usbhub';

/** What an edge stands for; decides its stroke. */
export type EdgeRole = 'cable' | 'uplink' | 'standby' | 'network' | 'storage' | 'placement' | 'licence' | 'power' | 'needs';

/** One line of small print inside a box: `label` is dimmed, `value` is plain. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface GraphNode {
  /** Model id (`esx1/vSwitch0`); unique in the graph and stable across edits. */
  readonly id: string;
  readonly role: NodeRole;
  /** What the user calls it. */
  readonly label: string;
  /** Second line, for example the model of a server or `VLAN 30 · 10.4.30.0/24`. */
  readonly detail?: string;
  /** Shown in the tooltip and the accessible description. */
  readonly facts?: readonly Fact[];
  readonly doc?: string;
  /** The box that it stands in; absent at the top. */
  readonly parent?: string;
  /** Number of like things that this box stands for (a folded range); absent means one. */
  readonly count?: number;
  /** Network id whose colour it wears. */
  readonly network?: string;
  /** Left side (A) or right side (B) of a redundant pair, kept beside each other. */
  readonly side?: 'A' | 'B';
  /** Redundant sets of which all members lean on this thing, in words; absent when there are none. */
  readonly shared?: readonly string[];
  /** Place among its siblings where the design says one (the rack unit: the highest stands on top); less comes first. */
  readonly order?: number;
  /** Things that it is connected with without a drawn line (a VM's networks and datastores), by id. */
  readonly links?: readonly string[];
  /** How full it is, drawn as bars. */
  readonly bars?: readonly Bar[];
  /** A box that holds others: `open` shows them, `shut` stands for all of them. Absent where nothing can be folded. */
  readonly fold?: 'open' | 'shut';
  /** In a comparison: what became of it. */
  readonly change?: Change;
}

/** A share of a capacity: `used` and `reserve` (kept for a failure) of `total`, in one unit. */
export interface Bar {
  readonly label: string;
  readonly used: number;
  readonly reserve?: number;
  readonly total: number;
  /** `108 of 768 GB`. */
  readonly text: string;
}

/** What became of a thing between two states of a design. */
export type Change = 'added' | 'removed' | 'changed' | 'moved';

export interface GraphEdge {
  /** Stable: made of the ends and the role. */
  readonly id: string;
  readonly role: EdgeRole;
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Network id whose colour it wears. */
  readonly network?: string;
  /** bit/s; decides the stroke's width. */
  readonly speed?: number;
  /** Name of the link aggregation group that it is part of. */
  readonly lag?: string;
  /** Number of lines that it stands for, where folding has laid several upon each other; absent means one. */
  readonly count?: number;
  /** In a comparison: what became of it. */
  readonly change?: Change;
}

export interface Graph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Network ids in the order in which they take palette colours, with their names and purposes (the legend). */
  readonly networks: readonly { readonly id: string; readonly label: string; readonly purpose?: string }[];
}

/** A finding marked on a box. */
export interface GraphMark {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly count: number;
  readonly messages: readonly string[];
}
