/**
 * An older state of a design from the texts of its files, read in memory by the same façade as the present one. What was sent last
 * is kept: while somebody types, the older state stays the same and is not read again.
 */
import type { Against } from './against.ts';
import { type Host, maxFileSize } from './host.ts';
import { createLintel } from './lintel.ts';
import type { Design } from './workspace.ts';

/** What an editor sends: a name for the state, and the texts by URI. */
export interface SentState {
  readonly label: string;
  readonly files: Readonly<Record<string, string>>;
}

/** The older state, or why there is none to compare with. */
export interface OldDesign {
  readonly against?: Against;
  readonly note?: string;
}

/** Reads older states. Never throws. */
export type OldDesigns = (sent: SentState, design: Design) => OldDesign;

/** Characters of all files together. */
const mostText = 4 * maxFileSize;
const mostFiles = 5000;
/** States that are kept: those of the panels that are open, as a rule. */
const mostKept = 3;

/** A reader that keeps what it read last. */
export function createOldDesigns(): OldDesigns {
  const kept: { readonly sent: SentState; readonly root: string; readonly made: OldDesign }[] = [];
  return (sent, design) => {
    const at = kept.findIndex((known) => known.root === design.root && sameState(known.sent, sent));
    const [known] = at < 0 ? [] : kept.splice(at, 1);
    const found = known ?? { sent, root: design.root, made: readState(sent, design.root) };
    kept.unshift(found);
    kept.splice(mostKept);
    return found.made;
  };
}

function sameState(a: SentState, b: SentState): boolean {
  if (a === b) return true;
  const keys = Object.keys(a.files);
  return (
    a.label === b.label &&
    keys.length === Object.keys(b.files).length &&
    keys.every((uri) => Object.hasOwn(b.files, uri) && a.files[uri] === b.files[uri])
  );
}

function readState({ files, label }: SentState, root: string): OldDesign {
  const texts = new Map<string, string>();
  let length = 0;
  for (const [uri, text] of Object.entries(files)) {
    if (typeof text !== 'string') continue;
    length += text.length;
    texts.set(spelling(uri), text);
  }
  if (length > mostText || texts.size > mostFiles)
    return { note: `${label} is too large to compare with (${texts.size} files, ${Math.ceil(length / 1048576)} MB).` };
  try {
    const encoder = new TextEncoder();
    const host: Host = {
      allows: () => true,
      read(uri) {
        const text = texts.get(spelling(uri));
        return text === undefined ? undefined : { bytes: encoder.encode(text) };
      },
    };
    const workspace = createLintel({ host });
    const has = texts.has(spelling(root));
    // The root may have had another name: then the one design that there was is meant.
    for (const uri of has ? [root] : Object.keys(files).filter((each) => each.endsWith('.lintel'))) workspace.fileChanged(uri);
    workspace.update();
    const roots = has ? [root] : workspace.roots();
    const [only] = roots;
    const design = only === undefined || roots.length > 1 ? undefined : workspace.designs(only)[0];
    if (design === undefined)
      return { against: { label, design }, note: `This design did not exist in ${label}: everything is added.` };
    const unread = [...design.project.files().keys()].find((uri) => workspace.unreadable(uri) !== undefined);
    return {
      against: { label, design },
      ...(unread === undefined ? {} : { note: `${nameOf(unread)} in ${label} is no text and is left out.` }),
    };
  } catch {
    return { note: `${label} could not be read; the picture shows the present state alone.` };
  }
}

const nameOf = (uri: string): string => spelling(uri.slice(uri.lastIndexOf('/') + 1));

/** Editors and imports may spell one file differently (`c%3A`, `c:`). */
function spelling(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
