/** The file of dragged places in a rename: its lines call things by their names, so they change with them. */
import type { TextEdit } from 'vscode-languageserver-types';
import { type Entity, idOf } from '../../model/entity.ts';
import { withNames } from '../../topology/places.ts';
import type { Shape } from './spelling.ts';

/** The edit of a file of places when things get another name; undefined when no line of it is about them. */
export function placesEdit(text: string, entities: ReadonlySet<Entity>, shape: Shape, name: string): TextEdit | undefined {
  const ids = new Map([...entities].map((entity) => [idOf(entity), entity]));
  const renamed = (id: string): string | undefined => {
    for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) {
      const entity = ids.get(id.slice(0, end));
      if (entity === undefined) continue;
      const own = shape.is === 'whole' ? name : name + entity.name.slice(shape.base.length);
      return `${id.slice(0, end - entity.name.length)}${own}${id.slice(end)}`;
    }
    return undefined;
  };
  const made = withNames(text, renamed);
  if (made === text) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  // All of it: a line that is renamed may come to stand elsewhere.
  return {
    range: { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } },
    newText: made,
  };
}
