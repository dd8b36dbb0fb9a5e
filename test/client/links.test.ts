/** Links and what else comes from outside: nothing in them is taken on trust. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChoice, sameChoice } from '../../client/src/topology/choice.ts';
import { readLink, writeLink } from '../../client/src/topology/links.ts';

describe('a link', () => {
  it('brings back what it was made of, whatever the names are', () => {
    const name = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(
        fc.record(
          {
            view: fc.constantFrom('network', 'storage'),
            focus: name,
            depth: fc.integer({ min: 0, max: 99 }),
            site: name,
            severity: fc.constantFrom('error' as const, 'warning' as const),
            open: fc.array(name, { minLength: 1, maxLength: 4 }),
            shut: fc.array(name, { minLength: 1, maxLength: 4 }),
          },
          { requiredKeys: [] },
        ),
        (choice) => {
          const link = { design: 'sites/plant & co/a+b=c%.lintel', folder: 'work', choice };
          const read = readLink(writeLink(link));
          expect(read?.design).toBe(link.design);
          expect(read?.folder).toBe('work');
          expect(sameChoice(read?.choice ?? {}, choice)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    '',
    'design=',
    'design=/etc/passwd.lintel',
    'design=../secret.lintel',
    'design=a/../../b.lintel',
    'design=a/./b.lintel',
    'design=a//b.lintel',
    'design=C:/x.lintel',
    'design=a\\b.lintel',
    'design=file:///x.lintel',
    'design=notes.txt',
    'design=a%00.lintel',
    'design=a%0Ab.lintel',
    `design=${'a'.repeat(2000)}.lintel`,
  ])('leads nowhere with %s', (query) => {
    expect(readLink(query)).toBeUndefined();
  });

  it('keeps what is right of a choice, and nothing else', () => {
    const query = 'design=plant.lintel&view=network&depth=1000&severity=fatal&site=&open=host:a&open=&constructor=x&__proto__=y';
    expect(readLink(query)).toEqual({ design: 'plant.lintel', choice: { view: 'network', open: ['host:a'] } });
  });
});

describe('a choice from outside', () => {
  it('is read from anything without an error', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const choice = readChoice(value);
        expect(readChoice(JSON.parse(JSON.stringify(choice)))).toEqual(choice);
      }),
    );
  });

  it('holds no more boxes and no longer names than somebody can have chosen', () => {
    const many = readChoice({ open: Array.from({ length: 5000 }, (_, at) => `host:h${at}`), focus: 'x'.repeat(501) });
    expect(many.open).toHaveLength(1000);
    expect(many).not.toHaveProperty('focus');
  });
});
