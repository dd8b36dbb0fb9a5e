/** Dragged boxes: the file of places with one put somewhere or freed. */
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { standingOf } from '../analysis/picture.ts';
import type { Placing } from '../analysis/placing.ts';
import { entityById } from '../analysis/things.ts';
import type { Workspace } from '../analysis/workspace.ts';
import type { LayoutRunner } from '../topology/layout.ts';
import { type Place, PlacesProblem, placesBeside, placesIn, withoutView, withPlace } from '../topology/places.ts';
import { SelectionProblem, viewNamed } from '../topology/views/index.ts';
import { type PlaceThingParams, type PlaceThingResult, placeThingRequest } from './protocol.ts';

/** A box dropped this near to where it stands by itself is not held there, px. */
const near = 3;

export function registerPlaces(
  connection: Connection,
  fresh: () => Workspace | undefined,
  run: LayoutRunner,
  placing: Placing,
): void {
  connection.onRequest(placeThingRequest, async (params: PlaceThingParams): Promise<PlaceThingResult | ResponseError<void>> => {
    const { uri, places, id, at, ...choice } = params;
    const workspace = fresh();
    const design = workspace?.designs(uri)[0];
    if (!workspace || !design) return refused('This file belongs to no design yet.');
    try {
      const view = viewNamed(choice.view).id;
      const text = placing.follow(design, places);
      if (id === undefined && at !== null) return refused('Which box was dragged was not said.');
      const file = { uri: placesBeside(design.root) };
      if (id === undefined) return { ...file, text: withoutView(text, view) };
      const freed = withPlace(text, { view, id, at: null });
      const itself = at === null ? undefined : await standingOf(workspace, design, run, choice, id, placesIn(freed, view));
      const stays = at === null || isNear(itself, at);
      return {
        ...file,
        text: withPlace(text, { view, id, at: stays ? null : at }, (known) => entityById(design, known) !== undefined),
      };
    } catch (error) {
      if (error instanceof PlacesProblem || error instanceof SelectionProblem) return refused(error.message);
      throw error;
    }
  });
}

const refused = (reason: string): ResponseError<void> => new ResponseError(LSPErrorCodes.RequestFailed, reason);

function isNear(a: Place | undefined, b: Place): boolean {
  return a !== undefined && Math.abs(a.x - b.x) <= near && Math.abs(a.y - b.y) <= near;
}
