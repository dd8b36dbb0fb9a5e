/**
 * Entry of the suite that runs inside an extension host, with the `vscode` API: in code-server (suite.ts) and in a desktop VS
 * Code (desktop.ts). Prints one line per test for suite.ts to read.
 */
import Mocha from 'mocha';
import { defineTests } from './extension.ts';

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, color: false, reporter: Lines });
  mocha.suite.emit('pre-require', globalThis, 'suite', mocha);
  defineTests();
  return new Promise((done, fail) => {
    mocha.run((failures) => (failures > 0 ? fail(new Error(`${failures} tests failed`)) : done()));
  });
}

class Lines extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const tell = (test: Mocha.Test | Mocha.Hook, error?: string): void => {
      console.log(`@@lintel ${JSON.stringify({ name: test.fullTitle(), error })}`);
    };
    runner.on('pass', (test) => tell(test));
    runner.on('fail', (test, error: Error) => tell(test, error.stack ?? error.message));
  }
}
