/** The files of an older state of a design, found by following its imports from the root. */

/** More files than this have no design; it bounds the work that a mistaken history can make. */
const mostFiles = 500;

/**
 * The one thing about the language that the extension knows: an import is a line with a path from the file that it stands in.
 * The server cannot follow them for us, for only Git has the older files.
 */
const imports = /^[^\S\n]*import[^\S\n]+"([^"\n]+)"/gm;

/** What the paths of the import lines of a text say. */
export const importsIn = (text: string): readonly string[] => [...text.matchAll(imports)].map(([, path = '']) => path);

/**
 * @param root address of the design's root file
 * @param read the older text of a file; undefined when it did not exist
 * @param resolve address that an import leads to from a file; undefined when that is nowhere that may be read
 * @returns the texts by address, in the order in which they were met; empty when the root did not exist
 */
export async function olderFiles(
  root: string,
  read: (uri: string) => Promise<string | undefined>,
  resolve: (from: string, path: string) => string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const files = new Map<string, string>();
  const met = new Set([root]);
  // `met` grows while it is walked through: a set hands out what is added to it.
  for (const uri of met) {
    const text = await read(uri);
    if (text === undefined) continue;
    files.set(uri, text);
    for (const path of importsIn(text)) {
      const target = resolve(uri, path);
      if (target !== undefined && met.size < mostFiles) met.add(target);
    }
  }
  return Object.fromEntries(files);
}
