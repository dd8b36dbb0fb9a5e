/**
 * The part of CSS that pictures use: rules with tags and classes, descendants and children, plain declarations. States, media and
 * attribute selectors are left out: paper and pixels have none.
 */

export type Declarations = Readonly<Record<string, string>>;

interface Compound {
  readonly tag: string | undefined;
  readonly classes: readonly string[];
  /** Whether it has to be the parent of what follows, not only an ancestor. */
  readonly isParent: boolean;
}

interface Rule {
  /** From the outermost to the element itself. */
  readonly chain: readonly Compound[];
  readonly weight: number;
  readonly declarations: Declarations;
}

/** An element as selectors see it; equal elements in equal places share one, so each is matched once. */
export interface Styled {
  readonly tag: string;
  readonly classes: ReadonlySet<string>;
  readonly parent: Styled | undefined;
  /** What the rules say of it, without inheritance. */
  readonly own: Declarations;
  readonly children: Map<string, Styled>;
}

/** What tells elements of a style sheet apart. */
export function createStyler(css: string): (parent: Styled | undefined, tag: string, className: string) => Styled {
  const rules = parseRules(css);
  const roots = new Map<string, Styled>();
  return (parent, tag, className) => {
    const siblings = parent?.children ?? roots;
    const key = `${tag} ${className}`;
    const known = siblings.get(key);
    if (known !== undefined) return known;
    const classes = new Set(className.split(/\s+/).filter((name) => name !== ''));
    const bare = { tag, classes, parent, own: {}, children: new Map<string, Styled>() };
    const own: Record<string, string> = {};
    for (const rule of rules) if (matches(rule.chain, bare)) Object.assign(own, rule.declarations);
    const styled = { ...bare, own };
    siblings.set(key, styled);
    return styled;
  };
}

function parseRules(css: string): readonly Rule[] {
  const flat = css.replace(/@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  const rules: Rule[] = [];
  for (const [, selectors = '', body = ''] of flat.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const declarations: Record<string, string> = {};
    for (const part of body.split(';')) {
      const colon = part.indexOf(':');
      if (colon > 0) declarations[part.slice(0, colon).trim()] = part.slice(colon + 1).trim();
    }
    for (const selector of selectors.split(',')) {
      if (/[:[*+~#]/.test(selector)) continue;
      const chain = parseSelector(selector);
      const weight = chain.reduce((sum, { tag, classes }) => sum + classes.length * 100 + (tag === undefined ? 0 : 1), 0);
      rules.push({ chain, weight, declarations });
    }
  }
  // Stable: of equal weight the later wins.
  return rules.toSorted((a, b) => a.weight - b.weight);
}

function parseSelector(selector: string): readonly Compound[] {
  const parts = selector.replaceAll('>', ' > ').trim().split(/\s+/);
  return parts.flatMap((part, at) => {
    if (part === '>') return [];
    const [tag = '', ...classes] = part.split('.');
    return [{ tag: tag === '' ? undefined : tag, classes, isParent: parts[at + 1] === '>' }];
  });
}

function fits({ tag, classes }: Compound, element: Styled): boolean {
  return (tag === undefined || tag === element.tag) && classes.every((name) => element.classes.has(name));
}

function matches(chain: readonly Compound[], element: Styled): boolean {
  const last = chain.at(-1);
  return last !== undefined && fits(last, element) && above(chain, chain.length - 2, element.parent);
}

function above(chain: readonly Compound[], at: number, element: Styled | undefined): boolean {
  const compound = chain[at];
  if (compound === undefined) return true;
  for (let here = element; here !== undefined; here = here.parent) {
    if (fits(compound, here) && above(chain, at - 1, here.parent)) return true;
    if (compound.isParent) return false;
  }
  return false;
}
