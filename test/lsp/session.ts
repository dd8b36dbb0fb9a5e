/** A conversation with a server as an editor has it: opened files, what was published, requests that must be answered. */
import { type LspClient, type Published, startClient } from '../../bench/client.ts';
import { locateRequest } from '../../server/src/lsp/protocol.ts';

export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}
export type Diagnostic = Published['diagnostics'][number] & { readonly range: Range };

export interface Session {
  readonly client: LspClient;
  /** Opens a file, and waits for the server's word on it. */
  open(uri: string, text: string): Promise<readonly Diagnostic[]>;
  /** Replaces the first place where `old` stands, as an editor does while one types. */
  type(uri: string, old: string, text: string): Promise<readonly Diagnostic[]>;
  close(uri: string): Promise<void>;
  /** Waits until the server has published what comes of everything said so far: each answer is given on the newest state. */
  settle(): Promise<void>;
  text(uri: string): string;
  /** Place of the first (or a later) occurrence of a text in an open file. */
  at(uri: string, text: string, offset?: number): Position;
  diagnostics(uri: string): readonly Diagnostic[];
  request<T>(method: string, params: unknown): Promise<T>;
  notify(method: string, params: unknown): Promise<void>;
  /** Ends the server; answers its exit code. */
  end(): Promise<number | null>;
}

export async function startSession(args: readonly string[], folder?: string): Promise<Session> {
  const client = await startClient(process.execPath, args, folder === undefined ? {} : { folder });
  const { connection } = client;
  const exited = new Promise<number | null>((done) => client.process.once('exit', done));
  const texts = new Map<string, string>();
  const versions = new Map<string, number>();
  const session: Session = {
    client,
    async open(uri, text) {
      texts.set(uri, text);
      versions.set(uri, 1);
      await client.open(uri, text);
      await session.settle();
      return session.diagnostics(uri);
    },
    async type(uri, old, text) {
      const whole = session.text(uri);
      const at = whole.indexOf(old);
      if (at < 0) throw new Error(`the text has no ${JSON.stringify(old)}`);
      const range = { start: positionAt(whole, at), end: positionAt(whole, at + old.length) };
      const version = (versions.get(uri) ?? 1) + 1;
      versions.set(uri, version);
      texts.set(uri, whole.slice(0, at) + text + whole.slice(at + old.length));
      await client.change(uri, version, range, text);
      await session.settle();
      return session.diagnostics(uri);
    },
    async close(uri) {
      texts.delete(uri);
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    async settle() {
      await connection.sendRequest(locateRequest, { uri: 'untitled:nothing', id: 'nothing' });
    },
    text: (uri) => texts.get(uri) ?? '',
    at(uri, text, offset = 0) {
      const found = session.text(uri).indexOf(text);
      if (found < 0) throw new Error(`the text has no ${JSON.stringify(text)}`);
      return positionAt(session.text(uri), found + offset);
    },
    diagnostics: (uri) =>
      (client.published.findLast((published) => published.uri === uri)?.diagnostics ?? []) as readonly Diagnostic[],
    request: (method, params) => connection.sendRequest(method, params),
    notify: (method, params) => connection.sendNotification(method, params),
    async end() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      const code = await exited;
      connection.dispose();
      return code;
    },
  };
  return session;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The text that stands at a range. */
export function textAt(text: string, { start, end }: Range): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines.map((line, at) => line.slice(at === 0 ? start.character : 0, at === last ? end.character : undefined)).join('\n');
}

/** The text after edits, which must not overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const offset = ({ line, character }: Position): number =>
    text
      .split('\n')
      .slice(0, line)
      .reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)), text);
}
