/** What panels and files are called. */
import type { TopologyChoice, ViewOffer } from '../../../server/src/lsp/protocol.ts';

/** A design's short name, from the address of its root file: `plant`, or the folder's name for a `main.lintel`. */
export function shortName(uri: string): string {
  const steps = uri.split('/').map(decoded);
  const file = (steps.at(-1) ?? '').replace(/\.lintel$/, '');
  const folder = steps.at(-2) ?? '';
  return file === 'main' && folder !== '' ? folder : file;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

/** Title of a panel: `Topology: plant – network`. */
export function panelTitle(uri: string, choice: TopologyChoice, views: readonly ViewOffer[], compared: boolean): string {
  const view = views.find(({ id }) => id === choice.view);
  const parts = [shortName(uri), ...(view ? [view.title.toLowerCase()] : []), ...(compared ? ['changes'] : [])];
  return `Topology: ${parts.join(' – ')}`;
}

/** Name of a file to write, without its ending: `plant-network`. Names of a design never become part of a path. */
export function fileName(uri: string, { view = 'topology' }: TopologyChoice): string {
  return `${shortName(uri)}-${view}`.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'topology';
}
