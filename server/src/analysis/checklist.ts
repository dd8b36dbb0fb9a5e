/** The deployment checklist of a design as Markdown: what the model gives, with its places in the text and its open findings. */
import { type Checklist, checklistOf, type OpenFinding } from '../checklist/build.ts';
import { renderMarkdown } from '../checklist/render/markdown.ts';
import { rules } from '../rules/generated/index.ts';
import { rangeOfSpot, spotOf } from './locate.ts';
import type { Design, Workspace } from './workspace.ts';

export function checklistMarkdown(workspace: Workspace, design: Design): { readonly markdown: string; readonly items: number } {
  const list = checklistFor(workspace, design);
  return { markdown: renderMarkdown(list), items: list.count };
}

/** The list as data. */
export function checklistFor(workspace: Workspace, design: Design): Checklist {
  const known = new Set(rules.map((rule) => rule.code));
  const files = [...design.project.files().keys()].sort();
  const findings = files.flatMap((uri) => workspace.findings(uri)).filter((finding) => !finding.waived);
  const open = findings.flatMap(({ rule, severity, message, uri, range }): OpenFinding[] =>
    severity === 'error' || severity === 'warning'
      ? [{ rule, severity, message, source: placeText(design, uri, range.start.line) }]
      : [],
  );
  return checklistOf(design.project.model, {
    locate(entity, prop) {
      const spot = spotOf(design.project, prop === undefined ? { entity } : { entity, prop });
      if (!spot) return undefined;
      const { uri, range } = rangeOfSpot(spot);
      return placeText(design, uri, range.start.line);
    },
    file: pathFrom(design.root, design.root),
    findings: [
      ...open.filter((finding) => finding.severity === 'error'),
      ...open.filter((finding) => finding.severity === 'warning'),
    ],
    questions: findings.filter((finding) => finding.severity === 'hint').length,
    knowsRule: (code) => known.has(code),
  });
}

/** `hosts.lintel:42`: the file as the folder of the root file sees it, and the line as editors count it. */
const placeText = (design: Design, uri: string, line: number): string => `${pathFrom(design.root, uri)}:${line + 1}`;

/** The path of a file from the folder of another, with "/" between folders. */
function pathFrom(root: string, uri: string): string {
  const from = root.split('/').slice(0, -1);
  const to = uri.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => '..'), ...to.slice(same).map(plainSegment)].join('/');
}

function plainSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
