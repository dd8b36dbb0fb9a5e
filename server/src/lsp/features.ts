/** Editor features: the protocol's requests to the functions of ide/. */
import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Workspace } from '../analysis/workspace.ts';

export const capabilities: ServerCapabilities = {};

type Safely = <P extends unknown[], T>(what: string, fallback: T, run: (...args: P) => T) => (...args: P) => T;

export function registerFeatures(_connection: Connection, _fresh: () => Workspace | undefined, _safely: Safely): void {}
