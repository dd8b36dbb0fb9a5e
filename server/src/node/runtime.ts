/** What a Node process gives the language server: the disk, the date, a worker thread for layouts. */
import { dirname } from 'node:path';
import type { Host } from '../analysis/host.ts';
import type { Runtime } from '../lsp/server.ts';
import { createWorkerRunner } from '../topology/layoutRunner.ts';
import { createDiskHost, pathOfUri, uriOfPath } from './diskHost.ts';
import type { FileRequest, MadeFile } from './export/makeFile.ts';

export interface NodeParts {
  /** Gives the source of the layout worker; asked when the first picture is drawn. */
  readonly worker: () => Promise<string>;
  /** Gives what makes files of pictures; asked when the first one is made. */
  readonly exporter: () => Promise<{ readonly makeFile: (picture: FileRequest) => MadeFile }>;
  readonly version: string;
}

export function nodeRuntime({ exporter, version, worker }: NodeParts): Runtime {
  const runner = createWorkerRunner(worker);
  return {
    host: (folders) => growingHost(folders),
    today: () => {
      // The day where the engineer is: Swedish dates are ISO dates.
      return new Intl.DateTimeFormat('sv-SE').format(new Date());
    },
    layout: runner,
    makeFile: async (picture) => {
      const { content, warning } = (await exporter()).makeFile({ ...picture, scale: 2, paper: 'fit' });
      const made = typeof content === 'string' ? { text: content } : { base64: Buffer.from(content).toString('base64') };
      return { ...made, ...(warning === undefined ? {} : { message: warning }) };
    },
    version,
  };
}

/** The disk below the workspace's folders; a file opened from elsewhere brings its own folder along, and nothing else of the disk. */
function growingHost(folders: readonly string[]): Host & { list(below?: string): readonly string[]; opened(uri: string): void } {
  const disk = createDiskHost(folders);
  const single = new Map<string, ReturnType<typeof createDiskHost>>();
  const hostOf = (uri: string): Host | undefined => {
    if (disk.allows(uri)) return disk;
    for (const host of single.values()) if (host.allows(uri)) return host;
    return undefined;
  };
  return {
    allows: (uri) => hostOf(uri) !== undefined,
    read: (uri) => hostOf(uri)?.read(uri),
    list: (below) => disk.list(below),
    opened(uri) {
      const path = pathOfUri(uri);
      if (path === undefined || disk.allows(uri)) return;
      const folder = uriOfPath(dirname(path));
      if (!single.has(folder)) single.set(folder, createDiskHost([folder]));
    },
  };
}
