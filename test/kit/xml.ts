/** Strict XML parsing for tests, with sax, which comes with the packaging tool: throws on anything that is not well-formed. */

import { createRequire } from 'node:module';

interface Sax {
  parser(strict: boolean): { onerror: (error: Error) => void; write(text: string): { close(): void } };
}

const sax = createRequire(import.meta.url)('sax') as Sax;

/** Throws unless the text is well-formed XML. */
export function assertWellFormed(text: string): void {
  const parser = sax.parser(true);
  let failure: Error | undefined;
  parser.onerror = (error) => {
    failure ??= error;
    throw error;
  };
  parser.write(text).close();
  if (failure !== undefined) throw failure;
}
