import { describe, expect, it } from 'vitest';
import type { DocumentSymbol, SelectionRange } from 'vscode-languageserver-types';
import { foldingRanges } from '../../server/src/ide/folding.ts';
import { inlayHints } from '../../server/src/ide/inlay.ts';
import { documentLinks } from '../../server/src/ide/links.ts';
import { selectionRanges } from '../../server/src/ide/selection.ts';
import { documentSymbols, workspaceSymbols } from '../../server/src/ide/symbols.ts';
import { mainUri, open } from '../kit/lintel.ts';
import { at, slice } from './kit.ts';
import { plant } from './sample.ts';

const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
const outline = (symbols: readonly DocumentSymbol[], indent = ''): string =>
  symbols
    .map((symbol) => `${indent}${symbol.name} (${symbol.detail})\n${outline(symbol.children ?? [], `${indent}  `)}`)
    .join('');

describe('outline', () => {
  it('shows things with their kinds, labels and profiles, and what they hold', () => {
    const { workspace } = open(plant);
    expect(outline(documentSymbols(workspace, mainUri)).split('\n').slice(0, 12)).toEqual([
      'plant (site · Riverside plant)',
      '  r1 (rack)',
      '    A (feed)',
      '    B (feed)',
      '  ups-a (ups)',
      '  ups-b (ups)',
      'admin (network)',
      'moving (network)',
      'control (network)',
      'sw-a (switch)',
      'san-1 (array)',
      '  fast (pool)',
    ]);
    expect(outline(documentSymbols(workspace, mainUri))).toContain(
      'first (let)\nesxi (profile of host)\n  vmnic[0..3] (nic)\n  vSwitch0 (vswitch)\n    vmk0 (vmkernel)\n',
    );
    expect(outline(documentSymbols(workspace, mainUri))).toContain(
      'esx[i in 1..3] (host · esxi)\n  vmk0 (vmkernel)\n  vmk1 (vmkernel)\n  vmnic0 (nic)\n',
    );
  });

  it('stands in the right lines, broken ones too', () => {
    const text = 'import "a.lintel"\n\nhost a {\n  nic \n  vswitch v {\n}\n\nhost b';
    const { workspace } = open(text);
    const symbols = documentSymbols(workspace, mainUri);
    expect(
      symbols.map((symbol) => `${slice(text, symbol.selectionRange)} ${symbol.range.start.line}-${symbol.range.end.line}`),
    ).toEqual(['"a.lintel" 0-0', 'a 2-5', 'b 7-7']);
  });

  it('keeps each selection inside of its symbol', () => {
    const { workspace } = open(plant);
    const check = (symbol: DocumentSymbol): void => {
      expect(slice(plant, symbol.range)).toContain(slice(plant, symbol.selectionRange));
      symbol.children?.forEach(check);
    };
    documentSymbols(workspace, mainUri).forEach(check);
  });
});

describe('workspace symbols', () => {
  it('finds things of all designs by the letters of their names', () => {
    const { workspace } = open(`--- other.lintel\nhost esxtra\n--- main.lintel\n${plant}`);
    const found = (query: string): string[] =>
      workspaceSymbols(workspace, query).map(
        (symbol) =>
          `${symbol.name} in ${symbol.containerName} ${'range' in symbol.location ? symbol.location.range.start.line + 1 : ''}`,
      );
    expect(found('esx2')).toEqual(['esx2 in host 32']);
    expect(found('esx')).toEqual([
      'esx1 in host 32',
      'esx2 in host 32',
      'esx3 in host 32',
      'esx9 in host 38',
      'esxtra in host 1',
    ]);
    expect(found('vmk1')).toContain('vmk1 in vSwitch0 26');
    expect(found('e3b')).toEqual(['E3-B in vm 49']);
    expect(found('zzz')).toEqual([]);
  });
});

describe('folding', () => {
  it('folds bodies, comments, imports and sections', () => {
    const text =
      'import "a.lintel"\nimport "b.lintel"\n// one\n// two\nhost a {\n  vswitch v {\n    mtu 1500\n  }\n}\n// ── next ──\nhost b\n/* x\n   y */\n// ── last ──\nhost c\nhost d { mtu 1 }\n';
    const { workspace } = open(text);
    expect(
      foldingRanges(workspace, mainUri)
        .map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind ?? 'body'}`)
        .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
    ).toEqual(['0-1 imports', '2-3 comment', '4-7 body', '5-6 body', '9-12 region', '11-12 comment', '13-16 region']);
  });
});

describe('selection', () => {
  it('grows from the word to the chunk', () => {
    const text = 'host a {\n  vswitch v uplinks n0, <|>n1 {\n    mtu 1\n  }\n}';
    const { workspace, fixture, uri, position } = at(text);
    const steps: string[] = [];
    for (let range: SelectionRange | undefined = selectionRanges(workspace, uri, [position])[0]; range; range = range.parent)
      steps.push(slice(fixture.files.get(uri) ?? '', range.range).replace(/\s+/g, ' '));
    expect(steps).toEqual([
      'n1',
      'n0, n1',
      'uplinks n0, n1',
      'vswitch v uplinks n0, n1',
      'vswitch v uplinks n0, n1 { mtu 1 }',
      ' vswitch v uplinks n0, n1 { mtu 1 } ',
      'host a { vswitch v uplinks n0, n1 { mtu 1 } }',
    ]);
  });
});

describe('links', () => {
  it('lead to imported files and catalogues', () => {
    const text = 'import "net/lan.lintel"\ncatalog "hcl.json"\nimport "/etc/passwd"';
    const { workspace } = open(text);
    expect(documentLinks(workspace, mainUri).map((link) => `${slice(text, link.range)} → ${link.target}`)).toEqual([
      'net/lan.lintel → file:///design/net/lan.lintel',
      'hcl.json → file:///design/hcl.json',
    ]);
  });
});

describe('inlay hints', () => {
  it('show what a range counts and what an address comes to', () => {
    const text =
      'network n subnet 10.0.0.0/24\nhost h[i in 1..16] { address n.host(10 + i) }\nhost g { address n.host(5) }\nhost f[1..2]\nvm v { nic e address 10.0.0.9 }';
    const { workspace } = open(text);
    expect(
      inlayHints(workspace, mainUri, whole).map(
        (hint) => `${hint.position.line}:${hint.position.character} ${String(hint.label)}`,
      ),
    ).toEqual(['1:18 × 16', '1:43 10.0.0.11 … 10.0.0.26', '2:26 10.0.0.5']);
    expect(inlayHints(workspace, mainUri, { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } })).toHaveLength(1);
  });
});
