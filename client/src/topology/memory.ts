/**
 * What of the panels outlives a reload of the window beside what their pages keep: which design each has come to, and whether it
 * follows or compares. Kept in the workspace's state under the panel's key.
 */
import type { Memento } from 'vscode';
import type { TopologyChoice } from '../../../server/src/lsp/protocol.ts';
import { readChoice } from './choice.ts';

export interface PanelMemory {
  readonly key: string;
  readonly design: string;
  readonly choice: TopologyChoice;
  readonly follows: boolean;
  readonly compared: boolean;
}

const name = 'topology.panels';
/** Panels whose memory is kept; those that were used last. */
const most = 40;

export function remember(state: Memento, panel: PanelMemory): void {
  void state.update(name, [panel, ...all(state).filter(({ key }) => key !== panel.key)].slice(0, most));
}

export function forget(state: Memento, key: string): void {
  void state.update(
    name,
    all(state).filter((panel) => panel.key !== key),
  );
}

export const recall = (state: Memento, key: string): PanelMemory | undefined => all(state).find((panel) => panel.key === key);

function all(state: Memento): readonly PanelMemory[] {
  const kept = state.get<unknown>(name);
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((one: unknown) => {
    const { choice, compared, design, follows, key } = (one ?? {}) as Partial<Record<keyof PanelMemory, unknown>>;
    return typeof key === 'string' && typeof design === 'string'
      ? [{ key, design, choice: readChoice(choice), follows: follows === true, compared: compared === true }]
      : [];
  });
}
