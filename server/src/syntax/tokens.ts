/**
 * The lexical ground of the language: every token, in the order in which the lexer tries them. Numbers with a tail
 * (`10Gbps`, `8.0u3`, `2012r2`) are one token; which of quantity or version it is, the vocabulary decides later.
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Letters of names: ASCII, and every letter-like character from U+00AA on, less the spaces and punctuation of that range. */
const letter =
  'A-Za-z_\\u00AA\\u00B5\\u00BA\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u1FFF\\u2C00-\\u2DFF\\u3041-\\uD7FF\\uF900-\\uFDCF\\uFE70-\\uFEFC';
const hex2 = '[0-9A-Fa-f]{2}';
const hex4 = '[0-9A-Fa-f]{4}';

const define = (name: string, pattern: RegExp, more: { group?: string; label?: string } = {}): TokenType =>
  createToken({ name, pattern, ...more });

export const Space = define('Space', /[ \t\f\v\u00A0\uFEFF]+/, { group: Lexer.SKIPPED });
export const Newline = createToken({ name: 'Newline', pattern: /\r\n|\n|\r/, line_breaks: true, label: 'end of line' });
export const DocComment = define('DocComment', /\/\/\/[^\r\n]*/, { group: 'comments' });
export const LineComment = define('LineComment', /\/\/[^\r\n]*/, { group: 'comments' });
/** A block comment holds no second opening: an unclosed one then ends with its own line and cannot swallow the rest of a design. */
export const BlockComment = createToken({
  name: 'BlockComment',
  pattern: /\/\*(?:[^*/]|\*(?!\/)|\/(?!\*))*\*\//,
  group: 'comments',
  line_breaks: true,
});
const OpenBlockComment = define('OpenBlockComment', /\/\*[^\r\n]*/, { group: 'comments' });

export const Text = define('Text', /"(?:\\[^\r\n]|[^"\\\r\n])*"/, { label: 'text in quotes' });
export const OpenText = define('OpenText', /"(?:\\[^\r\n]|[^"\\\r\n])*\\?/, { label: 'text with its closing quote missing' });

export const DateValue = define('DateValue', /\d{4}-\d{2}-\d{2}(?![\w-])/, { label: 'date' });
export const Wwn = define('Wwn', new RegExp(`${hex2}(?::${hex2}){7}(?![:\\w])`), { label: 'WWN' });
export const Mac = define('Mac', new RegExp(`${hex2}(?::${hex2}){5}(?![:\\w])`), { label: 'MAC address' });
/** Groups are bounded, or a long line of `aaaa:` costs its length squared. */
export const Ipv6 = define(
  'Ipv6',
  /(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){7}|(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,15})?::(?:[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,15})?)(?:\/\d{1,3})?(?![:\w])/,
  { label: 'IPv6 address' },
);
export const HexId = define('HexId', new RegExp(`${hex4}:${hex4}(?::${hex4}:${hex4})?(?![:\\w])`), { label: 'PCI or USB id' });
export const Ipv4 = define('Ipv4', /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\/\d{1,3})?(?![\w.])/, { label: 'IP address' });
/** Anything that starts with a digit: `4`, `01`, `1.92TB`, `8.0u3`, `6.7.0`, `99.95%`. A dot counts only before a digit, so `1..16` stays a range. */
export const NumberLike = define('NumberLike', new RegExp(`\\d+(?:\\.\\d+)*(?:[${letter}%][${letter}0-9]*(?:\\/[A-Za-z]+)?)?`), {
  label: 'number',
});
export const Name = define('Name', new RegExp(`[${letter}](?:[${letter}0-9-])*`), { label: 'name' });

export const DotDot = define('DotDot', /\.\./, { label: '".."' });
export const Dot = define('Dot', /\./, { label: '"."' });
export const Slash = define('Slash', /\//, { label: '"/"' });
export const Comma = define('Comma', /,/, { label: '","' });
export const Colon = define('Colon', /:/, { label: '":"' });
export const Semicolon = define('Semicolon', /;/, { label: '";"' });
export const Equals = define('Equals', /=/, { label: '"="' });
export const Plus = define('Plus', /\+/, { label: '"+"' });
export const Minus = define('Minus', /-/, { label: '"-"' });
export const Star = define('Star', /\*/, { label: '"*"' });
export const Percent = define('Percent', /%/, { label: '"%"' });
export const LCurly = define('LCurly', /\{/, { label: '"{"' });
export const RCurly = define('RCurly', /\}/, { label: '"}"' });
export const LSquare = define('LSquare', /\[/, { label: '"["' });
export const RSquare = define('RSquare', /\]/, { label: '"]"' });
export const LRound = define('LRound', /\(/, { label: '"("' });
export const RRound = define('RRound', /\)/, { label: '")"' });

/** In the order in which they are tried. */
export const allTokens: TokenType[] = [
  Space,
  Newline,
  DocComment,
  LineComment,
  BlockComment,
  OpenBlockComment,
  Text,
  OpenText,
  DateValue,
  Wwn,
  Mac,
  Ipv6,
  HexId,
  Ipv4,
  NumberLike,
  Name,
  DotDot,
  Dot,
  Slash,
  Comma,
  Colon,
  Semicolon,
  Equals,
  Plus,
  Minus,
  Star,
  Percent,
  LCurly,
  RCurly,
  LSquare,
  RSquare,
  LRound,
  RRound,
];
