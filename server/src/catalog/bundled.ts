/** The catalogues that ship with Lintel. What they are, and are not, their headers say. */
import cpus from './data/cpus.json' with { type: 'json' };
import gpus from './data/gpus.json' with { type: 'json' };
import hbas from './data/hbas.json' with { type: 'json' };
import nics from './data/nics.json' with { type: 'json' };
import raid from './data/raid.json' with { type: 'json' };
import releases from './data/releases.json' with { type: 'json' };
import servers from './data/servers.json' with { type: 'json' };
import systems from './data/systems.json' with { type: 'json' };
import usbhubs from './data/usbhubs.json' with { type: 'json' };
import { catalogFrom } from './load.ts';
import type { Catalog } from './types.ts';

let loaded: readonly Catalog[] | undefined;

/** The bundled catalogues, read on the first call. Put them after the user's own ones. */
export function bundledCatalogs(): readonly Catalog[] {
  loaded ??= Object.entries({ servers, cpus, nics, hbas, raid, gpus, systems, usbhubs, releases })
    // A test holds that every one of them reads without a problem.
    .map(([name, data]) => catalogFrom(data, `bundled:${name}`, () => undefined))
    .filter((catalog) => catalog !== undefined);
  return loaded;
}
