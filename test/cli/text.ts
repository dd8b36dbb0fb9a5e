/** Output as an inline snapshot can hold it: spaces at line ends would be lost. */
export const cut = (text: string): string => text.replace(/ +$/gm, (spaces) => '·'.repeat(spaces.length));
