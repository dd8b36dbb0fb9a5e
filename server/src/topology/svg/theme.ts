/**
 * Colours and the style sheet. One set of rules for all themes: a fixed theme writes its colours into the rules, so that programs
 * without custom properties (librsvg, Inkscape) show it too; `auto` and `vscode` write custom properties with fallbacks. Nothing
 * of the model gets into the style sheet, so a page may adopt it as it stands.
 */

import { fonts } from '../measure.ts';
import type { NetworkStyle } from '../networkStyle.ts';

/** `auto`: light, or dark where the viewer prefers it. `vscode`: follows the colour theme of the editor around it. */
export type Theme = 'auto' | 'light' | 'dark' | 'print' | 'vscode';

const light = {
  bg: '#ffffff',
  ink: '#1b2129',
  dim: '#5a6672',
  frame0: '#f5f7f9',
  frame1: '#ebeff3',
  frame2: '#dfe6ec',
  frameLine: '#c3ccd6',
  box: '#ffffff',
  boxLine: '#aab6c2',
  icon: '#44607c',
  line: '#5b6875',
  lineA: '#1d4f91',
  lineB: '#c2620e',
  uplink: '#74818e',
  storage: '#28715a',
  needs: '#77468f',
  licence: '#846400',
  power: '#5b6875',
  error: '#c4232f',
  warning: '#9a6700',
  info: '#0a61c9',
  hint: '#5b6875',
  badgeInk: '#ffffff',
  focus: '#0a61c9',
  tint: '12%',
} as const;

type Token = keyof typeof light;
type Palette = Readonly<Record<Token, string>>;

const dark: Palette = {
  bg: '#171b20',
  ink: '#e4eaf0',
  dim: '#9ca8b4',
  frame0: '#1e242b',
  frame1: '#262d36',
  frame2: '#2f3842',
  frameLine: '#3f4a55',
  box: '#1a1f25',
  boxLine: '#53606d',
  icon: '#9dbbd8',
  line: '#9aa6b2',
  lineA: '#6fb1f5',
  lineB: '#f0a35c',
  uplink: '#8794a1',
  storage: '#62c29c',
  needs: '#c49be0',
  licence: '#d8b84e',
  power: '#9aa6b2',
  error: '#e5534b',
  warning: '#d29922',
  info: '#4c9aff',
  hint: '#8794a1',
  badgeInk: '#10151a',
  focus: '#4c9aff',
  tint: '20%',
};

const print: Palette = {
  ...light,
  ink: '#000000',
  dim: '#333333',
  frame0: '#ffffff',
  frame1: '#ffffff',
  frame2: '#ffffff',
  frameLine: '#777777',
  boxLine: '#444444',
  icon: '#222222',
  uplink: '#444444',
  line: '#333333',
  tint: '0%',
};

/** The editor's colours; the fallbacks are the light theme's. Frames and tints are mixed from them, so any colour theme works. */
const vscode: Palette = {
  bg: 'var(--vscode-editor-background, #ffffff)',
  ink: 'var(--vscode-editor-foreground, #1b2129)',
  dim: 'var(--vscode-descriptionForeground, #5a6672)',
  frame0: 'color-mix(in srgb, var(--lt-ink) 4%, var(--lt-bg))',
  frame1: 'color-mix(in srgb, var(--lt-ink) 8%, var(--lt-bg))',
  frame2: 'color-mix(in srgb, var(--lt-ink) 13%, var(--lt-bg))',
  frameLine: 'var(--vscode-contrastBorder, color-mix(in srgb, var(--lt-ink) 25%, var(--lt-bg)))',
  box: 'var(--lt-bg)',
  boxLine: 'var(--vscode-contrastBorder, color-mix(in srgb, var(--lt-ink) 38%, var(--lt-bg)))',
  icon: 'var(--vscode-icon-foreground, #44607c)',
  line: 'color-mix(in srgb, var(--lt-ink) 65%, var(--lt-bg))',
  lineA: 'color-mix(in srgb, var(--vscode-charts-blue, #1d4f91) 90%, var(--lt-ink))',
  lineB: 'color-mix(in srgb, var(--vscode-charts-orange, #c2620e) 90%, var(--lt-ink))',
  uplink: 'color-mix(in srgb, var(--lt-ink) 52%, var(--lt-bg))',
  storage: 'color-mix(in srgb, var(--vscode-charts-green, #28715a) 85%, var(--lt-ink))',
  needs: 'color-mix(in srgb, var(--vscode-charts-purple, #77468f) 90%, var(--lt-ink))',
  licence: 'color-mix(in srgb, var(--vscode-charts-yellow, #846400) 75%, var(--lt-ink))',
  power: 'var(--lt-line)',
  error: 'var(--vscode-editorError-foreground, #c4232f)',
  warning: 'var(--vscode-editorWarning-foreground, #9a6700)',
  info: 'var(--vscode-editorInfo-foreground, #0a61c9)',
  hint: 'var(--vscode-editorHint-foreground, #5b6875)',
  badgeInk: 'var(--vscode-editor-background, #ffffff)',
  focus: 'var(--vscode-focusBorder, #0a61c9)',
  tint: '14%',
};

/** Okabe and Ito's colours, told apart with every common colour vision; a code stands on each. */
const palette: readonly (readonly [fill: string, ink: string])[] = [
  ['#0072b2', '#ffffff'],
  ['#e69f00', '#10151a'],
  ['#009e73', '#10151a'],
  ['#cc79a7', '#10151a'],
  ['#56b4e9', '#10151a'],
  ['#d55e00', '#10151a'],
  ['#f0e442', '#10151a'],
  ['#6e7781', '#ffffff'],
];

const fontStack = 'system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif';

/** The style sheet of a picture in a theme, with rules for the networks that it has. */
export function styleSheet(theme: Theme, networks: readonly NetworkStyle[]): string {
  const fixed = theme === 'light' ? light : theme === 'dark' ? dark : theme === 'print' ? print : undefined;
  const colour = (token: Token): string => (fixed === undefined ? `var(--lt-${token},${light[token]})` : fixed[token]);
  const head =
    theme === 'auto'
      ? `.lt{${properties(light)}}@media (prefers-color-scheme:dark){.lt{${properties(dark)}}}`
      : theme === 'vscode'
        ? `.lt{${properties(vscode)}}${highContrast}`
        : '';
  return head + rules(colour, theme) + networkRules(networks, colour, fixed);
}

function properties(values: Palette): string {
  return Object.entries(values)
    .map(([token, value]) => `--lt-${token}:${value}`)
    .join(';');
}

/** Where the user has asked for contrast nothing is said by a tint: frames are empty, borders are the theme's. */
const highContrast = ['.vscode-high-contrast .lt', '.vscode-high-contrast-light .lt']
  .map(
    (scope) =>
      `${scope}{--lt-frame0:var(--lt-bg);--lt-frame1:var(--lt-bg);--lt-frame2:var(--lt-bg);--lt-tint:0%;--lt-dim:var(--lt-ink);--lt-icon:var(--lt-ink);` +
      '--lt-line:var(--lt-ink);--lt-uplink:var(--lt-ink);--lt-frameLine:var(--vscode-contrastBorder,var(--lt-ink));--lt-boxLine:var(--vscode-contrastBorder,var(--lt-ink))}',
  )
  .join('');

function rules(c: (token: Token) => string, theme: Theme): string {
  const family = theme === 'vscode' ? `var(--vscode-font-family,${fontStack})` : fontStack;
  const text = Object.entries(fonts)
    .map(([style, font]) => `.lt-t-${style}{font-size:${font.size}px;font-weight:${font.bold ? 600 : 400}}`)
    .join('');
  return [
    `.lt{background:${c('bg')};font-family:${family}}`,
    `.lt text{fill:${c('ink')};unicode-bidi:isolate;white-space:pre}${text}`,
    `.lt .lt-t-detail,.lt .lt-t-small,.lt .lt-t-panel{fill:${c('dim')}}.lt .lt-t-panel{letter-spacing:.04em}.lt .lt-socket .lt-t-detail{fill:${c('ink')}}`,
    `.lt-bg{fill:${c('bg')}}`,
    `.lt-shape{fill:${c('box')};stroke:${c('boxLine')};stroke-width:1}`,
    `.lt-frame>.lt-shape,.lt-panel>.lt-shape{stroke:${c('frameLine')}}`,
    `.lt-d0>.lt-shape,.lt-plate.lt-d0{fill:${c('frame0')}}.lt-d1>.lt-shape,.lt-plate.lt-d1{fill:${c('frame1')}}.lt-d2>.lt-shape,.lt-plate.lt-d2{fill:${c('frame2')}}`,
    `.lt-leaf>.lt-shape{fill:${c('box')}}`,
    `.lt-r-host.lt-frame>.lt-shape,.lt-r-array.lt-frame>.lt-shape,.lt-r-physical.lt-frame>.lt-shape{stroke:${c('boxLine')};stroke-width:1.25}`,
    `.lt-icon{fill:none;stroke:${c('icon')};stroke-width:1.2;stroke-linecap:round;stroke-linejoin:round}`,
    `.lt-edge{fill:none;stroke:${c('line')};stroke-width:1.5;stroke-linejoin:round}`,
    `.lt-e-uplink,.lt-e-standby{stroke:${c('uplink')}}.lt-e-standby{stroke-dasharray:4 3}.lt-e-storage{stroke:${c('storage')}}.lt-e-needs{stroke:${c('needs')}}`,
    `.lt-e-licence{stroke:${c('licence')};stroke-dasharray:1 3;stroke-linecap:round}.lt-e-power{stroke:${c('power')}}.lt-e-placement{stroke:${c('dim')};stroke-dasharray:2 2}`,
    `.lt-s-A{stroke:${c('lineA')}}.lt-s-B{stroke:${c('lineB')}}`,
    '.lt-w0{stroke-width:1.25}.lt-w1{stroke-width:1.5}.lt-w2{stroke-width:2.25}.lt-w3{stroke-width:3}.lt-w4{stroke-width:4}',
    `.lt-dot{fill:${c('line')}}.lt-dot.lt-s-A{fill:${c('lineA')};stroke:none}.lt-dot.lt-s-B{fill:${c('lineB')};stroke:none}`,
    `.lt-dot.lt-e-needs{fill:${c('needs')};stroke:none}.lt-dot.lt-e-storage{fill:${c('storage')};stroke:none}.lt-dot.lt-e-licence{fill:${c('licence')};stroke:none}`,
    `.lt-label{paint-order:stroke;stroke:${c('bg')};stroke-width:3px;stroke-linejoin:round}`,
    `.lt-pill{fill:${c('dim')}}.lt .lt-pill-text{fill:${c('bg')}}`,
    `.lt-swatch{stroke:${c('ink')};stroke-opacity:.35;stroke-width:.75}`,
    `.lt-plates,.lt-edges text{pointer-events:none}`,
    `.lt-mark rect{stroke:${c('bg')};stroke-width:1.5}.lt-mark path{fill:none;stroke:${c('badgeInk')};stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}.lt .lt-mark text{fill:${c('badgeInk')}}`,
    (['error', 'warning', 'info', 'hint'] as const).map((severity) => `.lt-m-${severity} rect{fill:${c(severity)}}`).join(''),
    `.lt-node:focus{outline:none}.lt-node:focus-visible>.lt-shape{stroke:${c('focus')};stroke-width:2.5}`,
  ].join('');
}

function networkRules(networks: readonly NetworkStyle[], c: (token: Token) => string, fixed: Palette | undefined): string {
  const used = new Set(networks.map((network) => network.colour));
  return [...used]
    .map((at) => {
      const [fill, ink] = palette[at] ?? ['#6e7781', '#ffffff'];
      const tint =
        fixed === undefined
          ? `color-mix(in srgb,${fill} ${c('tint')},${c('box')})`
          : mix(fill, fixed.box, Number.parseInt(fixed.tint, 10) / 100);
      return `.lt-n${at}{fill:${fill}}.lt .lt-ni${at}{fill:${ink}}.lt-leaf.lt-wears${at}>.lt-shape{fill:${tint}}.lt-edge.lt-en${at}{stroke:${fill}}`;
    })
    .join('');
}

function mix(colour: string, other: string, share: number): string {
  const channels = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const [a, b] = [channels(colour), channels(other)];
  return `#${a
    .map((value, at) =>
      Math.round(value * share + (b[at] ?? 0) * (1 - share))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** Patterns that tell the second, third and fourth round of the palette from the first. */
export function patternDefs(networks: readonly NetworkStyle[]): string {
  const used = new Set(networks.map((network) => network.pattern));
  const line = (d: string): string => `<path d="${d}" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="1.2"/>`;
  const inside = [
    '',
    line('M-1 5L5-1M2 6L6 2M-2 2L2-2'),
    '<circle cx="2" cy="2" r=".9" fill="#fff" fill-opacity=".85"/>',
    line('M0 0L4 4M4 0L0 4'),
  ];
  return [1, 2, 3]
    .filter((at) => used.has(at))
    .map((at) => `<pattern id="lt-p${at}" width="4" height="4" patternUnits="userSpaceOnUse">${inside[at] ?? ''}</pattern>`)
    .join('');
}
