/**
 * Colours and the style sheet. One set of rules for all themes: a fixed theme writes its colours into the rules, so that programs
 * without custom properties (librsvg, Inkscape) show it too; `auto` and `vscode` write custom properties with fallbacks. Nothing
 * of the model gets into the style sheet, so a page may adopt it as it stands.
 */

import { fonts } from '../measure.ts';
import type { NetworkStyle } from '../networkStyle.ts';
import { changeRules } from './changes.ts';

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
  lineB: '#b4580b',
  uplink: '#74818e',
  storage: '#28715a',
  needs: '#77468f',
  licence: '#846400',
  power: '#5b6875',
  tie: '#4f3b8f',
  used: '#5b7fa6',
  risk: '#9a6700',
  net0: '#0072b2',
  net1: '#aa7600',
  net2: '#00916a',
  net3: '#af6890',
  net4: '#4085ac',
  net5: '#d15c00',
  net6: '#868025',
  net7: '#6e7781',
  error: '#c4232f',
  warning: '#9a6700',
  info: '#0a61c9',
  hint: '#5b6875',
  badgeInk: '#ffffff',
  added: '#1a7f37',
  removed: '#b3261e',
  changed: '#8a5800',
  moved: '#0a58ca',
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
  tie: '#b3a4f0',
  used: '#6d93bd',
  risk: '#d29922',
  net0: '#2e8bc0',
  net1: '#e69f00',
  net2: '#009e73',
  net3: '#cc79a7',
  net4: '#56b4e9',
  net5: '#d66105',
  net6: '#f0e442',
  net7: '#7d858e',
  error: '#e5534b',
  warning: '#d29922',
  info: '#4c9aff',
  hint: '#8794a1',
  badgeInk: '#10151a',
  added: '#4ac26b',
  removed: '#ff7b72',
  changed: '#e3b341',
  moved: '#6cb6ff',
  focus: '#4c9aff',
  tint: '14%',
};

/** Colours of the fixed themes, for who has to know them as numbers. */
export const fixedColours = (theme: 'light' | 'dark' | 'print'): Palette =>
  theme === 'light' ? light : theme === 'dark' ? dark : print;

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
  dim: 'color-mix(in srgb, var(--vscode-descriptionForeground, #5a6672) 85%, var(--lt-ink))',
  frame0: 'color-mix(in srgb, var(--lt-ink) 4%, var(--lt-bg))',
  frame1: 'color-mix(in srgb, var(--lt-ink) 8%, var(--lt-bg))',
  frame2: 'color-mix(in srgb, var(--lt-ink) 13%, var(--lt-bg))',
  frameLine: 'var(--vscode-contrastBorder, color-mix(in srgb, var(--lt-ink) 25%, var(--lt-bg)))',
  box: 'var(--lt-bg)',
  boxLine: 'var(--vscode-contrastBorder, color-mix(in srgb, var(--lt-ink) 38%, var(--lt-bg)))',
  icon: 'var(--vscode-icon-foreground, #44607c)',
  line: 'color-mix(in srgb, var(--lt-ink) 72%, var(--lt-bg))',
  lineA: 'color-mix(in srgb, var(--vscode-charts-blue, #1d4f91) 90%, var(--lt-ink))',
  lineB: 'color-mix(in srgb, var(--vscode-charts-orange, #b4580b) 65%, var(--lt-ink))',
  uplink: 'color-mix(in srgb, var(--lt-ink) 66%, var(--lt-bg))',
  storage: 'color-mix(in srgb, var(--vscode-charts-green, #28715a) 85%, var(--lt-ink))',
  needs: 'color-mix(in srgb, var(--vscode-charts-purple, #77468f) 90%, var(--lt-ink))',
  licence: 'color-mix(in srgb, var(--vscode-charts-yellow, #846400) 75%, var(--lt-ink))',
  power: 'var(--lt-line)',
  tie: 'color-mix(in srgb, var(--vscode-charts-purple, #4f3b8f) 80%, var(--lt-ink))',
  used: 'color-mix(in srgb, var(--vscode-charts-blue, #5b7fa6) 70%, var(--lt-ink))',
  risk: 'color-mix(in srgb, var(--vscode-editorWarning-foreground, #9a6700) 60%, var(--lt-ink))',
  net0: 'color-mix(in srgb, #0072b2 42%, var(--lt-ink))',
  net1: 'color-mix(in srgb, #e69f00 42%, var(--lt-ink))',
  net2: 'color-mix(in srgb, #009e73 42%, var(--lt-ink))',
  net3: 'color-mix(in srgb, #cc79a7 42%, var(--lt-ink))',
  net4: 'color-mix(in srgb, #56b4e9 42%, var(--lt-ink))',
  net5: 'color-mix(in srgb, #d55e00 42%, var(--lt-ink))',
  net6: 'color-mix(in srgb, #f0e442 42%, var(--lt-ink))',
  net7: 'color-mix(in srgb, #6e7781 42%, var(--lt-ink))',
  error: 'var(--vscode-editorError-foreground, #c4232f)',
  warning: 'var(--vscode-editorWarning-foreground, #9a6700)',
  info: 'var(--vscode-editorInfo-foreground, #0a61c9)',
  hint: 'var(--vscode-editorHint-foreground, #5b6875)',
  badgeInk: 'var(--vscode-editor-background, #ffffff)',
  added: 'color-mix(in srgb, var(--vscode-charts-green, #1a7f37) 85%, var(--lt-ink))',
  removed: 'color-mix(in srgb, var(--vscode-charts-red, #b3261e) 90%, var(--lt-ink))',
  changed: 'color-mix(in srgb, var(--vscode-charts-orange, #8a5800) 80%, var(--lt-ink))',
  moved: 'color-mix(in srgb, var(--vscode-charts-blue, #0a58ca) 90%, var(--lt-ink))',
  focus: 'var(--vscode-focusBorder, #0a61c9)',
  tint: '14%',
};

/**
 * Okabe and Ito's colours, told apart with every common colour vision; a code stands on each. Lines have them too, darker or lighter
 * where the ground asks for it (`net0` to `net7`).
 */
export const networkColours: readonly (readonly [fill: string, ink: string])[] = [
  ['#0072b2', '#ffffff'],
  ['#e69f00', '#10151a'],
  ['#009e73', '#10151a'],
  ['#cc79a7', '#10151a'],
  ['#56b4e9', '#10151a'],
  ['#d55e00', '#10151a'],
  ['#f0e442', '#10151a'],
  ['#6e7781', '#ffffff'],
];

const lineTokens: readonly Token[] = ['net0', 'net1', 'net2', 'net3', 'net4', 'net5', 'net6', 'net7'];

const fontStack = 'system-ui,-apple-system,"Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif';

/** The style sheet of a picture in a theme, with rules for the networks that it has, and for differences where it `compares`. */
export function styleSheet(theme: Theme, networks: readonly NetworkStyle[], compares = false): string {
  const fixed = theme === 'light' ? light : theme === 'dark' ? dark : theme === 'print' ? print : undefined;
  const colour = (token: Token): string => (fixed === undefined ? `var(--lt-${token},${light[token]})` : fixed[token]);
  const head =
    theme === 'auto'
      ? `.lt{${properties(light)}}@media (prefers-color-scheme:dark){.lt{${properties(dark)}}}`
      : theme === 'vscode'
        ? `.lt{${properties(vscode)}}${highContrast}`
        : '';
  return head + rules(colour, theme) + networkRules(networks, colour, fixed) + (compares ? changeRules(colour) : '');
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

/** Signs to open and shut boxes by: only the panel has them. */
const foldRules = (c: (token: Token) => string): string =>
  `.lt-fold circle{fill:${c('bg')};stroke:${c('dim')};stroke-width:1}.lt-fold path{fill:none;stroke:${c('ink')};stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}`;

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
    `.lt-e-licence{stroke:${c('licence')};stroke-dasharray:1 3;stroke-linecap:round}.lt-e-power{stroke:${c('power')};stroke-dasharray:9 2.5 2 2.5}.lt-e-placement{stroke:${c('dim')};stroke-dasharray:2 2}`,
    `.lt-s-A{stroke:${c('lineA')}}.lt-s-B{stroke:${c('lineB')}}`,
    '.lt-w0{stroke-width:1.25}.lt-w1{stroke-width:1.5}.lt-w2{stroke-width:2.25}.lt-w3{stroke-width:3}.lt-w4{stroke-width:4}.lt-w5{stroke-width:.9}',
    `.lt-dot{fill:${c('line')}}.lt-dot.lt-s-A{fill:${c('lineA')};stroke:none}.lt-dot.lt-s-B{fill:${c('lineB')};stroke:none}`,
    `.lt-dot.lt-e-needs{fill:${c('needs')};stroke:none}.lt-dot.lt-e-storage{fill:${c('storage')};stroke:none}.lt-dot.lt-e-licence{fill:${c('licence')};stroke:none}`,
    `.lt-e-conduit{stroke-width:2.5}.lt-e-bypass{stroke:${c('risk')};stroke-dasharray:6 3;stroke-width:2}`,
    `.lt-e-affinity,.lt-e-apart,.lt-e-pair,.lt-e-lockstep{stroke:${c('tie')};stroke-width:1.5}.lt-e-apart{stroke-dasharray:5 3}.lt-e-pair{stroke-dasharray:1 3;stroke-linecap:round;stroke-width:2}`,
    `.lt-tie circle{fill:${c('bg')};stroke:${c('tie')};stroke-width:1.25}.lt-tie path{fill:none;stroke:${c('tie')};stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}`,
    `.lt-bar{fill:${c('box')}}.lt-bar-used{fill:${c('used')}}.lt-bar-over{fill:${c('error')}}.lt-bar-frame{fill:none;stroke:${c('line')};stroke-width:.75}.lt-bar-kept{fill:none;stroke:${c('line')};stroke-width:1}`,
    `.lt-plug rect{fill:${c('box')};stroke:${c('line')};stroke-width:2}.lt-plug-A rect{stroke:${c('lineA')}}.lt-plug-B rect{stroke:${c('lineB')}}`,
    `.lt-unplugged rect{fill:none;stroke:${c('dim')};stroke-dasharray:2.5 2}.lt-unplugged path{fill:none;stroke:${c('error')};stroke-width:1.5}.lt .lt-unplugged text{fill:${c('dim')}}`,
    `.lt-lag{fill:none;stroke:${c('tie')};stroke-width:1.75}.lt-lags{pointer-events:none}`,
    `.lt-shadow>.lt-shape{fill:none;stroke:${c('dim')};stroke-dasharray:5 4}.lt .lt-shadow text{fill:${c('dim')}}.lt-shadow .lt-icon{stroke:${c('dim')}}`,
    `.lt-idle>.lt-shape{fill:${c('frame2')};stroke:${c('dim')};stroke-dasharray:2 2}.lt .lt-idle text{fill:${c('dim')}}`,
    `.lt-shared>.lt-shape{stroke:${c('risk')};stroke-width:2}`,
    `.lt-label{paint-order:stroke;stroke:${c('bg')};stroke-width:3px;stroke-linejoin:round}`,
    `.lt-pill{fill:${c('dim')}}.lt .lt-pill-text{fill:${c('bg')}}`,
    `.lt-swatch{stroke:${c('ink')};stroke-opacity:.35;stroke-width:.75}`,
    ...(theme === 'vscode' ? [foldRules(c)] : []),
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
      const [fill, ink] = networkColours[at] ?? ['#6e7781', '#ffffff'];
      const tint =
        fixed === undefined
          ? `color-mix(in srgb,${fill} ${c('tint')},${c('box')})`
          : mix(fill, fixed.box, Number.parseInt(fixed.tint, 10) / 100);
      return `.lt-n${at}{fill:${fill}}.lt .lt-ni${at}{fill:${ink}}.lt-leaf.lt-wears${at}>.lt-shape{fill:${tint}}.lt-edge.lt-en${at}{stroke:${c(lineTokens[at] ?? 'line')}}`;
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
