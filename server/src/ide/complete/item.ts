/** Proposals: what all of them have in common. */
import { type Command, type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from 'vscode-languageserver-types';
import { type Context, replaced } from '../context.ts';

/** A proposal before it has a place. */
export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is put in; the label if not said. */
  readonly text?: string;
  /** `text` has tab stops. */
  readonly snippet?: boolean;
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** Position in the list: compared as text. */
  readonly rank: string;
  /** A value follows: ask again. */
  readonly again?: boolean;
  /** Replaces the whole value and not only the word under the cursor. */
  readonly whole?: boolean;
}

/** Asks the editor to propose again, where the next word is. */
const again: Command = { title: 'Propose values', command: 'editor.action.triggerSuggest' };

export function itemOf(context: Context, proposal: Proposal): CompletionItem {
  const { label, kind, text = label, snippet, detail, doc, rank, whole } = proposal;
  // The editor compares what is typed since the start of the range: with an open quote, that starts with the quote.
  const filterText = context.quoted && !text.startsWith('"') ? `"${label}"` : text.startsWith('"') ? `"${label}"` : undefined;
  return {
    label,
    kind,
    sortText: rank,
    textEdit: { range: replaced(context, whole), newText: text },
    ...(filterText !== undefined ? { filterText } : whole ? { filterText: text } : {}),
    ...(snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(detail !== undefined ? { detail } : {}),
    ...(doc !== undefined ? { documentation: { kind: MarkupKind.Markdown, value: doc } } : {}),
    ...(proposal.again ? { command: again } : {}),
  };
}

/** Numbers that sort as text. */
export function ranked(group: number, at = 0): string {
  return `${String(group).padStart(2, '0')}${String(at).padStart(5, '0')}`;
}

/** Text in a snippet: no tab stops by accident. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

export { CompletionItemKind };
