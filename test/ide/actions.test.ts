import { describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-types';
import { codeActions, fixAllKind, pathOfId, resolveCodeAction } from '../../server/src/ide/actions.ts';
import { codeLenses, resolveCodeLens } from '../../server/src/ide/codeLens.ts';
import { defineRule } from '../../server/src/rules/rule.ts';
import { findingsOf, mainUri, open } from '../kit/lintel.ts';
import { after, at } from './kit.ts';
import { plant } from './sample.ts';

const whole: Range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
/** A rule with a safe fix, to see what becomes of it. */
const small = defineRule({
  code: 'TST001',
  name: 'test/mtu',
  severity: 'warning',
  on: ['network'],
  summary: 'MTU below 1500',
  why: 'Why.',
  remedy: 'Do.',
  sources: [],
  fixable: true,
  check(entity, { report }) {
    if (entity.props.mtu !== undefined && entity.props.mtu < 1500)
      report({
        prop: 'mtu',
        message: `${entity.name} is small.`,
        fix: { title: 'Set 1500', safety: 'safe', ops: [{ op: 'set', on: entity, prop: 'mtu', text: '1500' }] },
      });
  },
  examples: { bad: [], good: [] },
});
const today = '2026-11-20';
const actionsAt = (
  text: string,
  only?: string[],
): { readonly actions: CodeAction[]; readonly done: (action: CodeAction | undefined) => string } => {
  const { workspace, fixture, uri, position } = at(text, { rules: [small], today });
  const range = fixture.cursor ? { start: position, end: position } : whole;
  const diagnostics: Diagnostic[] = workspace
    .findings(uri)
    .map((finding) => ({ range: finding.range, message: finding.message, code: finding.rule, source: 'lintel' }));
  const actions = codeActions(workspace, uri, range, { diagnostics, ...(only ? { only } : {}) }, { today });
  return {
    actions,
    done: (action) => (action ? after(fixture, resolveCodeAction(workspace, action).edit ?? { changes: {} }) : 'none'),
  };
};

describe('code actions', () => {
  it('offer the fixes of the findings under the cursor, with their diagnostics', () => {
    const { actions, done } = actionsAt('network a mtu <|>900\nnetwork b mtu 100');
    expect(actions.map((action) => action.title)).toEqual([
      'Set 1500',
      'Fix all TST001 in this file',
      'Accept for a time: waive TST001 on a',
      'Explain TST001',
      'Show in topology',
    ]);
    expect(actions[0]).toMatchObject({
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'TST001', message: 'a is small.' }],
    });
    expect(done(actions[0])).toBe('network a mtu 1500\nnetwork b mtu 100');
  });

  it('fix all of a kind, worked out when chosen', () => {
    const { actions, done } = actionsAt('network a mtu <|>900\nnetwork b mtu 100');
    expect(actions[1]?.edit).toBeUndefined();
    expect(done(actions[1])).toBe('network a mtu 1500\nnetwork b mtu 1500');
  });

  it('fix everything that is safe, on request only', () => {
    const { actions, done } = actionsAt('network a mtu 900\nnetwork b purpos iscsi mtu 100', [fixAllKind]);
    expect(actions.map((action) => action.kind)).toEqual(['source.fixAll.lintel']);
    expect(done(actions[0])).toBe('network a mtu 1500\nnetwork b purpos iscsi mtu 1500');
    expect(actionsAt('network a mtu 900', ['source.fixAll']).actions).toHaveLength(1);
    expect(actionsAt('network a mtu 900', ['refactor']).actions).toEqual([]);
  });

  it('mend words and syntax', () => {
    expect(actionsAt('network a pur<|>pse iscsi').actions.map((action) => action.title)).toEqual(['Change to purpose']);
    const { actions, done } = actionsAt('host a {<|>\n  memory 1GB');
    expect(done(actions[0])).toBe('host a {\n  memory 1GB\n}');
  });

  it('append a waiver that holds', () => {
    const { actions, done } = actionsAt('network a mtu <|>900\nvm v\n');
    const text = done(actions.find((action) => action.title.startsWith('Accept')));
    expect(text).toBe('network a mtu 900\nvm v\n\nwaive TST001 on a until 2027-05-28 because "…"\n');
    expect(findingsOf(text, { rules: [small], today }).filter((finding) => finding.rule === 'TST001')).toEqual([]);
  });

  it('put a waiver beside those that are there', () => {
    const { actions, done } = actionsAt('waive X on v until 2030-01-01 because "y"\nnetwork a mtu <|>900\nvm v');
    expect(done(actions.find((action) => action.title.startsWith('Accept')))).toBe(
      'waive X on v until 2030-01-01 because "y"\nwaive TST001 on a until 2027-05-28 because "…"\nnetwork a mtu 900\nvm v',
    );
  });

  it('name things as a design does', () => {
    expect(pathOfId('host:esx1/vswitch:vSwitch0/vmkernel:vmk0')).toBe('esx1.vSwitch0.vmk0');
    expect(pathOfId('host:esx1/portgroup:VM Network')).toBe('esx1."VM Network"');
    expect(pathOfId('service:Mail / Web')).toBe('"Mail / Web"');
    expect(pathOfId('host:a b/nic:n')).toBe('"a b"');
    expect(pathOfId('switch:sw-a/port:12')).toBe('sw-a/12');
    expect(pathOfId('waive:#1')).toBeUndefined();
  });

  it('lead to the place in the picture: of the thing, or of what it stands in', () => {
    const { actions } = actionsAt('network a mtu <|>900');
    const shown = actions.find(({ title }) => title === 'Show in topology');
    expect(shown?.command?.arguments).toEqual([mainUri, 'network:a']);
    expect(shown?.diagnostics?.map(({ code }) => code)).toEqual(['TST001']);
    // Several things at once are told apart by their names.
    const several = actionsAt('network a mtu 900\nnetwork b mtu 100').actions.map(({ title }) => title);
    expect(several.filter((title) => /topology/.test(title))).toEqual(['Show a in topology', 'Show b in topology']);
  });

  it('lead to the explanation of the rule', () => {
    const { actions } = actionsAt('network a mtu <|>900');
    expect(actions.find(({ title }) => title === 'Explain TST001')?.command).toEqual({
      title: 'Explain',
      command: 'lintel.explainRule',
      arguments: ['TST001'],
    });
  });
});

describe('code lenses', () => {
  it('count the references of networks and clusters when they are in sight, and lead to the picture', () => {
    const { workspace } = open(plant);
    const lenses = codeLenses(workspace, mainUri);
    expect(lenses.map((lens) => `${lens.range.start.line + 1} ${resolveCodeLens(workspace, lens).command?.title}`)).toEqual([
      '7 3 references',
      '7 Reveal in topology',
      '8 2 references',
      '8 Reveal in topology',
      '9 3 references',
      '9 Reveal in topology',
      '43 2 references',
      '43 Reveal in topology',
    ]);
    expect(lenses[1]?.command).toMatchObject({ command: 'lintel.revealInTopology', arguments: [mainUri, 'network:admin'] });
  });
});
