/**
 * Modules that exist only in the bundles; esbuild.mjs makes them. Entry files alone import them (server/src/node.ts,
 * cli/src/main.ts), so that everything else also runs unbundled, in tests and tools.
 */

/**
 * The layout worker (server/src/topology/elk.worker.ts with elkjs) as CommonJS text, for `new Worker(source, { eval: true })`.
 * Import it when the first picture is drawn: `const { default: source } = await import('lintel:layout-worker')`. It is unpacked
 * at that moment, and ELK costs no start-up time.
 */
declare module 'lintel:layout-worker' {
  const source: string;
  export default source;
}
