/** Small pins on the boxes whose place is the user's. */

import { makeSvg } from './elements.ts';
import { boxOf } from './geometry.ts';

const needle = 'M0 7V3M-2.6 3h5.2M-1.7 3L-1.2-2.4h2.4L1.7 3M-2.2-2.4h4.4';

/** Puts pins into a picture. @param placed ids of the boxes; what is not drawn gets none */
export function addPins(view: SVGGElement, nodes: ReadonlyMap<string, SVGGElement>, placed: readonly string[]): void {
  const pins = placed.flatMap((id) => {
    const node = nodes.get(id);
    if (node === undefined) return [];
    const { x, y } = boxOf(node);
    // On the upper edge, beside the sign that opens and shuts; findings have the other corner. The pin itself is moved when its box
    // is dragged, so its place is that of a group in it.
    const sign = makeSvg('g', { transform: `translate(${x + 20} ${y})` });
    sign.append(makeSvg('circle', { r: 7, cy: 0.8 }), makeSvg('path', { d: needle }));
    return [makeSvg('g', { class: 'lt-pin', 'data-for': id }, sign)];
  });
  if (pins.length > 0) view.append(makeSvg('g', { class: 'lt-pins', 'aria-hidden': 'true' }, ...pins));
}
