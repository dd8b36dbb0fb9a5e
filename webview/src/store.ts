/** Holds the choice and what has to outlive a switch of the viewpoint or a reload: folds, selections, places. */

import type { TopologyChoice, ViewOffer } from '../../server/src/lsp/protocol.ts';
import { chosen, isSame, pictureKey } from './choice.ts';
import type { Host, ViewMemory } from './host.ts';
import type { StoredView } from './stage.ts';

/** Pictures whose place is remembered: more than anybody goes back to, few enough to keep. */
const mostPlaces = 40;

/** What the store asks when it keeps the state. */
export interface Present {
  readonly selected: () => string | undefined;
  /** Where one looks, when the user has put it there. */
  readonly place: () => StoredView | undefined;
}

export interface Store {
  readonly choice: () => TopologyChoice;
  /** Takes another choice, keeps it, and tells the panel. A choice of the same parts changes nothing. */
  readonly choose: (next: TopologyChoice) => void;
  /** Chooses a viewpoint; its folds come back. */
  readonly chooseView: (id: string) => void;
  /** Called whenever the choice is another one. */
  readonly onChange: (listener: (choice: TopologyChoice) => void) => void;
  /** The viewpoints that there are; the first is the one that is meant when none is named. */
  readonly offered: (views: readonly ViewOffer[]) => void;
  /** Id of the viewpoint of a choice. */
  readonly viewOf: (choice: TopologyChoice) => string;
  /** From now on this picture is shown: where one looked in it the last time, and what was selected in its viewpoint. */
  readonly showing: (choice: TopologyChoice, title: string) => { readonly place?: StoredView; readonly selected?: string };
  /** Keeps the present state. */
  readonly save: () => void;
}

/** @param present what is on the screen; not asked before the first picture is shown */
export function createStore(host: Host, present: Present): Store {
  const kept = host.kept();
  const listeners: ((choice: TopologyChoice) => void)[] = [];
  let choice: TopologyChoice = kept?.choice ?? {};
  let firstView = '';
  const selections = new Map<string, string>();
  const folds = new Map<string, Pick<TopologyChoice, 'open' | 'shut'>>();
  for (const [view, { selected, open = [], shut = [] }] of Object.entries(kept?.views ?? {})) {
    if (selected !== undefined) selections.set(view, selected);
    folds.set(view, { open, shut });
  }
  const places = new Map<string, StoredView>(kept?.places ?? []);
  let shown: { readonly view: string; readonly key: string } | undefined;

  const viewOf = (of: TopologyChoice): string => of.view ?? firstView;

  const remember = (): void => {
    folds.set(viewOf(choice), { open: choice.open ?? [], shut: choice.shut ?? [] });
    if (shown === undefined) return;
    const selected = present.selected();
    if (selected === undefined) selections.delete(shown.view);
    else selections.set(shown.view, selected);
    const place = present.place();
    places.delete(shown.key);
    if (place !== undefined) places.set(shown.key, place);
    for (const key of places.keys()) if (places.size > mostPlaces) places.delete(key);
  };
  const save = (): void => {
    remember();
    const views: Record<string, ViewMemory> = {};
    for (const view of new Set([...selections.keys(), ...folds.keys()])) {
      const selected = selections.get(view);
      const { open = [], shut = [] } = folds.get(view) ?? {};
      if (selected !== undefined || open.length > 0 || shut.length > 0)
        views[view] = { ...(selected === undefined ? {} : { selected }), open, shut };
    }
    host.keep({ ...(host.uri === undefined ? {} : { uri: host.uri }), choice, views, places: [...places] });
  };
  const choose = (next: TopologyChoice): void => {
    const clean = chosen(next, {});
    if (isSame(clean, choice)) return;
    remember();
    choice = clean;
    save();
    for (const listener of listeners) listener(choice);
    host.post({ type: 'choice', choice });
  };

  return {
    choice: () => choice,
    choose,
    chooseView(id) {
      remember();
      choose({ ...choice, view: id, open: folds.get(id)?.open ?? [], shut: folds.get(id)?.shut ?? [] });
    },
    onChange: (listener) => void listeners.push(listener),
    offered: ([first]) => {
      firstView = first?.id ?? firstView;
    },
    viewOf,
    showing(of, title) {
      remember();
      const view = viewOf(of);
      // A design that is renamed while it is shown is the same picture: the page keeps its place then and asks for none.
      const key = `${title}\n${pictureKey(of, view)}`;
      const place = key === shown?.key ? undefined : places.get(key);
      shown = { view, key };
      const selected = selections.get(view);
      return { ...(place === undefined ? {} : { place }), ...(selected === undefined ? {} : { selected }) };
    },
    save,
  };
}
