import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { createPlacing } from '../../server/src/analysis/placing.ts';
import { registerPictures } from '../../server/src/lsp/pictures.ts';
import {
  type PlaceThingParams,
  type PlaceThingResult,
  placeThingRequest,
  type TopologyParams,
  type TopologyResult,
  topologyRequest,
} from '../../server/src/lsp/protocol.ts';
import { createInProcessRunner } from '../../server/src/topology/layoutInProcess.ts';
import { mainUri, open } from '../kit/lintel.ts';

const run = createInProcessRunner();
const design = 'host esx1\nhost esx2\nhost esx3\n';

interface Talk {
  topology(params?: Partial<TopologyParams>): Promise<TopologyResult>;
  /** The new text of the file, or why there is none. */
  place(params: Omit<PlaceThingParams, 'uri'>): Promise<string>;
  /** Replaces the text of the design, as typing does. */
  type(text: string): void;
}

function talk(text = design): Talk {
  const handlers = new Map<string, (params: unknown) => Promise<unknown>>();
  const connection = {
    onRequest: (name: string, handler: (params: unknown) => Promise<unknown>) => void handlers.set(name, handler),
    onNotification: () => undefined,
    console: { error: (message: string) => expect.fail(message) },
  };
  const { workspace } = open(text);
  registerPictures(connection as unknown as Connection, () => workspace, run, createPlacing());
  const ask = (name: string, params: object): Promise<unknown> =>
    handlers.get(name)?.({ uri: mainUri, ...params }) ?? expect.fail(`nobody answers ${name}`);
  return {
    topology: async (params = {}) => (await ask(topologyRequest, params)) as TopologyResult,
    async place(params) {
      const answer = (await ask(placeThingRequest, params)) as PlaceThingResult | Error;
      if (answer instanceof Error) return `refused: ${answer.message}`;
      expect(answer.uri).toBe('file:///design/main.lintel-places');
      return answer.text;
    },
    type(next) {
      workspace.openText(mainUri, next);
      workspace.update();
    },
  };
}

const placeOf = ({ svg }: TopologyResult, id: string): { x: number; y: number } => {
  const [, x, y] = new RegExp(`data-id="${id}"[^>]* data-at="(\\S+) (\\S+)"`).exec(svg) ?? [];
  return { x: Number(x), y: Number(y) };
};
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('a box that is dragged', () => {
  it('stands there in the next picture of that view, and the picture says which boxes do', async () => {
    const { place, topology } = talk();
    const places = await place({ places: '', id: 'host:esx1', at: { x: 700.4, y: 0 } });
    expect(linesOf(places)).toEqual(['overview  host esx1  x 700  y 0']);
    const after = await topology({ places });
    expect(placeOf(after, 'host:esx1').x).toBe(700);
    expect(after.placed).toEqual(['host:esx1']);
    expect(after.places).toBeUndefined();
    const other = await topology({ places, view: 'placement' });
    expect(other.placed).toBeUndefined();
  });

  it('is put elsewhere, freed alone, or with all others of the view', async () => {
    const { place } = talk();
    let places = await place({ places: '', id: 'host:esx1', at: { x: 700, y: 0 } });
    places = await place({ places, view: 'placement', id: 'host:esx2', at: { x: 800, y: 0 } });
    places = await place({ places, id: 'host:esx1', at: { x: 900, y: 0 } });
    expect(linesOf(places)).toEqual(['overview  host esx1  x 900  y 0', 'placement  host esx2  x 800  y 0']);
    expect(linesOf(await place({ places, id: 'host:esx1', at: null }))).toEqual(['placement  host esx2  x 800  y 0']);
    expect(linesOf(await place({ places, view: 'placement', at: null }))).toEqual(['overview  host esx1  x 900  y 0']);
    expect(await place({ places: await place({ places, at: null }), view: 'placement', at: null })).toBe('');
  });

  it('to where it stands by itself is free, not held', async () => {
    const { place, topology } = talk();
    const { x, y } = placeOf(await topology(), 'host:esx2');
    expect(await place({ places: '', id: 'host:esx2', at: { x: x + 2, y } })).toBe('');
    const places = await place({ places: '', id: 'host:esx2', at: { x: 900, y } });
    expect(await place({ places, id: 'host:esx2', at: { x, y: y + 1 } })).toBe('');
  });

  it('goes on with its new name when that is typed, and the text to save is told', async () => {
    const { place, topology, type } = talk();
    const places = await place({ places: '', id: 'host:esx1', at: { x: 700, y: 0 } });
    await topology({ places });
    type(design.replace('esx1', 'plc'));
    const after = await topology({ places });
    expect(placeOf(after, 'host:plc').x).toBe(700);
    expect(after.placed).toEqual(['host:plc']);
    expect(linesOf(after.places ?? '')).toEqual(['overview  host plc  x 700  y 0']);
    expect(linesOf(await place({ places, id: 'host:esx3', at: { x: 1500, y: 0 } }))).toEqual([
      'overview  host esx3  x 1500  y 0',
      'overview  host plc  x 700  y 0',
    ]);
  });

  it('cannot be dragged where it makes no sense, and then it is said why', async () => {
    const { place } = talk();
    expect(await place({ places: '', at: { x: 1, y: 1 } })).toBe('refused: Which box was dragged was not said.');
    expect(await place({ places: '', view: 'nope', id: 'host:esx1', at: null })).toMatch(/^refused: There is no view "nope"/);
    expect(await place({ places: '#'.repeat(1_000_001), id: 'host:esx1', at: null })).toMatch(/^refused: .*too large/);
  });
});
