/** Everything that can be found, under its code: the rules of the field and the codes of the language. */
import type { RuleInfo } from '../../../server/src/analysis/finding.ts';
import { ruleInfos } from '../../../server/src/analysis/lintel.ts';
import { list } from '../text/plain.ts';
import { languageCodes } from './language.ts';

/** In order of the codes, the language's last. */
export function catalogue(): readonly RuleInfo[] {
  return [...ruleInfos(), ...languageCodes];
}

/** By code (`NET023`) or name (`network/vlan-out-of-range`), whatever the case. */
export function findRule(word: string): RuleInfo | undefined {
  const wanted = word.toLowerCase();
  return catalogue().find(({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted);
}

/** What to say behind "there is no rule …": the codes that look like it, and where the list is. */
export function likeRules(word: string): string {
  const wanted = word.toLowerCase();
  const letters = /^[a-z]*/.exec(wanted)?.[0] ?? '';
  const digits = /\d+$/.exec(wanted)?.[0].replace(/^0+/, '') ?? '';
  const likeness = ({ code, name }: RuleInfo): number => {
    const own = code.toLowerCase();
    const number = (/\d+$/.exec(own)?.[0] ?? '').replace(/^0+/, '');
    if (own.startsWith(wanted)) return 3;
    if (digits !== '' && own.replace(/\d+$/, '') === letters && number === digits) return 4;
    if (letters.length > 2 && (name.includes(wanted) || own.startsWith(letters))) return 2;
    return digits !== '' && number === digits && letters.length > 0 && own[0] === letters[0] ? 1 : 0;
  };
  const scored = catalogue().map((rule) => ({ rule, score: likeness(rule) }));
  const best = Math.max(...scored.map(({ score }) => score));
  const near = scored.filter(({ score }) => score > 0 && score === best).map(({ rule }) => `${rule.code} (${rule.name})`);
  return `${near.length > 0 && near.length <= 6 ? `Perhaps ${list(near, 'or')}? ` : ''}"lintel rules" lists all.`;
}
