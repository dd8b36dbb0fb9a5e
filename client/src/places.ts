/** Places in the text: the server's plain data made into VS Code's own. */
import { commands, Location, Position, Range, Uri } from 'vscode';
import type { LocateResult } from '../../server/src/lsp/protocol.ts';

type Place = LocateResult['range'];

export const rangeOf = ({ start, end }: Place): Range => new Range(start.line, start.character, end.line, end.character);

/** What a lens that counts runs. */
export function showReferences(file: string, at: Place['start'], found: readonly LocateResult[]): Thenable<unknown> {
  const places = found.map(({ uri, range }) => new Location(Uri.parse(uri), rangeOf(range)));
  return commands.executeCommand('editor.action.showReferences', Uri.parse(file), new Position(at.line, at.character), places);
}
