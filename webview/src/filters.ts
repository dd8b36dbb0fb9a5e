/**
 * Which part of the design the picture shows: a button that opens the filters, and a row of chips that says what is chosen and
 * takes it away again, the focus among them.
 */

import type { FilterOffers, TopologyChoice } from '../../server/src/lsp/protocol.ts';
import { chosen, type FilterName, filterNames } from './choice.ts';
import { make, optionOf, textButton } from './elements.ts';
import { icon, iconButton } from './icons.ts';

export interface Filters {
  /** Opens and closes the filters; stands in the toolbar. */
  readonly button: HTMLButtonElement;
  /** The filters themselves, under the toolbar. */
  readonly panel: HTMLElement;
  /** What is chosen. */
  readonly chips: HTMLElement;
  /** What there is to choose from. */
  readonly offer: (offers: FilterOffers | undefined) => void;
  /** Shows a choice. @param nameOf what the user calls a thing, by id */
  readonly show: (choice: TopologyChoice, nameOf: (id: string) => string) => void;
}

const titles: Readonly<Record<FilterName, string>> = {
  site: 'Site',
  cluster: 'Cluster',
  network: 'Network',
  tag: 'Tag',
  service: 'Service',
  severity: 'Findings',
};
const severities = { error: 'Errors', warning: 'Warnings and worse', info: 'Notes and worse' } as const;
type Severity = keyof typeof severities;
/** How far from the focus a neighbour may be, in lines. */
const depths = [1, 2, 3, 4, 5] as const;

/** @param choose is told the choice with a filter set, changed or taken away */
export function createFilters(choose: (choice: TopologyChoice) => void): Filters {
  let choice: TopologyChoice = {};
  let offered = '';
  const panel = make('div', 'filters');
  panel.id = 'filters';
  panel.hidden = true;
  panel.setAttribute('role', 'group');
  panel.setAttribute('aria-label', 'Filters');
  const chips = make('div', 'chips');
  chips.setAttribute('role', 'group');
  chips.setAttribute('aria-label', 'Shown part');
  chips.hidden = true;
  const button = iconButton('filter', 'Filters', () => open(panel.hidden !== false));
  button.setAttribute('aria-controls', panel.id);
  button.setAttribute('aria-expanded', 'false');
  const open = (isOpen: boolean): void => {
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) panel.querySelector('select')?.focus();
  };
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open(false);
    button.focus();
    event.preventDefault();
  });

  const fields = new Map<FilterName, HTMLSelectElement>();
  const setFilter = (name: FilterName, value: string): void => {
    if (name !== 'severity') choose(chosen(choice, { [name]: value === '' ? undefined : value }));
    else choose(chosen(choice, { severity: isSeverity(value) ? value : undefined }));
  };
  const showFields = (): void => {
    for (const [name, field] of fields) {
      const value = choice[name] ?? '';
      // What a link names and the design does not have is still shown as it is chosen.
      if (![...field.options].some((option) => option.value === value)) field.append(optionOf(value, value));
      field.value = value;
    }
  };
  return {
    button,
    panel,
    chips,
    offer(offers) {
      const text = JSON.stringify(offers ?? {});
      if (text === offered && fields.size > 0) return;
      offered = text;
      fields.clear();
      panel.replaceChildren();
      for (const name of filterNames) {
        const values = name === 'severity' ? Object.keys(severities) : (offers?.[name] ?? []);
        if (values.length === 0) continue;
        const field = make('select', '', optionOf('', 'All'), ...values.map((value) => optionOf(value, wordOf(name, value))));
        field.addEventListener('change', () => setFilter(name, field.value));
        fields.set(name, field);
        panel.append(make('label', '', make('span', '', titles[name]), field));
      }
      showFields();
    },
    show(next, nameOf) {
      choice = next;
      showFields();
      const active = filterNames.filter((name) => choice[name] !== undefined);
      button.classList.toggle('is-on', active.length > 0);
      const had = chips.contains(document.activeElement);
      chips.replaceChildren();
      if (choice.focus !== undefined) chips.append(focusChip(choice, nameOf(choice.focus), choose));
      for (const name of active) chips.append(chip(titles[name], wordOf(name, choice[name] ?? ''), () => setFilter(name, '')));
      if (active.length > 1)
        chips.append(
          textButton('link', 'Clear filters', () =>
            choose(chosen(choice, Object.fromEntries(filterNames.map((name) => [name, undefined])))),
          ),
        );
      chips.hidden = chips.childElementCount === 0;
      if (had) (chips.querySelector<HTMLElement>('button, select') ?? button).focus();
    },
  };
}

const isSeverity = (value: string): value is Severity => Object.hasOwn(severities, value);

const wordOf = (name: FilterName, value: string): string =>
  name === 'severity' && isSeverity(value) ? severities[value] : value;

function chip(title: string, value: string, remove: () => void): HTMLElement {
  const button = iconButton('close', `Remove the filter ${title}: ${value}`, remove);
  return make('span', 'chip', make('span', 'chip-title', `${title}:`), make('span', 'chip-value', value), button);
}

/** The focus: on what, how far around it, and the way back to all. */
function focusChip(choice: TopologyChoice, name: string, choose: (choice: TopologyChoice) => void): HTMLElement {
  const lines = depths.map((value) => optionOf(String(value), value === 1 ? '1 line around' : `${value} lines around`));
  const depth = make('select', '', ...lines);
  depth.setAttribute('aria-label', 'Distance from the focus');
  depth.title = 'How many lines away a neighbour may be';
  depth.value = String(choice.depth ?? 1);
  depth.addEventListener('change', () => choose(chosen(choice, { depth: Number(depth.value) })));
  const leave = textButton('link', 'Show all', () => choose(chosen(choice, { focus: undefined, depth: undefined })));
  return make('span', 'chip chip-focus', icon('focus'), make('span', 'chip-value', name), depth, leave);
}
