/**
 * Ids of items: made from what the item is about and from nothing else, so that a printed list and a new one speak of the same
 * thing, whatever was added, moved or renamed around it.
 */

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const shortest = 5;
const longest = 12;

/** FNV-1a over UTF-16 code units, then mixed well. */
function hash32(text: string, seed: number): number {
  let hash = (2166136261 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 255), 16777619);
    hash = Math.imul(hash ^ (unit >>> 8), 16777619);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Twelve letters that stand for a key; no I, L, O and U, which are misread. */
function lettersOf(key: string): string {
  let text = '';
  for (const seed of [0x11, 0x2f3]) {
    const hash = hash32(key, seed);
    for (let at = 0; at < 6; at += 1) text += letters[(hash >>> (at * 5)) & 31] ?? '';
  }
  return text;
}

/**
 * The ids of some keys, in their order. Five letters behind the prefix; keys that collide get as many more letters as it takes to
 * tell them apart, all of them, so that no id depends on which came first. Equal keys (which tasks do not make) are numbered.
 */
export function idsOf(items: readonly { readonly prefix: string; readonly key: string }[]): readonly string[] {
  const full = items.map(({ prefix, key }) => ({ prefix, key, letters: lettersOf(key) }));
  const lengths = full.map(() => shortest);
  for (let length = shortest; length <= longest; length += 1) {
    const seen = new Map<string, number[]>();
    for (const [at, item] of full.entries()) {
      if (lengths[at] !== length) continue;
      const id = `${item.prefix}-${item.letters.slice(0, length)}`;
      seen.set(id, [...(seen.get(id) ?? []), at]);
    }
    for (const list of seen.values()) {
      if (new Set(list.map((at) => full[at]?.key)).size > 1) for (const at of list) lengths[at] = length + 1;
    }
  }
  const used = new Map<string, number>();
  return full.map((item, at) => {
    const id = `${item.prefix}-${item.letters.slice(0, Math.min(longest, lengths[at] ?? shortest))}`;
    const count = (used.get(id) ?? 0) + 1;
    used.set(id, count);
    return count === 1 ? id : `${id}.${count}`;
  });
}
