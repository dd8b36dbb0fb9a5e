/** VS Code as the page sees it: a way to tell the panel something, and a place for what has to outlive a reload. */

import type { FromPage, TopologyChoice } from '../../server/src/lsp/protocol.ts';
import type { StoredView } from './stage.ts';

/** What the page keeps over a reload of the window. Written by this page only, but perhaps by an older version of it. */
export interface KeptState {
  /** The design, so that the panel can be taken up again after a restart. */
  readonly uri?: string;
  readonly choice?: TopologyChoice;
  /** What was selected and folded in each viewpoint. */
  readonly views?: Readonly<Record<string, ViewMemory>>;
  /** Where one looked in each picture; the most recent last. */
  readonly places?: readonly (readonly [picture: string, view: StoredView])[];
}

export interface ViewMemory {
  readonly selected?: string;
  readonly open?: readonly string[];
  readonly shut?: readonly string[];
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
};

export interface Host {
  /** The page is a file by itself: nobody answers but the picture in it. */
  readonly isAlone: boolean;
  readonly post: (message: FromPage) => void;
  readonly kept: () => KeptState | undefined;
  readonly keep: (state: KeptState) => void;
  /** The design that the panel was opened for. */
  readonly uri: string | undefined;
}

/** Whether there is an editor around the page; else it is a file by itself. */
export const isInEditor = (): boolean => typeof acquireVsCodeApi === 'function';

/** Takes hold of VS Code's interface, which it hands out only once. */
export function createHost(): Host {
  const api = acquireVsCodeApi();
  return {
    isAlone: false,
    post: (message) => api.postMessage(message),
    kept: () => api.getState(),
    keep: (state) => api.setState(state),
    uri: document.querySelector<HTMLMetaElement>('meta[name="lintel-design"]')?.content,
  };
}
