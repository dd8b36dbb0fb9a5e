/** Everything that can be found, under its code: the rules of the field and the codes of the language. */
import type { RuleInfo } from '../../../server/src/analysis/finding.ts';
import { ruleInfos } from '../../../server/src/analysis/lintel.ts';
import { nearest } from '../../../server/src/values/suggest.ts';
import { list } from '../text/plain.ts';
import { languageCodes } from './language.ts';

/** In order of the codes. */
export function catalogue(): readonly RuleInfo[] {
  return [...ruleInfos(), ...languageCodes];
}

/** By code (`NET023`) or name (`network/vlan-out-of-range`), whatever the case. */
export function findRule(word: string): RuleInfo | undefined {
  const wanted = word.toLowerCase();
  return catalogue().find(({ code, name }) => code.toLowerCase() === wanted || name.toLowerCase() === wanted);
}

/** ` Did you mean …?`, or nothing. */
export function didYouMean(word: string): string {
  const names = catalogue().flatMap(({ code, name }) => [code, name]);
  const near = nearest(word, names);
  return near.length > 0 ? ` Did you mean ${list(near).replace(/ and (?=[^ ]*$)/, ' or ')}?` : '';
}
