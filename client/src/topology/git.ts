/** What is used of the interface of VS Code's own Git extension (`vscode.git`, version 1). */
import type { Event, Uri } from 'vscode';

export interface GitExtension {
  readonly enabled: boolean;
  /** Throws when Git is switched off or not installed. */
  getAPI(version: 1): GitApi;
}

export interface GitApi {
  /** `uninitialized` until the folders have been searched for repositories. */
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: Event<'uninitialized' | 'initialized'>;
  getRepository(uri: Uri): Repository | null;
  /** Opens the repository that a folder belongs to. */
  openRepository(folder: Uri): Promise<Repository | null>;
}

export interface Repository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly Change[];
    readonly onDidChange: Event<void>;
  };
  getCommit(ref: string): Promise<{ readonly hash: string; readonly message: string }>;
  /** The text of a file in a commit; rejects when it is not there. */
  show(ref: string, path: string): Promise<string>;
}

export interface Change {
  readonly originalUri: Uri;
  readonly renameUri: Uri | undefined;
}
