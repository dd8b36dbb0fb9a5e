import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRuntime } from '../../server/src/base/reactive.ts';

describe('the reactive runtime', () => {
  test('a memo is computed when it is read, and again only when what it read changed', () => {
    const runtime = createRuntime();
    const a = runtime.cell(1);
    const b = runtime.cell(10);
    let computed = 0;
    const sum = runtime.memo({
      compute: () => {
        computed += 1;
        return a.get() + 1;
      },
    });
    const seen: number[] = [];
    runtime.watch(0, () => seen.push(runtime.value(sum)), undefined);
    expect(computed).toBe(0);
    runtime.flush();
    b.set(11);
    runtime.flush();
    expect([seen, computed]).toEqual([[2], 1]);
    a.set(5);
    runtime.flush();
    expect([seen, computed]).toEqual([[2, 6], 2]);
  });

  test('an equal value stops the wave', () => {
    const runtime = createRuntime();
    const a = runtime.cell(1);
    const parity = runtime.memo({ compute: () => ({ even: a.get() % 2 === 0 }), equal: (x, y) => x.even === y.even });
    let runs = 0;
    runtime.watch(
      0,
      () => {
        runtime.value(parity);
        runs += 1;
      },
      undefined,
    );
    runtime.flush();
    a.set(3);
    runtime.flush();
    expect(runs).toBe(1);
    a.set(4);
    runtime.flush();
    expect(runs).toBe(2);
  });

  test('dependencies that are no longer read are let go of', () => {
    const runtime = createRuntime();
    const which = runtime.cell('a');
    const a = runtime.cell(1);
    const b = runtime.cell(2);
    let runs = 0;
    runtime.watch(
      0,
      () => {
        runs += 1;
        (which.get() === 'a' ? a : b).get();
      },
      undefined,
    );
    runtime.flush();
    which.set('b');
    runtime.flush();
    a.set(9);
    runtime.flush();
    expect(runs).toBe(2);
  });

  test('levels run in order, also when a higher one is queued first', () => {
    const runtime = createRuntime();
    const a = runtime.cell(0);
    const order: string[] = [];
    runtime.watch(
      3,
      () => {
        a.get();
        order.push('high');
      },
      undefined,
    );
    runtime.watch(
      1,
      () => {
        a.get();
        order.push('low');
      },
      undefined,
    );
    runtime.flush();
    a.set(1);
    runtime.flush();
    expect(order).toEqual(['low', 'high', 'low', 'high']);
  });

  test('a disposed watcher never runs again', () => {
    const runtime = createRuntime();
    const a = runtime.cell(0);
    let runs = 0;
    const watcher = runtime.watch(
      0,
      () => {
        a.get();
        runs += 1;
      },
      undefined,
    );
    runtime.flush();
    a.set(1);
    runtime.dispose(watcher);
    runtime.flush();
    a.set(2);
    runtime.flush();
    expect(runs).toBe(1);
  });

  test('a crash in one watcher leaves the rest in order', () => {
    const runtime = createRuntime();
    const a = runtime.cell(0);
    const memo = runtime.memo({
      compute: () => {
        if (a.get() === 1) throw new Error('no');
        return a.get();
      },
    });
    const seen: number[] = [];
    runtime.watch(
      0,
      () => {
        try {
          seen.push(runtime.value(memo));
        } catch {
          seen.push(-1);
        }
      },
      undefined,
    );
    runtime.flush();
    a.set(1);
    runtime.flush();
    a.set(2);
    runtime.flush();
    expect(seen).toEqual([0, -1, 2]);
  });

  test('any network of memos, changed any way, is what it would be from scratch', () => {
    const program = fc.record({
      cells: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
      memos: fc.array(
        fc.record({
          reads: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
          modulo: fc.integer({ min: 2, max: 7 }),
          shortcut: fc.boolean(),
        }),
        { minLength: 1, maxLength: 10 },
      ),
      writes: fc.array(fc.tuple(fc.nat(), fc.nat(5)), { maxLength: 20 }),
    });
    fc.assert(
      fc.property(program, ({ cells, memos, writes }) => {
        const runtime = createRuntime();
        const inputs = cells.map((value) => runtime.cell(value));
        const nodes: (() => number)[] = inputs.map((cell) => () => cell.get());
        const plain: (() => number)[] = inputs.map((cell) => () => cell.peek());
        for (const { reads, modulo, shortcut } of memos) {
          const pick = (list: readonly (() => number)[], own: readonly number[]): number => {
            let sum = 0;
            for (const at of own) {
              const value = list[at % list.length]?.() ?? 0;
              sum += value;
              if (shortcut && value === 0) break;
            }
            return sum % modulo;
          };
          const sources = [...nodes];
          const sourcesPlain = [...plain];
          const memo = runtime.memo({ compute: () => pick(sources, reads) });
          nodes.push(() => runtime.value(memo));
          plain.push(() => pick(sourcesPlain, reads));
        }
        const seen: number[] = [];
        for (const [at, read] of nodes.entries()) {
          runtime.watch(
            1 + (at % 3),
            () => {
              seen[at] = read();
            },
            undefined,
          );
        }
        runtime.flush();
        for (const [at, value] of writes) {
          inputs[at % inputs.length]?.set(value);
          if (at % 3 !== 0) runtime.flush();
        }
        runtime.flush();
        expect(seen).toEqual(plain.map((read) => read()));
      }),
      { numRuns: 500 },
    );
  });
});
