/**
 * The language server as the rest of the extension sees it: questions and news. The client library is loaded right after the
 * extension has started, so that VS Code does not wait for it; who asks before that waits a moment.
 */
import { type Event, EventEmitter } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type FindingCountsParams, findingCounts, type ModelChangedParams, modelChanged } from '../../server/src/lsp/protocol.ts';

export interface Server {
  /** Asks, as soon as the server runs. Rejects when it cannot be had, or when it goes away over the question. */
  ask<R>(method: string, params: object): Promise<R>;
  readonly onModelChanged: Event<ModelChangedParams>;
  readonly onFindingCounts: Event<FindingCountsParams>;
  /** It runs: for the first time, or again after a restart. */
  readonly onRunning: Event<void>;
  /** Starts it; a failure is told by the client library. */
  start(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param load makes the client; called once, when it is first needed */
export function createServer(load: () => Promise<BaseLanguageClient>): Server {
  const changed = new EventEmitter<ModelChangedParams>();
  const counted = new EventEmitter<FindingCountsParams>();
  const running = new EventEmitter<void>();
  let loading: Promise<BaseLanguageClient> | undefined;
  const client = (): Promise<BaseLanguageClient> => {
    loading ??= load().then((made) => {
      made.onNotification(modelChanged, (params: ModelChangedParams) => changed.fire(params));
      made.onNotification(findingCounts, (params: FindingCountsParams) => counted.fire(params));
      made.onDidChangeState(() => {
        if (made.isRunning()) running.fire();
      });
      return made;
    });
    return loading;
  };
  return {
    onModelChanged: changed.event,
    onFindingCounts: counted.event,
    onRunning: running.event,
    ask: async (method, params) => (await client()).sendRequest(method, params),
    async start() {
      // What goes wrong is told by the client itself.
      await (await client()).start().catch(() => {});
    },
    async restart() {
      const made = await client();
      if (made.needsStop()) await made.stop();
      await made.start();
    },
    async stop() {
      const made = await loading;
      if (made?.needsStop()) await made.stop();
    },
  };
}
