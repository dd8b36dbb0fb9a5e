/** Where things were said: the value in force, and the profile that it comes from. */
import { pathInUnit, traceOf } from '../../analysis/locate.ts';
import type { Entity } from '../../model/entity.ts';
import type { Origin } from '../../model/lower/draft.ts';
import type { ChunkState, Project } from '../../model/project.ts';
import { placeIn } from '../../syntax/sourceFile.ts';
import { verbatim } from './vocabulary.ts';

/** A place that says something, in its chunk. */
export type Said = Origin & { readonly state: ChunkState };

/** Every place that says a property of an entity, the one in force last; '' asks for the entity itself. */
export function saidOf(project: Project, entity: Entity, prop: string): readonly Said[] {
  const holder = project.holderOf(entity);
  return holder ? (traceOf(project, holder).origins.get(`${pathInUnit(entity)}#${prop}`) ?? []) : [];
}

/** What a place says, as it is written. */
function textSaid(said: Said): string {
  const { text } = said.state.chunk;
  return said.span.start >= said.word.end
    ? `${text.slice(said.word.start, said.word.end)} ${text.slice(said.span.start, said.span.end)}`
    : text.slice(said.word.start, said.word.end);
}

/** "profile esxi, line 12", as a link. */
export function whereSaid(said: Said): string {
  const line = said.state.line + placeIn(said.state.chunk, said.word.start).line + 1;
  const file = decoded(said.state.uri.slice(said.state.uri.lastIndexOf('/') + 1));
  return `${said.profile === undefined ? '' : `profile ${verbatim(said.profile)}, `}[${file.replace(/[[\]\\]/g, '\\$&')}, line ${line}](${said.state.uri}#L${line})`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What other places say of the same, as Markdown; empty when this is the only one. */
export function othersMarkdown(all: readonly Said[], state: ChunkState, at: number): string {
  const own = all.findIndex((said) => said.state === state && said.word.start === at);
  if (own < 0 || all.length < 2) return '';
  const last = all.at(-1);
  const lines: string[] = [];
  if (last && own !== all.length - 1) lines.push(`Here without effect: ${verbatim(textSaid(last))} counts (${whereSaid(last)}).`);
  for (const said of all.slice(0, own).reverse()) lines.push(`Overrides ${verbatim(textSaid(said))} (${whereSaid(said)}).`);
  return lines.join('  \n');
}
