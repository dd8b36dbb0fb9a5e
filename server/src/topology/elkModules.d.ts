/** elkjs ships typings for its API only; its worker is a plain script that exports a stand-in for the browser's Worker. */
declare module 'elkjs/lib/elk-worker.min.js' {
  interface EngineWorker {
    postMessage(message: unknown): void;
    onmessage: ((event: { readonly data: unknown }) => void) | null;
  }
  const exported: { readonly Worker: new () => EngineWorker };
  export default exported;
}
