/**
 * Custom messages between the language server and its editors, beyond the LSP. Types and names only: the one file of the
 * server that the client and the webview import. Every name here is described in docs/protocol.md (a test holds them together).
 */

import type { FoundThing, TopologyChoice } from '../topology/choice.ts';

export type { FoundThing, TopologyChoice } from '../topology/choice.ts';

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
export interface TopologyParams extends TopologyChoice {
  readonly uri: string;
  /** An older state of the design to compare with: the texts of its files by URI (absent files did not exist), and what it is called. */
  readonly against?: { readonly label: string; readonly files: Readonly<Record<string, string>> };
  /** The text of the file of dragged places beside the design; empty when there is none. */
  readonly places?: string;
}
/** A thing that differs between two states of a design. */
export interface ChangeItem {
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  readonly id: string;
  /** What it is: `host`, `virtual machine`. */
  readonly role: string;
  readonly label: string;
  /** What is different, in words: `vcpu 4 → 8`, `esx1 → esx2`. */
  readonly what?: string;
}
/** What the filters of the panel can be set to, each sorted by name. */
export interface FilterOffers {
  readonly site: readonly string[];
  readonly cluster: readonly string[];
  readonly network: readonly string[];
  readonly tag: readonly string[];
  readonly service: readonly string[];
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
  /** Shown beside the picture: what it could not show, and why. */
  readonly note?: string;
  readonly filters?: FilterOffers;
  /** In a comparison: what differs, in the order of the picture; then what differs and has no box in it. Of a line, `id` is one end. */
  readonly changes?: readonly ChangeItem[];
  /** Boxes whose place comes from the file of dragged places. */
  readonly placed?: readonly string[];
  /** Text of that file with names that were typed anew; set when it differs from what was sent, to be written when the design is saved. */
  readonly places?: string;
}

/** Client → server request: things of the picture by name, folded ones too. */
export const findThingsRequest = 'lintel/findThings';
export interface FindThingsParams extends TopologyChoice {
  readonly uri: string;
  /** A part of a name, label, path, address or of what a box says; or the id of a thing, which then is all that is found. */
  readonly text: string;
}
export type FindThingsResult = readonly FoundThing[];

/** The file of dragged places beside a design: `plant.lintel` → `plant.lintel-places`. */
export const placesUri = (root: string): string => `${root.replace(/\.lintel$/, '')}.lintel-places`;

/** Client → server request: the file of dragged places with a box put somewhere (or freed); the client writes it. */
export const placeThingRequest = 'lintel/placeThing';
export interface PlaceThingParams extends TopologyChoice {
  readonly uri: string;
  /** The present text of the file; empty when there is none. */
  readonly places: string;
  /** Box that was dragged; all of the view when absent (only with `at` null: free them). */
  readonly id?: string;
  /**
   * Where its upper left corner was put, in px from that of the frame around it: its `data-at` in the SVG and how far it was dragged.
   * A box without `data-at` cannot be dragged. Null frees it, and so does the place where it stands by itself.
   */
  readonly at: { readonly x: number; readonly y: number } | null;
}
export interface PlaceThingResult {
  /** The file beside the design. */
  readonly uri: string;
  /** Its new text; empty when nothing is placed any more. */
  readonly text: string;
}

/** Client → server request: the picture as a file to take away. */
export const exportPictureRequest = 'lintel/exportPicture';
export interface ExportPictureParams extends TopologyParams {
  readonly format: 'svg' | 'png' | 'pdf' | 'html';
  readonly theme?: 'auto' | 'light' | 'dark' | 'print';
  readonly titleBlock?: boolean;
}
export interface ExportPictureResult {
  /** Text, or bytes in base64 (png, pdf). */
  readonly text?: string;
  readonly base64?: string;
  /** Set instead when there is nothing to write. */
  readonly message?: string;
}

/** Client → server request: the designs of the workspace (files that no other file imports), with the name each gives itself. */
export const designsRequest = 'lintel/designs';
export interface DesignsResult {
  readonly designs: readonly { readonly uri: string; readonly title: string; readonly files: readonly string[] }[];
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
      readonly note?: string;
      /** The choice that it shows, and all viewpoints that there are. */
      readonly choice: TopologyChoice;
      readonly views?: readonly ViewOffer[];
      readonly filters?: FilterOffers;
      readonly changes?: readonly ChangeItem[];
      readonly placed?: readonly string[];
      /** What it is compared with, in words; absent when it is not. */
      readonly against?: string;
    }
  /** The thing that the cursor of the text stands in; `choose` selects it too and goes there ("Reveal in topology"). */
  | { readonly type: 'highlight'; readonly id: string | null; readonly choose?: boolean }
  /** Answer to `find`. */
  | { readonly type: 'found'; readonly serial: number; readonly things: readonly FoundThing[] }
  /** Another choice from outside (a link, "Reveal in topology" in a folded part). */
  | { readonly type: 'choose'; readonly choice: TopologyChoice };

/** Page → panel. */
export type FromPage =
  /** `choice` is what was shown before a restart. */
  | { readonly type: 'ready'; readonly choice?: TopologyChoice }
  | { readonly type: 'choice'; readonly choice: TopologyChoice }
  | { readonly type: 'find'; readonly serial: number; readonly text: string }
  | { readonly type: 'reveal'; readonly id: string; readonly preserveFocus: boolean }
  /** A box was dragged (or, with null, freed; without an id all of the view). */
  | { readonly type: 'place'; readonly id?: string; readonly at: { readonly x: number; readonly y: number } | null }
  /** One more panel with the same choice; the export of this one; the end of a comparison; the link to this choice. */
  | { readonly type: 'split' }
  | { readonly type: 'export' }
  | { readonly type: 'compare'; readonly with: 'lastCommit' | null }
  | { readonly type: 'copyLink' }
  | { readonly type: 'painted'; readonly revision: number; readonly nodes: number };
