/** Names inside of arithmetic: indexes of ranges and named values. */
import type { Span } from '../../base/span.ts';
import type { Project } from '../../model/project.ts';
import { membersOf } from '../../model/terms.ts';
import type { Expr, Term, TextTerm } from '../../syntax/ast.ts';
import type { Block, Mark, Reading } from '../reading/marks.ts';

export interface Variable extends Span {
  readonly name: string;
}

/** Every name that a term reckons with. */
export function variablesIn(term: Term): readonly Variable[] {
  const found: Variable[] = [];
  const inExpr = (expr: Expr): void => {
    if (expr.kind === 'var') found.push({ name: expr.name, start: expr.start, end: expr.end });
    else if (expr.kind === 'op') {
      inExpr(expr.left);
      inExpr(expr.right);
    }
  };
  const inText = (text: TextTerm): void => {
    for (const part of text.parts) if (typeof part !== 'string') inExpr(part);
  };
  if (term.kind === 'expr') inExpr(term.expr);
  else if (term.kind === 'text') inText(term);
  else if (term.kind === 'path') {
    for (const piece of term.pieces) {
      if (piece.kind === 'call') inExpr(piece.expr);
      else if (piece.kind === 'quoted') inText(piece.text);
      else if (piece.kind === 'index') {
        for (const item of piece.items) {
          inExpr(item.from);
          if (item.to) inExpr(item.to);
        }
      }
    }
  }
  return found;
}

/** The index variables that a block's own name declares, and where; an index without a name is `i`. */
export function indexesDeclared(block: Block): readonly { readonly name: string; readonly span?: Span }[] {
  const { name } = block;
  if (name?.kind === 'between') return [{ name: 'i' }];
  if (name?.kind !== 'path') return [];
  return name.pieces.flatMap((piece) =>
    piece.kind === 'index'
      ? [
          piece.variable
            ? { name: piece.variable.text, span: { start: piece.variable.start, end: piece.variable.end } }
            : { name: 'i' },
        ]
      : [],
  );
}

/** The nearest block around a place that declares an index of this name. */
export function indexOwner(block: Block | undefined, name: string): Block | undefined {
  for (let at = block; at; at = at.parent) if (indexesDeclared(at).some((index) => index.name === name)) return at;
  return undefined;
}

/** Every name that is reckoned with in a reading, with the mark that it stands in. */
export function* variableUses(
  reading: Reading,
): Generator<{ readonly variable: Variable; readonly mark: Mark; readonly block: Block | undefined }> {
  for (const mark of reading.marks) {
    if (!('term' in mark) || mark.is === 'let') continue;
    const block = 'block' in mark ? mark.block : undefined;
    for (const variable of variablesIn(mark.term)) yield { variable, mark, block };
  }
}

/** An index variable and what it counts. */
export interface Index {
  readonly name: string;
  readonly values: readonly number[];
}

const noProblems = (): void => {};

/** Range indexes around a block, the nearest first. */
export function indexesOf(block: Block, project: Project | undefined): readonly Index[] {
  const found: Index[] = [];
  for (let at: Block | undefined = block; at; at = at.parent) {
    const { name } = at;
    if (name?.kind === 'between')
      found.push({
        name: 'i',
        values: membersOf(name, { vars: new Map(), let: () => undefined }, noProblems).map((member) => member.vars.get('i') ?? 0),
      });
    if (name?.kind !== 'path') continue;
    const members = membersOf(name, { vars: new Map([['i', 1]]), let: (word) => project?.environment().let(word) }, noProblems);
    for (const piece of name.pieces) {
      if (piece.kind !== 'index') continue;
      const variable = piece.variable?.text ?? 'i';
      found.push({ name: variable, values: [...new Set(members.map((member) => member.vars.get(variable) ?? 0))] });
    }
  }
  return found.filter((index, at) => found.findIndex((other) => other.name === index.name) === at);
}
