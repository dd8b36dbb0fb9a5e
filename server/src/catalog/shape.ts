/**
 * Shapes: what a JSON value must look like, said once. A shape reads a node into a typed value, reporting what is wrong
 * where, and describes itself as JSON Schema; so the loader and the published schema cannot disagree. Nothing is
 * generated at run time (no `new Function`), since the extension also runs where that is forbidden.
 */
import { isProblem, shown, type ValueProblem } from '../values/problem.ts';
import { nearest } from '../values/suggest.ts';
import type { JsonMember, JsonNode } from './json.ts';

/** A JSON Schema (draft 2020-12) fragment as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** A place in the file: a node, or the key of a member. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Takes what is wrong. `pointer` is the JSON pointer of the value. */
export type Report = (severity: 'error' | 'warning', message: string, place: Place, pointer: string, suggestion?: string) => void;

export interface Shape<T> {
  /** @returns the value, or `undefined` after a report */
  readonly read: (node: JsonNode, pointer: string, report: Report) => T | undefined;
  readonly schema: JsonSchema;
}

export interface Field<T, Need extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly required: Need;
  readonly title: string;
  readonly description: string;
}
type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The type that an object shape reads: required fields present, the others absent or of their type. */
export type Read<F extends Fields> = {
  readonly [K in keyof F as F[K]['required'] extends true ? K : never]: ValueOf<F[K]>;
} & {
  readonly [K in keyof F as F[K]['required'] extends true ? never : K]?: ValueOf<F[K]>;
};

/** A field that must be there. */
export function required<T>(shape: Shape<T>, title: string, description: string): Field<T, true> {
  return { shape, required: true, title, description };
}

/** A field that may be left out. */
export function optional<T>(shape: Shape<T>, title: string, description: string): Field<T, false> {
  return { shape, required: false, title, description };
}

/** A text of 1 to `max` characters. */
export function text(max = 200): Shape<string> {
  return {
    schema: { type: 'string', minLength: 1, maxLength: max, pattern: '\\S' },
    read: (node, pointer, report) => {
      if (node.kind !== 'string') return wrongKind(node, 'a text', pointer, report);
      // JSON Schema counts code points, and so must this.
      const length = node.value.length <= max ? node.value.length : [...node.value].length;
      if (length <= max && /\S/u.test(node.value)) return node.value;
      return refuse(length > max ? `Longer than ${max} characters` : 'The text is empty', node, pointer, report);
    },
  };
}

/** A whole number within limits. */
export function integer(min: number, max: number): Shape<number> {
  return {
    schema: { type: 'integer', minimum: min, maximum: max },
    read: (node, pointer, report) => {
      if (node.kind !== 'number' || !Number.isInteger(node.value)) return wrongKind(node, 'a whole number', pointer, report);
      return node.value >= min && node.value <= max ? node.value : refuse(`Must be ${min} to ${max}`, node, pointer, report);
    },
  };
}

/** `true` or `false`. */
export const yesNo: Shape<boolean> = {
  schema: { type: 'boolean' },
  read: (node, pointer, report) => (node.kind === 'boolean' ? node.value : wrongKind(node, 'true or false', pointer, report)),
};

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[]): Shape<T> {
  return {
    schema: { type: 'string', enum: words },
    read: (node, pointer, report) => {
      if (node.kind !== 'string') return wrongKind(node, `one of ${words.join(', ')}`, pointer, report);
      const word = words.find((each) => each === node.value);
      if (word !== undefined) return word;
      report('error', `${shown(node.value)} is none of ${words.join(', ')}`, node, pointer, nearest(node.value, words, 1)[0]);
      return undefined;
    },
  };
}

/** A text that one of the value parsers reads; `pattern` is the shape that the published schema checks. */
export function parsed<T extends object>(
  parse: (text: string) => T | ValueProblem,
  pattern: string,
  examples: readonly string[],
): Shape<T> {
  return {
    schema: { type: 'string', pattern, maxLength: 64, examples },
    read: (node, pointer, report) => {
      if (node.kind !== 'string') return wrongKind(node, `a text such as "${examples[0] ?? ''}"`, pointer, report);
      const value = parse(node.value);
      if (!isProblem(value)) return value;
      report('error', sentence(value.problem), node, pointer, value.suggestion);
      return undefined;
    },
  };
}

/** A list of at most `max` values; a bad one is reported and left out. */
export function list<T>(item: Shape<T>, max: number, min = 0): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, maxItems: max, ...(min > 0 ? { minItems: min } : {}) },
    read: (node, pointer, report) => {
      if (node.kind !== 'array') return wrongKind(node, 'a list in brackets', pointer, report);
      if (node.items.length > max) return refuse(`More than ${max} values`, node, pointer, report);
      if (node.items.length < min) return refuse(`At least ${min} must be given`, node, pointer, report);
      const values: T[] = [];
      for (const [index, each] of node.items.entries()) {
        const value = item.read(each, `${pointer}/${index}`, report);
        if (value !== undefined) values.push(value);
      }
      return values;
    },
  };
}

/** An object. Unknown fields are warned about, except those that start with `x-`, which are for the author's own use. */
export function object<F extends Fields>(fields: F): Shape<Read<F>> {
  const names = Object.keys(fields);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describe(field)])),
      patternProperties: { '^x-': true },
      required: names.filter((name) => fields[name]?.required),
      additionalProperties: false,
    },
    read: (node, pointer, report) => {
      if (node.kind !== 'object') return wrongKind(node, 'an object in braces', pointer, report);
      const members = distinct(node.members, pointer, report);
      const values: Record<string, unknown> = {};
      let whole = true;
      for (const [name, field] of Object.entries(fields)) {
        const member = members.get(name);
        if (member !== undefined) values[name] = field.shape.read(member.value, `${pointer}/${name}`, report);
        else if (field.required) report('error', `\`${name}\` is missing`, { start: node.start, end: node.start + 1 }, pointer);
        if (values[name] === undefined) {
          delete values[name];
          whole &&= !field.required;
        }
      }
      for (const [key, member] of members) {
        if (Object.hasOwn(fields, key) || key.startsWith('x-')) continue;
        const place = { start: member.keyStart, end: member.keyEnd };
        report(
          'warning',
          `Nothing here is called ${shown(key)}; it is ignored`,
          place,
          `${pointer}/${escapePointer(key)}`,
          nearest(key, names, 1)[0],
        );
      }
      // The loop above has put exactly the declared fields there, which the type system cannot follow.
      return whole ? (values as Read<F>) : undefined;
    },
  };
}

/** The first member of each name; a repetition is an error, since programs disagree on which one counts. */
function distinct(members: readonly JsonMember[], pointer: string, report: Report): ReadonlyMap<string, JsonMember> {
  const seen = new Map<string, JsonMember>();
  for (const member of members) {
    if (!seen.has(member.key)) seen.set(member.key, member);
    else {
      const place = { start: member.keyStart, end: member.keyEnd };
      report(
        'error',
        `${shown(member.key)} stands here twice; the first one counts`,
        place,
        `${pointer}/${escapePointer(member.key)}`,
      );
    }
  }
  return seen;
}

function describe(field: Field<unknown>): JsonSchema {
  return { title: field.title, description: field.description, ...field.shape.schema };
}

function wrongKind(node: JsonNode, wanted: string, pointer: string, report: Report): undefined {
  return refuse(
    `Must be ${wanted}, not ${node.kind === 'null' ? 'null' : `a ${node.kind}`.replace('a a', 'an a').replace('a o', 'an o')}`,
    node,
    pointer,
    report,
  );
}

function refuse(message: string, node: JsonNode, pointer: string, report: Report): undefined {
  report('error', message, node, pointer);
  return undefined;
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}

/** RFC 6901. */
function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
