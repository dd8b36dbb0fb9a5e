/**
 * SVG text of `renderSvg` in a fixed theme → drawing. So paper and pixels show what the picture shows, whatever it comes to draw
 * later. It reads our own SVG, not anybody's: elements that it does not know draw nothing.
 */

import type { Rectangle } from '../placed.ts';
import { createStyler, type Declarations, type Styled } from './css.ts';
import type { Drawing, DrawnPath, DrawnText, Paint, Pen } from './drawing.ts';
import { ellipsePath, type Path, type Place, parsePath, placePath, rectPath } from './pathData.ts';
import { type Element, parseXml } from './xml.ts';

const inherited = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'fill-opacity',
  'stroke-opacity',
  'font-size',
  'font-weight',
  'letter-spacing',
  'text-anchor',
  'paint-order',
  'display',
] as const;

interface Context {
  readonly styled: Styled | undefined;
  readonly values: Declarations;
  readonly place: Place;
  readonly opacity: number;
  readonly clip?: Rectangle;
}

/** Reads a picture. */
export function readSvg(svg: string): Drawing {
  const root = parseXml(svg);
  const find = (name: string): string => root.children.find((child) => child.name === name)?.text ?? '';
  const style = createStyler(find('style'));
  const [, , width = 0, height = 0] = (root.attributes.viewBox ?? '').split(/\s+/).map(Number);
  const definitions = new Map<string, Element>();
  for (const defs of root.children.filter((child) => child.name === 'defs'))
    for (const child of defs.children) definitions.set(child.attributes.id ?? '', child);
  const items: (DrawnPath | DrawnText)[] = [];

  const visit = (element: Element, outer: Context): void => {
    if (['title', 'desc', 'style', 'defs'].includes(element.name)) return;
    const context = enter(element, outer, style);
    if (context.values.display === 'none') return;
    if (element.name === 'text') {
      const text = textOf(element, context);
      if (text !== undefined) items.push(text);
    } else if (element.name === 'use') use(element, context);
    else {
      const path = pathOf(element);
      if (path !== undefined) draw(path, context);
    }
    for (const child of element.children) visit(child, context);
  };

  const use = ({ attributes }: Element, context: Context): void => {
    const symbol = definitions.get((attributes.href ?? '').slice(1));
    if (symbol === undefined) return;
    const [, , side = 16] = (symbol.attributes.viewBox ?? '0 0 16 16').split(/\s+/).map(Number);
    const place = { scale: Number(attributes.width ?? side) / side, x: number(attributes.x), y: number(attributes.y) };
    for (const child of symbol.children) visit(child, { ...context, place: within(context.place, place) });
  };

  const draw = (path: Path, context: Context): void => {
    const { values, place, clip, opacity } = context;
    const placed = placePath(path, place);
    const fill = paint(values.fill ?? '#000000', values['fill-opacity'], opacity);
    const pen = penOf(values, place.scale, opacity);
    const clipped = clip === undefined ? {} : { clip };
    if (fill !== undefined || pen !== undefined)
      items.push({ kind: 'path', path: placed, ...clipped, ...(fill && { fill }), ...(pen && { pen }) });
    const pattern = definitions.get(/^url\(#([^)]+)\)$/.exec(values.fill ?? '')?.[1] ?? '');
    if (pattern !== undefined) tile(pattern, boundsOf(placed), context);
  };

  /** Repeats a pattern over a box. Pictures use small ones on small boxes only. */
  const tile = (pattern: Element, box: Rectangle, context: Context): void => {
    const size = Number(pattern.attributes.width ?? 4) * context.place.scale;
    const blank: Context = { styled: undefined, values: {}, opacity: 1, clip: box, place: context.place };
    for (let y = Math.floor(box.y / size) * size; y < box.y + box.height; y += size)
      for (let x = Math.floor(box.x / size) * size; x < box.x + box.width; x += size)
        for (const child of pattern.children) visit(child, { ...blank, place: { scale: context.place.scale, x, y } });
  };

  visit({ ...root, children: root.children }, { styled: undefined, values: {}, place: { scale: 1, x: 0, y: 0 }, opacity: 1 });
  return { title: find('title'), description: find('desc'), width, height, items };
}

const number = (text: string | undefined): number => Number.parseFloat(text ?? '') || 0;

const within = (outer: Place, inner: Place): Place => ({
  scale: outer.scale * inner.scale,
  x: outer.x + inner.x * outer.scale,
  y: outer.y + inner.y * outer.scale,
});

function enter(element: Element, outer: Context, style: ReturnType<typeof createStyler>): Context {
  const { attributes } = element;
  const styled = style(outer.styled, element.name, attributes.class ?? '');
  const values: Record<string, string> = { ...outer.values };
  for (const name of inherited) {
    const own = styled.own[name] ?? attributes[name];
    if (own !== undefined) values[name] = own;
  }
  const opacity = outer.opacity * Number(styled.own.opacity ?? attributes.opacity ?? 1);
  return { ...outer, styled, values, opacity, place: transformed(outer.place, attributes.transform) };
}

function transformed(place: Place, transform: string | undefined): Place {
  let here = place;
  for (const [, kind, values = ''] of (transform ?? '').matchAll(/(translate|scale)\(([^)]*)\)/g)) {
    const [a = 0, b = 0] = values.split(/[\s,]+/).map(Number);
    here = within(here, kind === 'translate' ? { scale: 1, x: a, y: b } : { scale: a, x: 0, y: 0 });
  }
  return here;
}

function pathOf({ name, attributes: a }: Element): Path | undefined {
  if (name === 'rect') return rectPath(number(a.x), number(a.y), number(a.width), number(a.height), number(a.rx));
  if (name === 'circle') return ellipsePath(number(a.cx), number(a.cy), number(a.r), number(a.r));
  if (name === 'ellipse') return ellipsePath(number(a.cx), number(a.cy), number(a.rx), number(a.ry));
  if (name === 'path') return parsePath(a.d ?? '');
  if (name === 'line') return parsePath(`M${number(a.x1)} ${number(a.y1)}L${number(a.x2)} ${number(a.y2)}`);
  if (name === 'polyline') return parsePath(`M${a.points ?? ''}`);
  return name === 'polygon' ? parsePath(`M${a.points ?? ''}Z`) : undefined;
}

/** `#abc` and `#aabbcc`; what is no colour paints nothing. */
function paint(value: string, alpha: string | undefined, opacity: number): Paint | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value);
  const colour =
    short === null
      ? value
      : `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`;
  return /^#[0-9a-f]{6}$/i.test(colour) ? { colour, alpha: Number(alpha ?? 1) * opacity } : undefined;
}

function penOf(values: Declarations, scale: number, opacity: number): Pen | undefined {
  const ink = paint(values.stroke ?? 'none', values['stroke-opacity'], opacity);
  if (ink === undefined) return undefined;
  const dash = (values['stroke-dasharray'] ?? 'none') === 'none' ? [] : (values['stroke-dasharray'] ?? '').split(/[\s,]+/);
  return {
    ...ink,
    width: number(values['stroke-width'] ?? '1') * scale,
    dash: dash.map((part) => number(part) * scale),
    isRound: values['stroke-linecap'] === 'round',
  };
}

function textOf(element: Element, { values, place }: Context): DrawnText | undefined {
  if (element.text === '') return undefined;
  const size = number(values['font-size'] ?? '16') * place.scale;
  const spacing = values['letter-spacing'] ?? '0';
  const halo = (values['paint-order'] ?? '').startsWith('stroke') ? paint(values.stroke ?? 'none', undefined, 1) : undefined;
  return {
    kind: 'text',
    x: place.x + number(element.attributes.x) * place.scale,
    y: place.y + number(element.attributes.y) * place.scale,
    text: element.text,
    size,
    bold: values['font-weight'] === 'bold' || Number(values['font-weight'] ?? 400) >= 600,
    colour: paint(values.fill ?? '', undefined, 1)?.colour ?? '#000000',
    spacing: spacing.endsWith('em') ? number(spacing) * size : number(spacing),
    shift: values['text-anchor'] === 'middle' ? 0.5 : values['text-anchor'] === 'end' ? 1 : 0,
    ...(halo === undefined ? {} : { halo: halo.colour }),
  };
}

/** The box around the points of a path. */
function boundsOf(path: Path): Rectangle {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const step of path) {
    if (step.op === 'Z') continue;
    [left, right] = [Math.min(left, step.x), Math.max(right, step.x)];
    [top, bottom] = [Math.min(top, step.y), Math.max(bottom, step.y)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
