/**
 * The picture with sizes and places: what `layout` makes and `svg` draws. Plain data in pixels, absolute coordinates, no colours
 * and no markup. Nodes are nested as the boxes are, in the order in which a reader meets them.
 */

import type { Bar, Change, GraphEdge, GraphNode } from './graph.ts';
import type { Point } from './layout/elkGraph.ts';
import type { NetworkStyle } from './networkStyle.ts';

/** Sizes and weights are in measure.ts. */
export type TextStyle = 'title' | 'detail' | 'small' | 'heading' | 'code' | 'panel';

/** How a box is drawn: a frame holds others, a panel is a frame of the picture's own, the rest are leaves. */
export type Shape = 'frame' | 'panel' | 'block' | 'card' | 'row' | 'socket' | 'chip';

export interface PlacedText {
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly text: string;
  readonly style: TextStyle;
  readonly anchor?: 'middle' | 'end';
}

/** The little sign with a network's code and colour. */
export interface PlacedBadge {
  readonly x: number;
  readonly y: number;
  readonly style: NetworkStyle;
}

/** The track of a bar; its label and text are among the texts of its box. */
export interface PlacedBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly bar: Bar;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedNode extends Rectangle {
  /** Absent for the picture's own panels and blocks, which nobody wrote. */
  readonly node?: GraphNode;
  readonly shape: Shape;
  /** Where it stands in what is around it, px; absent where it cannot be moved by hand. */
  readonly within?: Point;
  /** Number of frames around it. */
  readonly depth: number;
  readonly icon?: { readonly x: number; readonly y: number; readonly size: number };
  readonly texts: readonly PlacedText[];
  readonly badges: readonly PlacedBadge[];
  readonly bars?: readonly PlacedBar[];
  /** Where a frame's name stands; drawn over the lines that pass. */
  readonly plate?: Rectangle;
  /** Network whose colour the box wears. */
  readonly network?: NetworkStyle;
  /** Ids of the things that it is connected with, by a drawn line or not. */
  readonly links: readonly string[];
  readonly children: readonly PlacedNode[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** Side of the redundant pair that the line belongs to. */
  readonly side?: 'A' | 'B';
  readonly network?: NetworkStyle;
  readonly label?: PlacedText;
}

export interface Placed {
  readonly title: string;
  /** What is in the picture, in words: `3 hosts · 4 virtual machines`. */
  readonly summary: string;
  readonly width: number;
  readonly height: number;
  readonly heading: readonly PlacedText[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Where lines of one bundle part. */
  readonly junctions: readonly { readonly x: number; readonly y: number; readonly edge: number }[];
  readonly networks: readonly NetworkStyle[];
  /** Samples of the kinds of line, box and bar in use. */
  readonly key: readonly PlacedKey[];
  /** Ids of the boxes that stand where the user put them; absent when there are none. */
  readonly held?: readonly string[];
}

export interface PlacedKey {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly kind: LineKind | SignKind | ChangeKind;
  readonly text: PlacedText;
}

/** A kind of line as the key shows it. */
export type LineKind = { readonly role: GraphEdge['role']; readonly side?: 'A' | 'B'; readonly speed?: number };

/** In a comparison: what became of a thing. */
export interface ChangeKind {
  readonly change: Change;
}

/** What boxes and bars show besides lines. */
export interface SignKind {
  readonly sign: 'ghost' | 'idle' | 'shared' | 'lag' | 'plug' | 'unplugged' | 'used' | 'kept' | 'over';
}
