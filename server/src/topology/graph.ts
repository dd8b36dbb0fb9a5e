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
  /** A power feed of a rack. */
  | 'feed'
  | 'pdu'
  | 'ups'
  | 'switch'
  | 'router'
  | 'host'
  | 'physical'
  | 'nic'
  | 'hba'
  /** A front-end port of a storage controller. */
  | 'port'
  | 'vswitch'
  | 'portgroup'
  | 'vmkernel'
  | 'network'
  /** A security zone: a frame around its networks. */
  | 'zone'
  /** What lies between hosts and storage: a Fibre Channel fabric, or a network for iSCSI, NFS, SMB or vSAN. */
  | 'fabric'
  | 'array'
  | 'pool'
  | 'lun'
  | 'datastore'
  | 'cluster'
  | 'vm'
  | 'service'
  /** A licensed product: what its keys are for. */
  | 'product'
  | 'license'
  | 'usbhub';

/** What an edge stands for; decides its stroke. */
export type EdgeRole =
  | 'cable'
  | 'uplink'
  | 'standby'
  | 'network'
  | 'storage'
  | 'placement'
  | 'licence'
  | 'power'
  | 'needs'
  /** Between VMs that stay on one host. */
  | 'affinity'
  /** Between VMs that keep off each other's host. */
  | 'apart'
  /** Between the members of a redundant set: one takes over from the other. */
  | 'pair'
  /** Between the two halves of a VM with Fault Tolerance. */
  | 'lockstep'
  /** Between a firewall or router and a network of a zone that it lets into. */
  | 'conduit'
  /** A way between zones that passes no firewall: a machine that stands in both. */
  | 'bypass';

/** Edges that tie two boxes to or from each other: they are drawn as brackets beside the boxes and decide nothing in the layout. */
export const tieRoles: ReadonlySet<EdgeRole> = new Set(['affinity', 'apart', 'pair', 'lockstep']);

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
  /** Drawn so that it is seen not to work by itself: `ghost` stands by for another, `idle` is there and used by nothing. */
  readonly look?: 'ghost' | 'idle';
  /** The power feeds within reach of a device, drawn as plugs at its side; those that it does not hang on are empty. */
  readonly feeds?: readonly Plug[];
  /**
   * Row from the top, in views that say their rows themselves; less is higher. Absent: the row follows from the role. All or none of
   * the boxes beside each other should say it.
   */
  readonly band?: number;
  /** A box that holds others: `open` shows them, `shut` stands for all of them. Absent where nothing can be folded. */
  readonly fold?: 'open' | 'shut';
  /** Things of one role in one frame with the same word are alike: a large picture draws them as one box with their number. */
  readonly alike?: string;
  /** In a comparison: what became of it. */
  readonly change?: Change;
  /** In a comparison: what differs, in words (`vcpu 4 → 8`, `esx1 → esx2`). */
  readonly changes?: readonly string[];
}

/** A share of a capacity: `used` and `reserve` (kept for a failure) of `total`, in one unit. */
export interface Bar {
  readonly label: string;
  readonly used: number;
  readonly reserve?: number;
  readonly total: number;
  /** May be promised more than once, as processors are: more than there is is no fault. */
  readonly shareable?: boolean;
  /** `108 of 768 GB`. */
  readonly text: string;
}

/** One power feed as a device sees it. */
export interface Plug {
  /** `A`. */
  readonly name: string;
  /** What is behind it: `UPS ups-a`. */
  readonly source?: string;
  readonly used: boolean;
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
  /** A comparison: with what, in words (`HEAD~1`); all that differs carries a `change`. */
  readonly against?: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The legend of networks. */
  readonly networks: readonly GraphNetwork[];
  /** How many things of each role there are, where shut boxes leave not all of them as boxes. */
  readonly counts?: Readonly<Partial<Record<NodeRole, number>>>;
}

/** A network as the legend has it. */
export interface GraphNetwork {
  readonly id: string;
  readonly label: string;
  readonly purpose?: string;
  /** Place among all networks of the design: what its colour and code follow from, in every view and under every filter. */
  readonly style?: { readonly place: number; readonly code: string };
}

/** A finding marked on a box. */
export interface GraphMark {
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly count: number;
  readonly messages: readonly string[];
  /** How bad each message is, in their order; all as bad as the mark when absent. */
  readonly severities?: readonly GraphMark['severity'][];
}
