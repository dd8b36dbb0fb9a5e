/** A drawn picture as a sheet to which something is added below: a list, a title block. Pure. */

import { px } from '../svg/text.ts';

export interface Sheet {
  /** Of the picture, px. */
  readonly width: number;
  readonly height: number;
  /** The sheet in another size, with more SVG on it. */
  readonly extended: (width: number, height: number, added: string) => string;
}

/** The sheet of a picture; undefined when it does not begin and end as one of ours. */
export function sheetOf(svg: string): Sheet | undefined {
  const size = /^<svg [^>]*width="([\d.]+)" height="([\d.]+)" viewBox="0 0 [\d.]+ [\d.]+">/.exec(svg);
  if (size === null || !svg.endsWith('</svg>\n')) return undefined;
  return {
    width: Number(size[1]),
    height: Number(size[2]),
    extended(width, height, added) {
      const [w, h] = [px(width), px(height)];
      const head = size[0].replace(
        /width="[\d.]+" height="[\d.]+" viewBox="[^"]*"/,
        `width="${w}" height="${h}" viewBox="0 0 ${w} ${h}"`,
      );
      const body = svg
        .slice(size[0].length, -'</svg>\n'.length)
        .replace(/<rect class="lt-bg" width="[\d.]+" height="[\d.]+"\/>/, `<rect class="lt-bg" width="${w}" height="${h}"/>`);
      return `${head}${body}${added}</svg>\n`;
    },
  };
}
