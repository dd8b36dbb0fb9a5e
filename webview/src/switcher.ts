/** The choice of a viewpoint: a list of names, each with the question that it answers. Hidden until there is something to choose. */

import type { ViewOffer } from '../../server/src/lsp/protocol.ts';
import { make, optionOf } from './elements.ts';

export interface Switcher {
  readonly element: HTMLSelectElement;
  /** Shows what there is to choose, and what is chosen: the first one unless told. */
  readonly offer: (views: readonly ViewOffer[], chosen: string | undefined) => void;
  /** Shows another choice. */
  readonly choose: (chosen: string | undefined) => void;
}

/** @param choose is told what the user has picked */
export function createSwitcher(choose: (id: string) => void): Switcher {
  const element = make('select', '');
  element.setAttribute('aria-label', 'Viewpoint');
  element.hidden = true;
  let offered: readonly ViewOffer[] = [];
  const explain = (): void => {
    element.title = offered.find((view) => view.id === element.value)?.question ?? '';
  };
  const show = (chosen: string | undefined): void => {
    element.value = chosen ?? offered[0]?.id ?? '';
    explain();
  };
  element.addEventListener('change', () => {
    explain();
    choose(element.value);
  });
  return {
    element,
    offer(views, chosen) {
      if (views.length === 0) return;
      if (JSON.stringify(views) !== JSON.stringify(offered)) {
        offered = views;
        element.replaceChildren(
          ...views.map(({ id, question, title }) => {
            const option = optionOf(id, title);
            option.title = question;
            return option;
          }),
        );
        element.hidden = views.length < 2;
      }
      show(chosen);
    },
    choose: show,
  };
}
