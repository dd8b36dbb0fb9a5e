/** The file of dragged places beside a design, for its pictures. */
import { lstatSync, readFileSync } from 'node:fs';
import { decode } from '../../../server/src/analysis/host.ts';
import { pathOfUri } from '../../../server/src/node/diskHost.ts';
import { largestPlaces, placesBeside } from '../../../server/src/topology/places.ts';
import type { Chosen } from '../designs.ts';
import { plain } from '../text/plain.ts';
import type { World } from '../world.ts';
import { nameOf } from './find.ts';

/** Its text; empty when there is none. One that is there and cannot be used is told, and the picture is drawn without it. */
export function readPlaces(world: World, { design }: Chosen): string {
  const path = pathOfUri(placesBeside(design.root));
  if (path === undefined) return '';
  const unused = (reason: string): string => {
    world.err.write(`${plain(nameOf(world, path))}: ${reason} The picture is drawn without it.\n`);
    return '';
  };
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return '';
    if (!found.isFile()) return unused('This is no file; links are not followed.');
    if (found.size > largestPlaces) return unused('This is too large to be a file of places.');
    const decoded = decode(readFileSync(path));
    return 'reason' in decoded ? unused(decoded.reason) : decoded.text;
  } catch {
    return unused('This cannot be read.');
  }
}
