/** Whether the file beside a design can be taken for its file of places, and so may be written as well. Knows no editor. */

/** Bytes. A file of places is small; what is larger is something else. */
const largest = 2_000_000;
/** VS Code's mark of a plain file; one that is reached through a link has another bit set as well. */
const plainFile = 1;

/** What is on the disk. */
export interface FileThere {
  readonly type: number;
  readonly size: number;
}

/**
 * Reads the file. What is there and is no file of places is said, and must be left alone: a link could lead anywhere, and what
 * cannot be read whole would be lost with the next drag.
 * @param there undefined where there is no such file
 */
export async function readPlacesFile(
  there: FileThere | undefined,
  read: () => Promise<Uint8Array>,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  if (there === undefined) return { text: '' };
  if (there.type !== plainFile) return { problem: 'the file of places is a link or a folder; links are not followed.' };
  if (there.size > largest) return { problem: 'the file of places is too large to be one. Move it away, and drag again.' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await read()) };
  } catch {
    return { problem: 'the file of places cannot be read as text in UTF-8.' };
  }
}
