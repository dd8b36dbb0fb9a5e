/** Elements of the page in one expression. Text is always text, never markup. */

export const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element with a class and children; strings become text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...children);
  return element;
}

/** An element of a drawing, with its attributes. */
export function makeSvg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly Node[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A button with words on it. */
export function textButton(className: string, text: string, run: () => void): HTMLButtonElement {
  const element = make('button', className, text);
  element.type = 'button';
  element.addEventListener('click', run);
  return element;
}

/** An entry of a list to choose from. */
export function optionOf(value: string, text: string): HTMLOptionElement {
  const option = make('option', '', text);
  option.value = value;
  return option;
}
