/** The difference between two states of a picture: `compareGraphs` makes one of both; `matchThings` finds a thing again. */

export { foldChanges } from './diff/folded.ts';
export { type Compared, compareGraphs, type Difference, type Told } from './diff/graphs.ts';
export { changeOrder, changeSigns, countWords, differenceText, grouped } from './diff/list.ts';
export { type Matches, matchThings, type Thing } from './diff/match.ts';
export { type ChangeList, withChangeList } from './diff/panel.ts';
