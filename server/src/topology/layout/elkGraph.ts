/**
 * The part of ELK's JSON that Lintel writes and reads, as readonly types of our own: the library's typings are mutable and pull
 * its whole API into every file that only passes graphs along. No import of elkjs here, so this stays free of its 1.6 MB.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface ElkPort {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly layoutOptions?: Readonly<Record<string, string>>;
}

export interface ElkSection {
  readonly startPoint: Point;
  readonly endPoint: Point;
  readonly bendPoints?: readonly Point[];
}

export interface ElkEdge {
  readonly id: string;
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  readonly layoutOptions?: Readonly<Record<string, string>>;
  /** Filled by the layout. */
  readonly sections?: readonly ElkSection[];
}

export interface ElkGraph {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly layoutOptions?: Readonly<Record<string, string>>;
  readonly ports?: readonly ElkPort[];
  readonly children?: readonly ElkGraph[];
  readonly edges?: readonly ElkEdge[];
}

/** Lays a graph out, usually on another thread; rejects with a readable `Error` when it cannot. */
export interface LayoutRunner {
  (input: ElkGraph): Promise<ElkGraph>;
  /** Tells that a layout follows soon: what has to be started or compiled for it can be meanwhile. Never fails. */
  readonly prepare?: () => void;
}
