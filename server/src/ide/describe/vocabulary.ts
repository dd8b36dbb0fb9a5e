/** The vocabulary in words, as Markdown: for hovers and for the documentation beside a proposal. Nothing here knows a kind by name. */
import { wanted } from '../../model/values.ts';
import type { Hypervisor, Kind, Operand, Prop, ValueKind } from '../../schema/types.ts';
import { type Directive, directives, kindOf, kinds, kindWords } from '../../schema/vocabulary.ts';
import { isProblem } from '../../values/problem.ts';
import { baseUnitName, type Dimension, formatQuantity, parseQuantity, unitsOf } from '../../values/quantity.ts';

/** Text of a user in Markdown: shown as it is, whatever signs it holds. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~$]/g, '\\$&').replace(/\r?\n/g, '  \n');
}

/** A stretch of the language in Markdown. */
export function code(text: string): string {
  return `\`\`\`lintel\n${text}\n\`\`\``;
}

/** A word in Markdown; backticks in it would end the word. */
export function verbatim(text: string): string {
  return `\`${text.replaceAll('`', '’')}\``;
}

/** What a hypervisor is called, from the words of the property that names it. */
function productName(hypervisor: Hypervisor): string {
  const { kind } = kinds.host.props.hypervisor.operands.product?.type ?? {};
  const doc = kind?.is === 'choice' ? kind.of[hypervisor] : undefined;
  return doc?.split(/[.(:,]/)[0]?.trim() ?? hypervisor;
}

/** What a quantity comes to in its base unit: "10000000000 bits per second". */
export function formatted(text: string, dimension: Dimension): string {
  const quantity = parseQuantity(text, dimension);
  if (isProblem(quantity)) return quantity.problem;
  const usual = formatQuantity(quantity.value, dimension);
  return usual === text ? `${quantity.value.toLocaleString('en-US')} ${baseUnitName(dimension)}` : usual;
}

/** "VMware ESXi and Hyper-V". */
function productList(hypervisors: readonly Hypervisor[]): string {
  return hypervisors
    .map(productName)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');
}

/** What an operand is called where its value is not known: `SIZE`, `NETWORK`, `yes|no`. */
function placeholder(key: string, operand: Operand): string {
  const { kind } = operand.type;
  const name =
    kind.is === 'yesno'
      ? 'yes|no'
      : kind.is === 'choice'
        ? choiceShape(kind.of)
        : kind.is === 'ref'
          ? refShape(kind.to)
          : kind.is === 'quantity' || kind.is === 'between'
            ? kind.dimension.toUpperCase()
            : key === 'value'
              ? shapeOf(kind)
              : key.toUpperCase();
  const listed = operand.list ? `${name}, …` : name;
  const whole = operand.after === undefined ? listed : `${operand.after} ${listed}`;
  return operand.optional ? `[${whole}]` : whole;
}

const choiceShape = (of: Readonly<Record<string, string>>): string =>
  Object.keys(of).length <= 4 ? Object.keys(of).join('|') : `${Object.keys(of).slice(0, 3).join('|')}|…`;
const refShape = (to: readonly string[]): string => (to.includes('*') ? 'NAME' : to.map((word) => word.toUpperCase()).join('|'));

function shapeOf(kind: ValueKind): string {
  switch (kind.is) {
    case 'int':
      return kind.min !== undefined && kind.max !== undefined ? `${kind.min}–${kind.max}` : 'NUMBER';
    case 'port':
      return 'SWITCH/PORT';
    case 'cidr':
      return 'ADDRESS/PREFIX';
    case 'text':
      return '"TEXT"';
    case 'vlans':
      return 'VLAN, …';
    default:
      return kind.is.toUpperCase();
  }
}

/** How a property is written: `cpu COUNT x MODEL [cores …] [clock …]`. */
export function usageOf(word: string, prop: Prop): string {
  const operands = Object.entries(prop.operands).map(([key, operand]) => placeholder(key, operand));
  const inner = Object.keys(prop.props);
  return [word, ...operands, ...inner.slice(0, 6).map((name) => `[${name} …]`), ...(inner.length > 6 ? ['…'] : [])].join(' ');
}

/** How a thing is written, in one line. */
function kindUsage(kind: Kind): string {
  const name = kind.naming === 'required' ? ' NAME' : kind.naming === 'optional' ? ' [NAME]' : '';
  return `${kind.word}${name}${kind.labelled ? ' ["LABEL"]' : ''} …`;
}

/** "a size with its unit", with the units or words that are allowed. */
function typeMarkdown(kind: ValueKind): string {
  switch (kind.is) {
    case 'choice':
      return Object.entries(kind.of)
        .map(([word, doc]) => `- ${verbatim(word)} – ${doc}`)
        .join('\n');
    case 'quantity':
      return `Value: a ${kind.dimension} with its unit: ${unitsOf(kind.dimension).map(verbatim).join(', ')}.`;
    case 'between':
      return `Value: ${wanted(kind)}.`;
    case 'text':
    case 'word':
      return '';
    default:
      return `Value: ${wanted(kind)}.`;
  }
}

/** All of a property's documentation. */
export function propMarkdown(word: string, prop: Prop): string {
  const parts = [code(usageOf(word, prop)), prop.doc];
  for (const [key, operand] of Object.entries(prop.operands)) {
    const type = typeMarkdown(operand.type.kind);
    const about = operand.doc !== undefined && prop.record ? `**${key}**: ${operand.doc}` : '';
    if (about !== '' || type !== '') parts.push([about, type].filter((part) => part !== '').join('\n\n'));
  }
  const inner = Object.entries(prop.props);
  if (inner.length > 0) parts.push(inner.map(([name, own]) => `- ${verbatim(name)} – ${own.doc}`).join('\n'));
  if (prop.hypervisors) parts.push(`Only with ${productList(prop.hypervisors)}.`);
  if (prop.many) parts.push('May be said more than once.');
  if (prop.example !== undefined) parts.push(`Example:\n${code(prop.example)}`);
  return parts.join('\n\n');
}

/** All of a kind's documentation. */
export function kindMarkdown(kind: Kind): string {
  const homes = homesOf(kind);
  const parts = [code(kindUsage(kind)), kind.doc];
  if (!kind.top || homes.length > 0)
    parts.push(
      `Stands ${kind.top ? 'at the top of a design' : ''}${kind.top && homes.length > 0 ? ' or ' : ''}${homes.length > 0 ? `inside of ${homes.map(verbatim).join(', ')}` : ''}.`,
    );
  if (kind.children.length > 0) parts.push(`Holds ${kind.children.map(verbatim).join(', ')}.`);
  parts.push(`Says ${Object.keys(kind.props).map(verbatim).join(', ')}.`);
  if (kind.hypervisors) parts.push(`Only with ${productList(kind.hypervisors)}.`);
  parts.push(`Example:\n${code(kind.example)}`);
  return parts.join('\n\n');
}

/** Kinds in whose body a kind may stand. */
export function homesOf(kind: Kind): readonly string[] {
  const homes: string[] = [];
  for (const word of kindWords()) if (kindOf(word)?.word === word && kindOf(word)?.children.includes(kind.word)) homes.push(word);
  return homes;
}

export function directiveMarkdown(word: Directive): string {
  return directives[word];
}
