/** What the analysis asks of the world around it: files, nothing else. A disk, an editor or a test stands behind it. */
export interface Host {
  /** The bytes of a file; undefined when there is none. Never throws. `reason` says why it could not be read. */
  read(uri: string): { readonly bytes: Uint8Array } | { readonly reason: string } | undefined;
  /** Whether an imported file may be read: inside of the workspace, not a way out of it. */
  allows(uri: string): boolean;
}

/** Resolves the path of an import against the file that says it; undefined for what is no relative path. */
export function resolveImport(from: string, path: string): string | undefined {
  if (path === '' || path.includes('\\') || path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path)) return undefined;
  const cut = from.lastIndexOf('/');
  const segments = from.slice(0, cut).split('/');
  const floor = from.startsWith('file:///') ? 3 : 1;
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.length <= floor) return undefined;
      segments.pop();
    } else segments.push(encodeSegment(segment));
  }
  return segments.join('/');
}

/** Largest file that is read, in bytes. */
export const maxFileSize = 16 * 1024 * 1024;

/** UTF-8 text of a file, or why it is none. A byte order mark is dropped; UTF-16 with a mark is understood. */
export function decode(bytes: Uint8Array): { readonly text: string } | { readonly reason: string } {
  if (bytes.length > maxFileSize)
    return {
      reason: `The file is ${Math.round(bytes.length / 1048576)} MB long; a design of more than ${maxFileSize / 1048576} MB is not read.`,
    };
  const binary = { reason: 'This is a binary file, not a design: it holds bytes that no text has.' };
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!wide && bytes.includes(0)) return binary;
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xfe)
      return { text: new TextDecoder('utf-16le', { fatal: true }).decode(bytes.subarray(2)) };
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
      return { text: new TextDecoder('utf-16be', { fatal: true }).decode(bytes.subarray(2)) };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text };
  } catch {
    return { reason: 'This file is not UTF-8 text. Save it with the encoding "UTF-8".' };
  }
}

/** One segment of a path as editors spell it in a URI: everything but unreserved characters is encoded. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
