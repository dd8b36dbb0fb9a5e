/** The picture beside typing, through the bundled server: whoever types is served first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleetOf } from '../../bench/designs.ts';
import { topologyRequest } from '../../server/src/lsp/protocol.ts';
import { ensureBundles, programs } from './bundles.ts';
import { type Session, startSession } from './session.ts';

const uri = 'file:///design/fleet.lintel';
let session: Session;

beforeAll(async () => {
  ensureBundles();
  session = await startSession(programs[0]?.args ?? []);
}, 120_000);
afterAll(() => session.end());

describe('a picture under way', () => {
  it('does not hold up diagnostics or other questions, and comes of the newest text', { timeout: 60_000 }, async () => {
    await session.open(uri, fleetOf(200, 2000));
    const order: string[] = [];
    const picture = session.request<{ readonly svg: string }>(topologyRequest, { uri, view: 'placement' }).finally(() => {
      order.push('picture');
    });
    const diagnostics = session
      .type(uri, 'network san purpose nfs vlan 40', 'network san purpose nfs vlan 5000')
      .then((found) => {
        order.push('diagnostics');
        return found;
      });
    const symbols = session
      .request('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 2 } })
      .then(() => {
        order.push('hover');
      });
    await Promise.all([picture, diagnostics, symbols]);
    expect(order.at(-1)).toBe('picture');
    expect((await diagnostics).some(({ message }) => message.includes('5000'))).toBe(true);
    expect((await picture).svg).toContain('data-id="cluster:c4"');
  });
});
