import { describe, expect, it } from 'vitest';
import { semanticTokens, semanticTokensLegend } from '../../server/src/ide/semanticTokens.ts';
import { changeSource } from '../../server/src/syntax/sourceFile.ts';
import { mainUri, open } from '../kit/lintel.ts';
import { plant } from './sample.ts';

/** `host:keyword esx1:class.declaration`, as the tokens stand. */
function tokensOf(text: string, data: readonly number[]): string {
  const lines = text.split('\n');
  const shown: string[] = [];
  let line = 0;
  let character = 0;
  for (let k = 0; k < data.length; k += 5) {
    const [down, right, length, type, bits] = data.slice(k, k + 5) as [number, number, number, number, number];
    line += down;
    character = down === 0 ? character + right : right;
    const own = semanticTokensLegend.tokenModifiers.filter((_, bit) => bits & (1 << bit));
    shown.push(
      [`${lines[line]!.slice(character, character + length)}:${semanticTokensLegend.tokenTypes[type]}`, ...own].join('.'),
    );
  }
  return shown.join(' ');
}
const tokens = (text: string): string => tokensOf(text, semanticTokens(open(text).workspace, mainUri).data);

describe('semantic tokens', () => {
  it('tell words, names and values apart', () => {
    expect(tokens('network lan purpose iscsi vlan 10')).toBe(
      'network:keyword lan:interface.declaration purpose:property iscsi:enumMember vlan:property 10:number',
    );
    expect(tokens('host a "Alpha" { memory 1GB; owner "me" }')).toBe(
      'host:keyword a:class.declaration "Alpha":string memory:property 1GB:number owner:property "me":string',
    );
    expect(tokens('host a { cpu 2 x "X" cores 8 }')).toBe(
      'host:keyword a:class.declaration cpu:property 2:number x:keyword "X":string cores:property 8:number',
    );
  });

  it('colour names by what they name', () => {
    expect(tokens('vm v in c { disk 1GB on d; nic e on "VM Net" }')).toBe(
      'vm:keyword v:function.declaration in:property c:function disk:keyword 1GB:number on:property d:struct nic:keyword e:class.declaration on:property "VM Net":interface',
    );
    expect(tokens('waive NET001 on esx1.vmk0')).toContain('on:property esx1:variable');
  });

  it('know ranges, arithmetic and patterns', () => {
    expect(tokens('host a[i in 1..3] { unit (n + i); address lan.host(10 + i) }')).toBe(
      'host:keyword a:class.declaration i:parameter.declaration unit:property n:parameter i:parameter address:property lan:interface host:function i:parameter',
    );
    expect(tokens('backup b vms E3-*')).toBe('backup:keyword b:event.declaration vms:property E3-:function *:operator');
    expect(tokens('host a { nic n port sw/12 }')).toContain('port:property sw:interface 12:number');
  });

  it('know profiles, named values and directives', () => {
    expect(tokens('profile p of host { memory 1GB }\nhost a : p')).toBe(
      'profile:keyword p:type.declaration of:keyword host:keyword memory:property 1GB:number host:keyword a:class.declaration p:type',
    );
    expect(tokens('let n = 3\nimport "x.lintel"')).toBe(
      'let:keyword n:variable.declaration.readonly 3:number import:keyword "x.lintel":string',
    );
    expect(tokens('profile p of host { vswitch v }\nhost a : p { v mtu 9000 }')).toContain(
      'v:interface mtu:property 9000:number',
    );
  });

  it('cut comments and nothing else at line ends', () => {
    expect(tokens('/// doc\n/* one\n   two */ host a // end')).toBe(
      '/// doc:comment.documentation /* one:comment    two */:comment host:keyword a:class.declaration // end:comment',
    );
  });

  it('leave what means nothing without colour', () => {
    expect(tokens('hots a { blub 3 }')).toBe('');
  });

  it('are the same for a part of the file', () => {
    const { workspace } = open(plant);
    const all = tokensOf(plant, semanticTokens(workspace, mainUri).data);
    const part = tokensOf(
      plant,
      semanticTokens(workspace, mainUri, { start: { line: 31, character: 0 }, end: { line: 36, character: 0 } }).data,
    );
    expect(all).toContain(part);
    expect(part.startsWith('host:keyword esx:class.declaration')).toBe(true);
    expect(part.length).toBeLessThan(all.length / 3);
  });

  it('are the same after an edit as from a fresh start', () => {
    const { workspace } = open(plant);
    semanticTokens(workspace, mainUri);
    const source = workspace.source(mainUri)!;
    const place = { line: 10, character: 0 };
    const changed = changeSource(source, { range: { start: place, end: place }, text: '\n// new\nvm x {\n  os "y"\n}\n' });
    workspace.setFile(mainUri, changed);
    workspace.update();
    const text = changed.chunks.map((chunk) => chunk.text).join('');
    expect(semanticTokens(workspace, mainUri)).toEqual(semanticTokens(open(text).workspace, mainUri));
  });
});
