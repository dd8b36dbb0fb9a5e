/** Contrast of lines (3 to 1) and texts (4.5 to 1) in every theme, computed from the style sheet as a browser would (WCAG 2.2). */
import { describe, expect, test } from 'vitest';
import type { NetworkStyle } from '../../server/src/topology/networkStyle.ts';
import { styleSheet, type Theme } from '../../server/src/topology/svg/theme.ts';

type Rgb = readonly [number, number, number];

const networks = Array.from(
  { length: 8 },
  (_, at): NetworkStyle => ({ id: `n${at}`, label: `n${at}`, colour: at, pattern: 0, code: 'AB' }),
);

/** Colours that the editor's own themes have, of those that a picture uses. */
const editors: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'Light Modern': {
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    focusBorder: '#005fb8',
    'icon-foreground': '#3b3b3b',
    'charts-blue': '#0063d3',
    'charts-orange': '#d18616',
    'charts-green': '#388a34',
    'charts-purple': '#652d90',
    'charts-yellow': '#bf8803',
    'charts-red': '#e51400',
    'editorError-foreground': '#e51400',
    'editorWarning-foreground': '#bf8803',
    'editorInfo-foreground': '#0063d3',
    'editorHint-foreground': '#6c6c6c',
  },
  'Dark Modern': {
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    descriptionForeground: '#9d9d9d',
    focusBorder: '#0078d4',
    'icon-foreground': '#cccccc',
    'charts-blue': '#59a4f9',
    'charts-orange': '#d18616',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'charts-yellow': '#cca700',
    'charts-red': '#f14c4c',
    'editorError-foreground': '#f14c4c',
    'editorWarning-foreground': '#cca700',
    'editorInfo-foreground': '#59a4f9',
    'editorHint-foreground': '#eeeeee',
  },
  'High Contrast': {
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    descriptionForeground: '#ffffff',
    focusBorder: '#f38518',
    'icon-foreground': '#ffffff',
    contrastBorder: '#6fc3df',
    'charts-blue': '#59a4f9',
    'charts-orange': '#d18616',
    'charts-green': '#89d185',
    'charts-purple': '#b180d7',
    'charts-yellow': '#ffd370',
    'charts-red': '#f48771',
    'editorError-foreground': '#f48771',
    'editorWarning-foreground': '#ffd370',
    'editorInfo-foreground': '#59a4f9',
    'editorHint-foreground': '#eeeeee',
  },
  'High Contrast Light': {
    'editor-background': '#ffffff',
    'editor-foreground': '#292929',
    descriptionForeground: '#292929',
    focusBorder: '#006bbd',
    'icon-foreground': '#292929',
    contrastBorder: '#0f4a85',
    'charts-blue': '#1a85ff',
    'charts-orange': '#d18616',
    'charts-green': '#374e06',
    'charts-purple': '#652d90',
    'charts-yellow': '#895503',
    'charts-red': '#b5200d',
    'editorError-foreground': '#b5200d',
    'editorWarning-foreground': '#895503',
    'editorInfo-foreground': '#1a85ff',
    'editorHint-foreground': '#6c6c6c',
  },
};

/** The custom properties of a block. */
function properties(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+):((?:[^;(]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+)/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
}

/** What a value comes to: `#rrggbb`, `var(--x, fallback)`, `color-mix(in srgb, a p%, b)`. */
function colour(value: string, vars: ReadonlyMap<string, string>): Rgb {
  const text = value.trim();
  const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex) return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
  const [, name = '', inside = ''] = /^([a-z-]+)\((.*)\)$/s.exec(text) ?? [];
  const parts = split(inside);
  if (name === 'var') {
    const known = vars.get((parts[0] ?? '').trim().slice(2));
    return colour(known ?? parts[1] ?? '', vars);
  }
  if (name !== 'color-mix') throw new Error(`no colour: ${text}`);
  const [first = '', second = ''] = parts.slice(1);
  const [, own = '', share = ''] = /^(.*?)\s+(\S+)$/s.exec(first.trim()) ?? [];
  const percent = share.startsWith('var(') ? (vars.get(split(share.slice(4, -1))[0]?.trim().slice(2) ?? '') ?? '') : share;
  const part = Number.parseFloat(percent) / 100;
  const [a, b] = [colour(own, vars), colour(second, vars)];
  return a.map((channel, at) => channel * part + (b[at] ?? 0) * (1 - part)) as unknown as Rgb;
}

function split(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  [...text].forEach((character, at) => {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character !== ',' || depth > 0) return;
    parts.push(text.slice(from, at));
    from = at + 1;
  });
  return [...parts, text.slice(from)];
}

const luminance = (rgb: Rgb): number => {
  const [r = 0, g = 0, b = 0] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: Rgb, b: Rgb): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((one, two) => one - two);
  return (light + 0.05) / (dark + 0.05);
};

/** The value of a property in the last rule with a selector. */
function ruled(css: string, selector: string, property: string): string {
  const escaped = selector.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const rules = [...css.matchAll(new RegExp(`(?:^|[},])${escaped}(?:,[^{}]*)?\\{([^}]*)\\}`, 'g'))].map(
    (match) => match[1] ?? '',
  );
  const own = rules.flatMap((body) => new RegExp(`(?:^|;)${property}:((?:[^;])+)`).exec(body)?.[1] ?? []).at(-1);
  if (own === undefined) throw new Error(`${selector} has no ${property}`);
  return own;
}

interface Case {
  readonly name: string;
  readonly theme: Theme;
  readonly vars: ReadonlyMap<string, string>;
  readonly css: string;
}

function cases(): readonly Case[] {
  const out: Case[] = [];
  for (const theme of ['light', 'dark', 'print'] as const)
    out.push({ name: theme, theme, vars: new Map(), css: styleSheet(theme, networks) });
  const auto = styleSheet('auto', networks);
  const blocks = [...auto.matchAll(/\.lt\{(--lt[^}]*)\}/g)].map((match) => match[1] ?? '');
  blocks.forEach((block, at) => {
    out.push({ name: `auto, ${at === 0 ? 'light' : 'dark'}`, theme: 'auto', vars: properties(block), css: auto });
  });
  const css = styleSheet('vscode', networks);
  const all = [...css.matchAll(/([^{}]*)\{(--lt[^}]*)\}/g)].map((match) => [match[1] ?? '', match[2] ?? ''] as const);
  for (const [name, own] of Object.entries(editors)) {
    const scopes =
      name === 'High Contrast'
        ? ['.vscode-high-contrast .lt']
        : name === 'High Contrast Light'
          ? ['.vscode-high-contrast-light .lt']
          : [];
    const vars = new Map(Object.entries(own).map(([key, value]) => [`vscode-${key}`, value]));
    for (const [selector, block] of all)
      if (selector === '.lt' || scopes.includes(selector)) for (const [key, value] of properties(block)) vars.set(key, value);
    out.push({ name: `VS Code, ${name}`, theme: 'vscode', vars, css });
  }
  return out;
}

const grounds = ['.lt-bg', '.lt-d0>.lt-shape', '.lt-d1>.lt-shape', '.lt-d2>.lt-shape'];

describe.each(cases())('$name', ({ css, vars }) => {
  const at = (selector: string, property: string): Rgb => colour(ruled(css, selector, property), vars);
  const backgrounds = grounds.map((selector) => [selector, at(selector, 'fill')] as const);

  test('lines stand out from every ground by 3 to 1', () => {
    const strokes = [
      '.lt-edge',
      '.lt-e-uplink',
      '.lt-e-storage',
      '.lt-e-needs',
      '.lt-e-licence',
      '.lt-e-power',
      '.lt-e-placement',
      '.lt-e-bypass',
      '.lt-e-affinity',
      '.lt-s-A',
      '.lt-s-B',
      '.lt-lag',
      ...networks.map((_, colourAt) => `.lt-edge.lt-en${colourAt}`),
    ];
    const faint = strokes.flatMap((selector) =>
      backgrounds.flatMap(([ground, fill]) => {
        const ratio = contrast(at(selector, 'stroke'), fill);
        return ratio >= 3 ? [] : [`${selector} on ${ground}: ${ratio.toFixed(2)}`];
      }),
    );
    expect(faint).toEqual([]);
  });

  test('texts stand out from every ground by 4.5 to 1', () => {
    const ink = at('.lt text', 'fill');
    const dim = at('.lt .lt-t-detail', 'fill');
    const box = at('.lt-leaf>.lt-shape', 'fill');
    const worn = networks.map(
      (_, colourAt) => [`.lt-wears${colourAt}`, at(`.lt-leaf.lt-wears${colourAt}>.lt-shape`, 'fill')] as const,
    );
    const pairs: (readonly [string, Rgb, Rgb])[] = [...backgrounds, ['box', box] as const, ...worn].flatMap(([name, fill]) => [
      [`text on ${name}`, ink, fill] as const,
      [`small print on ${name}`, dim, fill] as const,
    ]);
    for (const [colourAt] of networks.entries())
      pairs.push([`code of network ${colourAt}`, at(`.lt .lt-ni${colourAt}`, 'fill'), at(`.lt-n${colourAt}`, 'fill')]);
    for (const side of ['A', 'B']) pairs.push([`plug ${side}`, ink, at('.lt-plug rect', 'fill')]);
    const faint = pairs.flatMap(([name, text, fill]) => {
      const ratio = contrast(text, fill);
      return ratio >= 4.5 ? [] : [`${name}: ${ratio.toFixed(2)}`];
    });
    expect(faint).toEqual([]);
  });

  test('what is in use stands out from its track', () => {
    expect(contrast(at('.lt-bar-used', 'fill'), at('.lt-bar', 'fill'))).toBeGreaterThanOrEqual(3);
    expect(contrast(at('.lt-bar-over', 'fill'), at('.lt-bar', 'fill'))).toBeGreaterThanOrEqual(3);
  });
});
