/**
 * The grammar: a handful of rules that know no vocabulary. It is total: whatever tokens come, a tree comes out and the rest
 * is noted as problems, so one broken line costs that line and nothing throws. Trees are built in embedded actions, since the
 * default concrete tree would cost half as much again on every keystroke.
 */
import { EmbeddedActionsParser, EOF, type IToken, type TokenType } from 'chevrotain';
import type { Body, Entry, Expr, Group, IndexItem, NameTerm, NumberTerm, Piece, SyntaxProblem, Term, TextTerm } from './ast.ts';
import { parseText } from './text.ts';
import * as T from './tokens.ts';

const literalKinds = new Map<TokenType, 'ipv4' | 'ipv6' | 'mac' | 'wwn' | 'hexid' | 'date'>([
  [T.Ipv4, 'ipv4'],
  [T.Ipv6, 'ipv6'],
  [T.Mac, 'mac'],
  [T.Wwn, 'wwn'],
  [T.HexId, 'hexid'],
  [T.DateValue, 'date'],
]);

/** Where a token ends; made-up tokens of Chevrotain's recording phase have no image. */
const end = (token: Partial<IToken>): number => (token.startOffset ?? 0) + (token.image?.length ?? 0);

export class LintelParser extends EmbeddedActionsParser {
  problems: SyntaxProblem[] = [];
  /** The chunk's text, for columns. */
  text = '';
  /** Braces do not balance: let the indentation tell which one is missing. */
  byIndent = false;
  private openers: number[] = [];
  /** Start of the entry whose values are being read. */
  private entryStart = 0;
  private indents: { readonly start: number; readonly size: number }[] = [];
  private indentText = '';

  constructor() {
    super(T.allTokens, { recoveryEnabled: false, maxLookahead: 1, nodeLocationTracking: 'none', skipValidations: false });
    this.performSelfAnalysis();
  }

  private report(code: SyntaxProblem['code'], message: string, start: number, stop: number, fix?: SyntaxProblem['fix']): void {
    if (this.RECORDING_PHASE) return;
    this.problems.push({ code, message, start, end: Math.max(stop, start), ...(fix ? { fix } : {}) });
  }

  /** Whether the next token touches the last one consumed. */
  private touching(): boolean {
    const last = this.LA(0);
    const next = this.LA(1);
    return last !== undefined && next.startOffset === end(last);
  }

  /** Indentation of the line that holds an offset. Line starts are looked up, not searched backwards: a line may be a megabyte long. */
  private indentOf(offset: number): number {
    if (this.RECORDING_PHASE) return 0;
    if (this.indentText !== this.text) {
      this.indentText = this.text;
      this.indents = [...`\n${this.text}`.matchAll(/(?:\r\n|\n|\r)([ \t]*)/g)].map(({ index, 0: whole, 1: spaces = '' }) => ({
        start: index + whole.length - spaces.length - 1,
        size: spaces.length,
      }));
    }
    let low = 0;
    let high = this.indents.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.indents[middle]?.start ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = this.indents[low];
    return line ? Math.min(line.size, offset - line.start) : 0;
  }

  /** Whether the next token is the first on its line; a comment in front of it does not count. */
  private atLineStart(): boolean {
    return this.LA(0).tokenType === T.Newline;
  }

  /** In unbalanced text, a line that is indented no deeper than the line of the opening brace stands outside of that body. */
  private stillInside(): boolean {
    if (!this.byIndent || this.RECORDING_PHASE) return true;
    const opener = this.openers.at(-1);
    const next = this.LA(1);
    if (opener === undefined || next.tokenType === EOF || next.tokenType === T.Newline || !this.atLineStart()) return true;
    const indent = this.indentOf(next.startOffset);
    return next.tokenType === T.RCurly ? indent >= opener : indent > opener;
  }

  /** A comma at the end of a line continues it, unless the next line plainly starts an entry of its own. */
  private continues(): boolean {
    if (this.LA(1).tokenType !== T.Newline) return true;
    let k = 1;
    while (this.LA(k).tokenType === T.Newline) k += 1;
    const first = this.LA(k);
    if (first.tokenType === EOF || first.tokenType === T.RCurly) return false;
    // Deeper than the entry itself, so that the third line of a list may stand below the second.
    if (this.indentOf(first.startOffset) > Math.min(this.indentOf(this.entryStart), this.indentOf(this.LA(0).startOffset)))
      return true;
    for (k += 1; ; k += 1) {
      const next = this.LA(k);
      if (next.tokenType === T.Comma || next.tokenType === T.Newline || next.tokenType === EOF) return true;
      const before = this.LA(k - 1);
      if (next.startOffset !== end(before)) return false;
    }
  }

  readonly file = this.RULE('file', (): Entry[] => {
    const entries: Entry[] = [];
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.OR1([{ ALT: () => this.CONSUME(T.Newline) }, { ALT: () => this.CONSUME(T.Semicolon) }]);
          },
        },
        {
          ALT: () => {
            const brace = this.CONSUME(T.RCurly);
            this.report(
              'LNT002',
              'This closing brace closes nothing: its opening brace is missing or stands elsewhere.',
              brace.startOffset,
              end(brace),
              { title: 'Remove the closing brace', at: { start: brace.startOffset, end: end(brace) }, text: '' },
            );
          },
        },
        { ALT: () => this.pushEntry(entries, this.SUBRULE(this.entry)) },
      ]);
    });
    return entries;
  });

  private pushEntry(entries: Entry[], entry: Entry | undefined): void {
    if (entry) entries.push(entry);
  }

  readonly entry = this.RULE('entry', (): Entry | undefined => {
    const first = this.LA(1);
    if (!this.RECORDING_PHASE) this.entryStart = first.startOffset;
    let word: NameTerm | undefined;
    const groups: Group[] = [];
    let profiles: Term[] | undefined;
    let profilesAt: number | undefined;
    let body: Body | undefined;
    this.OR([
      {
        ALT: () => {
          const token = this.CONSUME(T.Name);
          word = { kind: 'name', text: token.image, start: token.startOffset, end: end(token) };
          if (
            !this.RECORDING_PHASE &&
            this.touching() &&
            this.LA(1).tokenType !== T.Colon &&
            this.LA(1).tokenType !== T.LCurly &&
            this.LA(1).tokenType !== T.Semicolon &&
            this.LA(1).tokenType !== T.Equals &&
            this.LA(1).tokenType !== EOF &&
            this.LA(1).tokenType !== T.Newline &&
            this.LA(1).tokenType !== T.RCurly
          ) {
            this.report(
              'LNT001',
              `A line starts with a word of the language; leave a space behind "${token.image}".`,
              token.startOffset,
              end(this.LA(1)),
            );
          }
        },
      },
      { ALT: () => this.SUBRULE(this.noWord) },
    ]);
    this.MANY(() => {
      this.OR2([
        {
          ALT: () => {
            const group = this.SUBRULE(this.group);
            if (group) groups.push(group);
          },
        },
        {
          ALT: () => {
            const colon = this.CONSUME(T.Colon);
            const list = this.OPTION(() => this.SUBRULE2(this.group));
            if (this.RECORDING_PHASE) return;
            if (!list) this.report('LNT001', 'The name of a profile is missing behind ":".', colon.startOffset, end(colon));
            if (list && profiles) profiles.push(...list);
            else if (list) {
              profiles = [...list];
              profilesAt = groups.length;
            }
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(T.Equals);
            groups.push([{ kind: 'equals', start: token.startOffset, end: end(token) }]);
          },
        },
        { ALT: () => this.SUBRULE(this.junk) },
      ]);
    });
    const headEnd = this.RECORDING_PHASE ? 0 : end(this.LA(0));
    this.OPTION1(() => {
      body = this.SUBRULE(this.body);
    });
    if (body?.closed && !this.RECORDING_PHASE) {
      const next = this.LA(1).tokenType;
      if (next !== T.Newline && next !== T.Semicolon && next !== T.RCurly && next !== EOF) {
        this.report('LNT001', 'Start a new line behind a closing brace.', this.LA(1).startOffset, end(this.LA(1)));
      }
    }
    if (!word) return undefined;
    return {
      word,
      groups,
      headEnd,
      ...(profiles ? { profiles } : {}),
      ...(profilesAt !== undefined ? { profilesAt } : {}),
      ...(body ? { body } : {}),
      start: first.startOffset,
      end: this.RECORDING_PHASE ? 0 : end(this.LA(0)),
    };
  });

  /** A line that starts with something else than a word. */
  private readonly noWord = this.RULE('noWord', (): void => {
    const token = this.LA(1);
    this.report(
      'LNT001',
      'A line starts with a word such as "host" or "network"; this one starts with something else.',
      token.startOffset,
      end(token),
    );
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.notName);
        },
      },
      { ALT: () => this.SUBRULE(this.body) },
      { ALT: () => this.CONSUME(T.Colon) },
      { ALT: () => this.CONSUME(T.Equals) },
      { ALT: () => this.SUBRULE(this.junk) },
    ]);
  });

  readonly body = this.RULE('body', (): Body => {
    const open = this.CONSUME(T.LCurly);
    const entries: Entry[] = [];
    if (!this.RECORDING_PHASE) this.openers.push(this.byIndent ? this.indentOf(open.startOffset) : 0);
    this.MANY({
      GATE: () => this.stillInside(),
      DEF: () => {
        this.OR([
          { ALT: () => this.CONSUME(T.Newline) },
          { ALT: () => this.CONSUME(T.Semicolon) },
          { ALT: () => this.pushEntry(entries, this.SUBRULE(this.entry)) },
        ]);
      },
    });
    let closed = false;
    this.OPTION({
      GATE: () => this.stillInside(),
      DEF: () => {
        this.CONSUME(T.RCurly);
        closed = true;
      },
    });
    this.openers.pop();
    const stop = this.RECORDING_PHASE ? 0 : end(this.LA(0));
    if (!closed) {
      this.report('LNT002', 'The closing brace of this block is missing.', open.startOffset, end(open), {
        title: 'Add the closing brace',
        at: { start: stop, end: stop },
        text: '\n}',
      });
    }
    return { entries, closed, start: open.startOffset, end: stop };
  });

  readonly group = this.RULE('group', (): Group | undefined => {
    const terms: Term[] = [];
    const add = (term: Term | undefined): void => {
      if (term) terms.push(term);
    };
    add(this.SUBRULE(this.term));
    this.MANY({
      DEF: () => {
        const comma = this.CONSUME(T.Comma);
        const goesOn = this.RECORDING_PHASE || this.continues();
        this.MANY1({ GATE: () => goesOn, DEF: () => this.CONSUME(T.Newline) });
        const next = this.OPTION({ GATE: () => goesOn, DEF: () => this.SUBRULE2(this.term) });
        if (next) add(next);
        else
          this.report('LNT001', 'Another value is missing behind this comma.', comma.startOffset, end(comma), {
            title: 'Remove the comma',
            at: { start: comma.startOffset, end: end(comma) },
            text: '',
          });
      },
    });
    const [head, ...tail] = terms;
    return head ? [head, ...tail] : undefined;
  });

  readonly term = this.RULE('term', (): Term | undefined =>
    this.OR([{ ALT: () => this.SUBRULE(this.nameTerm) }, { ALT: () => this.SUBRULE(this.notName) }]),
  );

  private readonly notName = this.RULE('notName', (): Term | undefined =>
    this.OR([
      { ALT: (): Term | undefined => this.SUBRULE(this.quotedTerm) },
      { ALT: (): Term | undefined => this.SUBRULE(this.numberTerm) },
      { ALT: (): Term | undefined => this.SUBRULE(this.literalTerm) },
      { ALT: (): Term | undefined => this.SUBRULE(this.exprTerm) },
      {
        ALT: (): Term | undefined => {
          const star = this.CONSUME(T.Star);
          return {
            kind: 'path',
            pieces: this.SUBRULE(this.pieces, { ARGS: [[{ kind: 'star', start: star.startOffset, end: end(star) }]] }),
            start: star.startOffset,
            end: this.stop(),
          };
        },
      },
    ]),
  );

  private stop(): number {
    return this.RECORDING_PHASE ? 0 : end(this.LA(0));
  }

  private readonly nameTerm = this.RULE('nameTerm', (): Term => {
    const token = this.CONSUME(T.Name);
    const start = token.startOffset;
    const stop = end(token);
    const pieces = this.OPTION({
      GATE: () => this.touching(),
      DEF: () => this.SUBRULE(this.pieces1, { ARGS: [[{ kind: 'word', text: token.image, start, end: stop }]] }),
    });
    if (pieces && pieces.length > 1) return { kind: 'path', pieces, start, end: this.stop() };
    return { kind: 'name', text: token.image, start, end: stop };
  });

  /** A text, or a path that starts with a name in quotes: `"esx 1"/usb1`. */
  private readonly quotedTerm = this.RULE('quotedTerm', (): Term => {
    const text = this.SUBRULE(this.textTerm);
    const pieces = this.OPTION({
      GATE: () =>
        this.touching() &&
        (this.LA(1).tokenType === T.Dot || this.LA(1).tokenType === T.Slash || this.LA(1).tokenType === T.LSquare),
      DEF: () => this.SUBRULE(this.pieces1, { ARGS: [[{ kind: 'quoted', text, start: text.start, end: text.end }]] }),
    });
    if (pieces && pieces.length > 1) return { kind: 'path', pieces, start: text.start, end: this.stop() };
    return text;
  });

  /** One or more further pieces that touch what is there. */
  private readonly pieces1 = this.RULE('pieces1', (first: Piece[]): Piece[] => {
    const pieces: Piece[] = this.RECORDING_PHASE ? [] : first;
    this.AT_LEAST_ONE({ GATE: () => this.touching(), DEF: () => this.SUBRULE(this.piece, { ARGS: [pieces] }) });
    return pieces;
  });

  private readonly pieces = this.RULE('pieces', (first: Piece[]): Piece[] => {
    const pieces: Piece[] = this.RECORDING_PHASE ? [] : first;
    this.MANY({ GATE: () => this.touching(), DEF: () => this.SUBRULE(this.piece, { ARGS: [pieces] }) });
    return pieces;
  });

  private readonly piece = this.RULE('piece', (into: Piece[]): void => {
    const simple = (kind: 'dot' | 'slash' | 'star', token: IToken): void => {
      if (!this.RECORDING_PHASE) into.push({ kind, start: token.startOffset, end: end(token) });
    };
    const word = (token: IToken): void => {
      if (!this.RECORDING_PHASE) into.push({ kind: 'word', text: token.image, start: token.startOffset, end: end(token) });
    };
    this.OR([
      { ALT: () => simple('dot', this.CONSUME(T.Dot)) },
      { ALT: () => simple('slash', this.CONSUME(T.Slash)) },
      { ALT: () => simple('star', this.CONSUME(T.Star)) },
      { ALT: () => word(this.CONSUME(T.Name)) },
      { ALT: () => word(this.CONSUME(T.NumberLike)) },
      {
        ALT: () => {
          const text = this.SUBRULE(this.textTerm);
          if (!this.RECORDING_PHASE) into.push({ kind: 'quoted', text, start: text.start, end: text.end });
        },
      },
      {
        ALT: () => {
          const piece = this.SUBRULE(this.index);
          if (!this.RECORDING_PHASE) into.push(piece);
        },
      },
      {
        ALT: () => {
          const expr = this.SUBRULE(this.exprTerm);
          if (!this.RECORDING_PHASE && expr.kind === 'expr')
            into.push({ kind: 'call', expr: expr.expr, start: expr.start, end: expr.end });
        },
      },
    ]);
  });

  private readonly index = this.RULE('index', (): Piece => {
    const open = this.CONSUME(T.LSquare);
    const items: IndexItem[] = [];
    let variable: NameTerm | undefined;
    this.OPTION({
      GATE: () => this.LA(2).tokenType === T.Name && this.LA(2).image === 'in',
      DEF: () => {
        const token = this.CONSUME(T.Name);
        variable = { kind: 'name', text: token.image, start: token.startOffset, end: end(token) };
        this.CONSUME1(T.Name);
      },
    });
    const item = (from: Expr, to: Expr | undefined): void => {
      items.push(to ? { from, to } : { from });
    };
    const from = this.SUBRULE(this.expr);
    const to = this.OPTION1(() => {
      this.CONSUME(T.DotDot);
      return this.SUBRULE1(this.expr);
    });
    item(from, to);
    this.MANY(() => {
      this.CONSUME(T.Comma);
      const from2 = this.SUBRULE2(this.expr);
      const to2 = this.OPTION2(() => {
        this.CONSUME1(T.DotDot);
        return this.SUBRULE3(this.expr);
      });
      item(from2, to2);
    });
    this.closing(']', () => this.OPTION3(() => this.CONSUME(T.RSquare)), open);
    return { kind: 'index', items, ...(variable ? { variable } : {}), start: open.startOffset, end: this.stop() };
  });

  private closing(sign: string, take: () => IToken | undefined, open: IToken): void {
    const token = take();
    if (token || this.RECORDING_PHASE) return;
    const stop = this.stop();
    this.report('LNT003', `The closing "${sign}" is missing.`, open.startOffset, stop, {
      title: `Add "${sign}"`,
      at: { start: stop, end: stop },
      text: sign,
    });
  }

  private readonly textTerm = this.RULE(
    'textTerm',
    (): TextTerm =>
      this.OR([
        {
          ALT: (): TextTerm => {
            const token = this.CONSUME(T.Text);
            return this.RECORDING_PHASE
              ? { kind: 'text', parts: [], start: 0, end: 0 }
              : parseText(token.image.slice(1, -1), token.startOffset, end(token), this.problems);
          },
        },
        {
          ALT: (): TextTerm => {
            const token = this.CONSUME(T.OpenText);
            if (this.RECORDING_PHASE) return { kind: 'text', parts: [], start: 0, end: 0 };
            const stop = end(token);
            this.report(
              'LNT003',
              'The closing quote of this text is missing; a text ends on its own line.',
              token.startOffset,
              stop,
              { title: 'Add the closing quote', at: { start: stop, end: stop }, text: '"' },
            );
            return parseText(token.image.slice(1), token.startOffset, stop, this.problems);
          },
        },
      ]),
  );

  private readonly numberTerm = this.RULE('numberTerm', (): Term => {
    const number = (token: IToken): NumberTerm => ({
      kind: 'number',
      text: token.image,
      start: token.startOffset,
      end: end(token),
    });
    const from = number(this.CONSUME(T.NumberLike));
    const to = this.OPTION({
      GATE: () => this.LA(1).tokenType === T.DotDot || this.touching(),
      DEF: () => {
        this.OR([{ ALT: () => this.CONSUME(T.DotDot) }, { ALT: () => this.CONSUME(T.Minus) }]);
        return this.OPTION1(() => number(this.CONSUME1(T.NumberLike))) ?? null;
      },
    });
    if (this.RECORDING_PHASE) return from;
    if (to === null) this.report('LNT003', 'The upper end of this range is missing.', from.start, this.stop());
    return to ? { kind: 'between', from, to, start: from.start, end: to.end } : from;
  });

  private readonly literalTerm = this.RULE('literalTerm', (): Term => {
    const token = this.OR([
      { ALT: () => this.CONSUME(T.Ipv4) },
      { ALT: () => this.CONSUME(T.Ipv6) },
      { ALT: () => this.CONSUME(T.Mac) },
      { ALT: () => this.CONSUME(T.Wwn) },
      { ALT: () => this.CONSUME(T.HexId) },
      { ALT: () => this.CONSUME(T.DateValue) },
    ]);
    if (this.RECORDING_PHASE) return { kind: 'ipv4', text: '', start: 0, end: 0 };
    return { kind: literalKinds.get(token.tokenType) ?? 'ipv4', text: token.image, start: token.startOffset, end: end(token) };
  });

  private readonly exprTerm = this.RULE('exprTerm', (): Term => {
    const open = this.CONSUME(T.LRound);
    const expr = this.SUBRULE(this.expr);
    this.closing(')', () => this.OPTION(() => this.CONSUME(T.RRound)), open);
    return { kind: 'expr', expr, start: open.startOffset, end: this.stop() };
  });

  /** Sums of products; a missing operand is a hole with a problem, not an exception. */
  readonly expr = this.RULE('expr', (): Expr => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const op = this.OR([{ ALT: () => this.CONSUME(T.Plus) }, { ALT: () => this.CONSUME(T.Minus) }]);
      const right = this.SUBRULE1(this.product);
      if (this.RECORDING_PHASE) return;
      left = { kind: 'op', op: op.tokenType === T.Minus ? '-' : '+', left, right, start: left.start, end: right.end };
    });
    return left;
  });

  private readonly product = this.RULE('product', (): Expr => {
    let left = this.SUBRULE(this.primary);
    this.MANY(() => {
      const op = this.OR([
        { ALT: () => this.CONSUME(T.Star) },
        { ALT: () => this.CONSUME(T.Slash) },
        { ALT: () => this.CONSUME(T.Percent) },
      ]);
      const right = this.SUBRULE1(this.primary);
      if (this.RECORDING_PHASE) return;
      left = {
        kind: 'op',
        op: op.image === '*' ? '*' : op.image === '/' ? '/' : '%',
        left,
        right,
        start: left.start,
        end: right.end,
      };
    });
    return left;
  });

  private readonly primary = this.RULE(
    'primary',
    (): Expr =>
      this.OR([
        {
          ALT: (): Expr => {
            const t = this.CONSUME(T.NumberLike);
            return { kind: 'int', text: t.image, start: t.startOffset, end: end(t) };
          },
        },
        {
          ALT: (): Expr => {
            const t = this.CONSUME(T.Name);
            return { kind: 'var', name: t.image, start: t.startOffset, end: end(t) };
          },
        },
        {
          ALT: (): Expr => {
            const open = this.CONSUME(T.LRound);
            const inner = this.SUBRULE(this.expr);
            this.closing(')', () => this.OPTION(() => this.CONSUME(T.RRound)), open);
            return inner;
          },
        },
        {
          ALT: (): Expr => {
            const at = this.RECORDING_PHASE ? 0 : end(this.LA(0));
            this.report('LNT003', 'A number or an index such as "i" is missing here.', Math.max(0, at - 1), at);
            return { kind: 'hole', start: at, end: at };
          },
        },
      ]),
  );

  /** A sign that has no business where it stands: noted, skipped. */
  private readonly junk = this.RULE('junk', (): void => {
    const token = this.OR([
      { ALT: () => this.CONSUME(T.DotDot) },
      { ALT: () => this.CONSUME(T.Dot) },
      { ALT: () => this.CONSUME(T.Slash) },
      { ALT: () => this.CONSUME(T.Comma) },
      { ALT: () => this.CONSUME(T.Plus) },
      { ALT: () => this.CONSUME(T.Minus) },
      { ALT: () => this.CONSUME(T.Percent) },
      { ALT: () => this.CONSUME(T.LSquare) },
      { ALT: () => this.CONSUME(T.RSquare) },
      { ALT: () => this.CONSUME(T.RRound) },
    ]);
    this.report('LNT001', `"${token.image}" has no meaning here.`, token.startOffset, end(token));
  });
}
