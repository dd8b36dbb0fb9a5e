import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { registerPictures } from '../../../server/src/lsp/pictures.ts';
import { type TopologyParams, type TopologyResult, topologyRequest } from '../../../server/src/lsp/protocol.ts';
import { mainUri, open } from '../../kit/lintel.ts';
import { run } from './kit.ts';

/** What the server answers to `lintel/topology` for a design. */
async function answer(text: string, params: Omit<TopologyParams, 'uri'>): Promise<TopologyResult> {
  const handlers = new Map<string, (params: TopologyParams) => Promise<TopologyResult>>();
  const connection = {
    onRequest: (name: string, handler: (params: TopologyParams) => Promise<TopologyResult>) => void handlers.set(name, handler),
    console: { error: (message: string) => expect.fail(message) },
  };
  const { workspace } = open(text);
  registerPictures(connection as unknown as Connection, () => workspace, run);
  const result = await handlers.get(topologyRequest)?.({ uri: mainUri, ...params });
  if (!result) throw new Error('nobody answers');
  return result;
}

const design = 'host esx1 { nic n0 }\nhost esx2\nvm web on esx1 { vcpu 2 }\n';

describe('lintel/topology', () => {
  it('draws the view and the part that are asked for, and offers all views', async () => {
    const whole = await answer(design, {});
    expect(whole.svg).toContain('data-id="host:esx1/nic:n0"');
    expect(whole.views?.map(({ id }) => id).slice(0, 3)).toEqual(['overview', 'physical', 'network']);
    const part = await answer(design, { view: 'placement', focus: 'web', depth: 0 });
    expect(part.svg).toContain('data-id="vm:web"');
    expect(part.svg).not.toContain('esx2');
  });

  it.each<[string, Omit<TopologyParams, 'uri'>, string]>([
    [design, { view: 'licences' }, 'There is nothing to draw yet in the view Licences. Declare a license, and it appears here.'],
    ['', {}, 'There is nothing to draw yet. Declare a host, a network or a switch, and it appears here.'],
    [design, { view: 'licenses' }, 'There is no view "licenses"; did you mean "licences"?'],
    [design, { focus: 'esx' }, 'There is no thing "esx" in this view; did you mean "esx1"?'],
  ])('of %j says what is the matter with %j', async (text, params, message) => {
    const result = await answer(text, params);
    expect(result).toMatchObject({ svg: '', message });
    expect(result.views).toHaveLength(8);
  });
});
