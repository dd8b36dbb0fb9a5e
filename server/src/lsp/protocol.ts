/**
 * Custom messages between the language server and its editors, beyond the LSP. Types and names only: the one file of the
 * server that the client and the webview import. Every name here is described in docs/protocol.md (a test holds them together).
 */

/** Server → client notification: the model moved to `revision`; an open preview pulls the picture. */
export const modelChanged = 'lintel/modelChanged';
export interface ModelChangedParams {
  readonly revision: number;
  /** Files whose findings or text changed. */
  readonly uris: readonly string[];
}

/** Server → client notification: counts for the status item. */
export const findingCounts = 'lintel/findingCounts';
export interface FindingCountsParams {
  readonly uri: string;
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly hint: number;
}

/** Client → server request: the laid-out picture of the project of a file. */
export const topologyRequest = 'lintel/topology';
export interface TopologyParams {
  readonly uri: string;
  /** Id of a viewpoint (`network`, `storage`, …); the overview unless told. */
  readonly view?: string;
  /** Id, name or path of a thing: it is shown with its neighbours. */
  readonly focus?: string;
  /** How many lines away from the focus a neighbour may be; 1 unless told. */
  readonly depth?: number;
}
/** A viewpoint as a switch offers it. */
export interface ViewOffer {
  readonly id: string;
  readonly title: string;
  readonly question: string;
}
export interface TopologyResult {
  readonly revision: number;
  /** SVG with CSS classes and custom properties; text is escaped; no script, no external reference. */
  readonly svg: string;
  readonly title: string;
  /** The viewpoints that there are, in the order in which a switch offers them. */
  readonly views?: readonly ViewOffer[];
  /** Set when there is nothing to draw or the layout failed: shown instead of the picture. */
  readonly message?: string;
}

/** Client → server request: where a thing of the picture stands in the text. */
export const locateRequest = 'lintel/locate';
export interface LocateParams {
  readonly uri: string;
  readonly id: string;
}
export interface LocateResult {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** Client → server request: the id of the thing of the picture at a place in the text (the innermost one that is drawn), or null. */
export const thingAtRequest = 'lintel/thingAt';
export interface ThingAtParams {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}
export type ThingAtResult = { readonly id: string } | null;

/** Client → server request: the deployment checklist of the project of a file, as Markdown. */
export const checklistRequest = 'lintel/checklist';
export interface ChecklistParams {
  readonly uri: string;
}
export interface ChecklistResult {
  readonly markdown: string;
  readonly items: number;
}

// ── preview panel ↔ webview page (postMessage) ─────────────────────────────────────────────────────────────────────────

/** Panel → page. */
export type ToPage =
  | {
      readonly type: 'picture';
      readonly svg: string;
      readonly title: string;
      readonly revision: number;
      readonly message?: string;
      /** The viewpoint that it shows, and all that there are. */
      readonly view?: string;
      readonly views?: readonly ViewOffer[];
    }
  | { readonly type: 'highlight'; readonly id: string | null };

/** Page → panel. */
export type FromPage =
  /** `view` is the viewpoint that was shown before a restart. */
  | { readonly type: 'ready'; readonly view?: string }
  | { readonly type: 'view'; readonly view: string }
  | { readonly type: 'reveal'; readonly id: string; readonly preserveFocus: boolean }
  | { readonly type: 'painted'; readonly revision: number; readonly nodes: number };
