/** `lintel rules` and `lintel explain`: what is checked, and why. */
import type { RuleInfo } from '../../../server/src/analysis/finding.ts';
import { ruleInfos } from '../../../server/src/analysis/lintel.ts';
import { rules as allRules } from '../../../server/src/rules/generated/index.ts';
import type { ListFormat } from '../options.ts';
import { findRule, likeRules } from '../rules/catalogue.ts';
import { hasColours, type Paint, paint } from '../text/colour.ts';
import { count, plain, plainLines, safeJson, wrap } from '../text/plain.ts';
import { exitCodes, UsageError, type World } from '../world.ts';

export interface RulesOptions {
  readonly format: ListFormat;
  readonly color: boolean;
}

/** Lists the rules of the field, by category. */
export function rules(world: World, options: RulesOptions): number {
  const infos = ruleInfos();
  if (options.format === 'json') {
    world.out.write(
      safeJson(infos.map(({ code, name, severity, fixable, sources }) => ({ code, name, severity, fixable, sources }))),
    );
    return exitCodes.clean;
  }
  const colours = paint(hasColours(world, world.out, options.color));
  const lines: string[] = [];
  let category = '';
  for (const info of [...infos].sort((a, b) => (categoryOf(a) < categoryOf(b) ? -1 : categoryOf(a) > categoryOf(b) ? 1 : 0))) {
    if (categoryOf(info) !== category) lines.push(...(category === '' ? [] : ['']), colours.bold(categoryOf(info)));
    category = categoryOf(info);
    const { code, fixable, severity, summary } = info;
    lines.push(
      `  ${code.padEnd(8)} ${colours[severity](severity.padEnd(8))} ${summary}${fixable ? colours.dim(' (fix available)') : ''}`,
    );
  }
  lines.push('', `${count(infos.length, 'rule')}. "lintel explain CODE" tells more about one of them.`);
  world.out.write(`${lines.join('\n')}\n`);
  return exitCodes.clean;
}

const categoryOf = ({ name }: RuleInfo): string => name.split('/')[0] ?? '';

/** Tells what a rule finds, why it matters, what to do, and shows examples. */
export function explain(world: World, word: string, options: { readonly color: boolean }): number {
  const info = findRule(word);
  if (!info) throw new UsageError(`There is no rule "${plain(word)}". ${likeRules(word)}`);
  const colours = paint(hasColours(world, world.out, options.color));
  const width = Math.min(100, world.out.columns ?? 100);
  world.out.write(`${[...prose(info, colours, width), ...examples(info.code, colours)].join('\n')}\n`);
  return exitCodes.clean;
}

function prose(
  { code, fixable, name, remedy, severity, sources, summary, why }: RuleInfo,
  colours: Paint,
  width: number,
): string[] {
  const part = (title: string, text: string): string[] => ['', colours.bold(title), wrap(text, width, '  ')];
  return [
    `${colours[severity](`${severity} ${code}`)}  ${name}`,
    colours.bold(wrap(summary, width)),
    ...part('Why', why),
    ...part('What to do', remedy),
    ...(fixable ? ['', wrap('The editor offers a fix for it, at least in some cases.', width)] : []),
    ...(sources.length > 0 ? ['', colours.bold('Sources'), ...sources.map((source) => wrap(source, width, '  '))] : []),
  ];
}

function examples(code: string, colours: Paint): string[] {
  const rule = allRules.find((one) => one.code === code);
  if (!rule) return [];
  const show = (title: string, text: string): string[] => [
    '',
    colours.bold(title),
    ...plainLines(text.trimEnd())
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`)),
  ];
  return [
    ...rule.examples.bad.flatMap(({ fixed, text, title }) => [
      ...show(`Example with this finding: ${title}`, text),
      ...(fixed === undefined ? [] : show('With the fix', fixed)),
    ]),
    ...rule.examples.good.flatMap(({ text, title }) => show(`Example without: ${title}`, text)),
  ];
}
