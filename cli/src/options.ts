/** Choices of options, apart from the commands, so that the help needs none of their code. */
export const formats = ['pretty', 'json', 'sarif'] as const;
export const failLevels = ['error', 'warning', 'info'] as const;
export const themes = ['auto', 'light', 'dark', 'print'] as const;
export const pictureFormats = ['svg', 'png', 'pdf', 'html'] as const;
export const papers = ['fit', 'a3', 'a4'] as const;
export const listFormats = ['pretty', 'json'] as const;

export type Format = (typeof formats)[number];
export type FailLevel = (typeof failLevels)[number];
export type PictureTheme = (typeof themes)[number];
export type PictureFormat = (typeof pictureFormats)[number];
export type Paper = (typeof papers)[number];
export type ListFormat = (typeof listFormats)[number];
