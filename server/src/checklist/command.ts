/**
 * Commands with values of the design in them. Names come from a text that anybody may have written: each is quoted for the shell
 * that reads it, and a name that no shell should see (line breaks and other control characters) makes no command at all.
 */

/** Who reads a command. */
export type Shell = 'powershell' | 'sh';

/** Lines for one shell, ready to be pasted. */
export interface Command {
  readonly shell: Shell;
  /** Where it is typed: `PowerCLI`, `Shell of esx1`. */
  readonly where: string;
  readonly lines: readonly string[];
  /** A name of the design has characters that must not reach a shell; there are no lines then. */
  readonly refused?: true;
}

/** A part of a command that is quoted already. */
export interface Quoted {
  readonly quoted: string;
}
export type Argument = string | number | boolean | undefined | Quoted | readonly string[];

/** What stands for a value that the design does not say; harmless as a word in every shell. */
const blank = '____';

/** Control characters, line separators, and marks that turn the direction of writing or cannot be seen. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

/** Whether a value must not stand in a command. */
export const isUnsafe = (value: string): boolean => unsafe.test(value);

/** PowerShell takes typographic quotes for straight ones, also inside of a quoted text. */
const psQuote = (value: string): string => `'${value.replace(/['\u2018\u2019\u201a\u201b]/gu, '$&$&')}'`;

const shQuote = (value: string): string => {
  if (/^[\w./:@%+][\w./:@%+=,-]*$/u.test(value) && value !== blank) return value;
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
};

const tag =
  (quote: (value: string) => string, between: string, bool: (value: boolean) => string) =>
  (words: TemplateStringsArray, ...values: readonly Argument[]): Line => {
    let text = '';
    for (const [at, word] of words.raw.entries()) {
      text += word;
      if (at >= values.length) break;
      const value = values[at];
      if (value === undefined) text += blank;
      else if (typeof value === 'number') text += String(value);
      else if (typeof value === 'boolean') text += bool(value);
      else if (typeof value === 'string' || isList(value)) {
        const list = typeof value === 'string' ? [value] : value;
        if (list.some(isUnsafe)) return undefined;
        text += list.length === 0 ? blank : list.map(quote).join(between);
      } else if (isUnsafe(value.quoted)) return undefined;
      else text += value.quoted;
    }
    return text;
  };

const isList = (value: Argument): value is readonly string[] => Array.isArray(value);

/** A line of a command; undefined when a value in it must not reach a shell. */
export type Line = string | undefined;

/** A line for PowerShell: every text is in single quotes, a list has commas. */
export const ps = tag(psQuote, ', ', (value) => (value ? '$true' : '$false'));
/** A line for a POSIX shell (bash, the shell of ESXi): a text is quoted where it has to be. */
export const sh = tag(shQuote, ' ', (value) => (value ? 'true' : 'false'));

/** A part of a PowerShell line, for use in another one. Unsafe values make the whole line undefined. */
export const part = (line: Line): Quoted => ({ quoted: line ?? '\u0000' });

const wildcard = /[*?[\]`]/u;

/** Objects of given names: `Get-VM -Name 'a', 'b'`. Names with wildcards in them are compared, not matched. */
export function psGet(noun: string, names: readonly string[], more = ''): Quoted {
  const get = `Get-${noun}${more === '' ? '' : ` ${more}`}`;
  if (!names.some((name) => wildcard.test(name))) return part(ps`${{ quoted: get }} -Name ${names}`);
  return part(ps`${{ quoted: get }} | Where-Object { $_.Name -in ${names} }`);
}

/** A name where a tool has a syntax of its own (lists with commas, `key=value`): only if it is a plain word, else it stays open. */
export const plainWord = (name: string | undefined): Quoted => ({
  quoted: name !== undefined && /^[A-Za-z0-9_][\w.-]*$/.test(name) ? name : blank,
});

const command = (shell: Shell, where: string, lines: readonly Line[]): readonly Command[] => {
  if (lines.length === 0) return [];
  if (isUnsafe(where) || lines.includes(undefined))
    return [{ shell, where: isUnsafe(where) ? '' : where, lines: [], refused: true }];
  return [{ shell, where, lines: lines.filter((line) => line !== undefined) }];
};

/** Lines for PowerShell or PowerCLI. */
export const powershell = (where: string, ...lines: readonly Line[]): readonly Command[] => command('powershell', where, lines);
/** Lines for a POSIX shell. */
export const shell = (where: string, ...lines: readonly Line[]): readonly Command[] => command('sh', where, lines);

/** Where PowerCLI commands are typed. */
export const powercli = (...lines: readonly Line[]): readonly Command[] =>
  powershell('PowerCLI, connected to vCenter (or to the one host)', ...lines);
