/** The XML that pictures are written in: elements, attributes in double quotes, text, the five entities and numbers. */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** The text directly in it. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Open[];
  text: string;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  return text.includes('&')
    ? text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
        if (name !== undefined) return named[name] ?? whole;
        return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
      })
    : text;
}

/** The root element. */
export function parseXml(xml: string): Element {
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [top];
  for (const [, close, name, attributes = '', empty, text] of xml.matchAll(
    /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    const parent = stack.at(-1) ?? top;
    if (name === undefined) parent.text += decode(text ?? '');
    else if (close === '/') stack.pop();
    else {
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, decode(value)] as const,
      );
      const element: Open = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      parent.children.push(element);
      if (empty !== '/') stack.push(element);
    }
  }
  return top.children[0] ?? top;
}
