import assert from 'node:assert/strict';
import type { ResourceKind } from '../../src/core/resource';
import { resourceKinds } from '../../src/core/resource';
import {
  codesOf,
  everyone,
  missing,
  narrowed,
  planner,
  policyOf,
  policyText,
  removalOf,
  resources,
  sidsIn,
  sidsOf,
  statementOf,
  statementsIn,
  unresolved,
  waysOf,
  wholeKinds,
} from './planning';

type Ways = readonly (readonly string[])[];

/** Statements that the call which removes one cannot name: what, Sid, how many have it, code. */
const notAddressable: readonly (readonly [string, string | undefined, number, string])[] = [
  ['no Sid', undefined, 1, 'noStatementId'],
  ['an empty Sid', '', 1, 'noStatementId'],
  ['a shared Sid', 'x', 3, 'sharedStatementId'],
  ['a Sid that is shared and illegal', 'x y', 2, 'sharedStatementId'],
  ['an illegal Sid', 'x y', 1, 'illegalStatementId'],
];

suite('planChange: remove', () => {
  const { planning, plan, refusal } = planner();

  suite('the ways, best first', () => {
    const single = { first: [['- a'], ['put']], other: [['- a']] } as const;
    for (const kind of resourceKinds) {
      const isWhole = kind !== 'layerVersion';

      test(`${kind}: one of several goes by its ID, or by writing the rest`, () => {
        const text = policyOf(kind, 'a', 'b');
        const made = plan(kind, text, removalOf(text, 0));
        assert.deepEqual(waysOf(made), isWhole ? single.first : single.other);
        assert.deepEqual(made.ways[0].after, policyText(statementOf(kind, 'b', narrowed(1))));
        assert.deepEqual([made.before, made.resource], [text, resources[kind]]);
        assert.deepEqual([sidsOf(made.removed), made.added], [['a'], []]);
      });

      test(`${kind}: several go in one write where the kind can, else one after the other`, () => {
        const text = policyOf(kind, 'a', 'b', 'c');
        const made = plan(kind, text, removalOf(text, 2, 0));
        assert.deepEqual(waysOf(made), isWhole ? [['put'], ['- c', '- a']] : [['- c', '- a']]);
        for (const { after } of made.ways) assert.deepEqual(sidsIn(after), ['b']);
      });

      test(`${kind}: all go: the policy is deleted`, () => {
        const text = policyOf(kind, 'a', 'b');
        const made = plan(kind, text, removalOf(text, 0, 1));
        assert.deepEqual(waysOf(made), isWhole ? [['delete'], ['- a', '- b']] : [['- a', '- b']]);
        for (const { after } of made.ways) assert.equal(after, undefined);
      });

      test(`${kind}: the last one goes by its ID`, () => {
        const text = policyOf(kind, 'a');
        const made = plan(kind, text, removalOf(text, 0));
        assert.deepEqual(waysOf(made), isWhole ? [['- a'], ['delete']] : [['- a']]);
        assert.equal(made.ways[0].after, undefined);
      });
    }

    for (const kind of wholeKinds) {
      const rows: readonly (readonly [string, readonly object[], readonly number[], Ways])[] = [
        [
          'several, where whole documents are known to be missing: by IDs first',
          [statementOf(kind, 'a'), statementOf(kind, 'b', narrowed(1)), statementOf(kind, 'c')],
          [0, 1],
          [['- a', '- b'], ['put']],
        ],
        [
          'one without a Sid, there: still by writing the rest, the only way',
          [statementOf(kind, undefined), statementOf(kind, 'b')],
          [0],
          [['put']],
        ],
        [
          'all, one without a Sid, there: by deleting it',
          [statementOf(kind, undefined), statementOf(kind, 'b')],
          [0, 1],
          [['delete']],
        ],
      ];
      for (const [name, statements, places, ways] of rows) {
        test(`${kind}: ${name}`, () => {
          const text = policyText(...statements);
          assert.deepEqual(waysOf(plan(kind, text, removalOf(text, ...places), missing)), ways);
        });
      }

      test(`${kind}: an unresolved principal that stays: by IDs first, whatever else`, () => {
        const text = policyText(
          statementOf(kind, 'a'),
          statementOf(kind, 'b'),
          statementOf(kind, 'gone', unresolved),
        );
        assert.deepEqual(waysOf(plan(kind, text, removalOf(text, 0, 1))), [
          ['- a', '- b'],
          ['put'],
        ]);
      });

      test(`${kind}: an unresolved principal that goes does not turn the order`, () => {
        const text = policyText(
          statementOf(kind, 'a'),
          statementOf(kind, 'b'),
          statementOf(kind, 'gone', unresolved),
        );
        assert.deepEqual(waysOf(plan(kind, text, removalOf(text, 0, 2))), [
          ['put'],
          ['- a', '- gone'],
        ]);
      });

      for (const [name, sid, copies] of notAddressable) {
        test(`${kind}: ${name}: written whole, never by a label that hits others`, () => {
          const twins = Array.from({ length: copies }, (_, at) =>
            statementOf(kind, sid, narrowed(at)),
          );
          const text = policyText(...twins, statementOf(kind, 'other'));
          const made = plan(kind, text, removalOf(text, 0));
          assert.deepEqual(waysOf(made), [['put']]);
          assert.equal(
            made.ways[0].after,
            policyText(...twins.slice(1), statementOf(kind, 'other')),
          );
        });
      }

      test(`${kind}: one without an ID among several: all by one write`, () => {
        const text = policyOf(kind, 'a', undefined, 'c');
        assert.deepEqual(waysOf(plan(kind, text, removalOf(text, 0, 1))), [['put']]);
      });

      test(`${kind}: both that share a Sid: by one write only`, () => {
        const text = policyOf(kind, 'x', 'x', 'c');
        const made = plan(kind, text, removalOf(text, 0, 1));
        assert.deepEqual(waysOf(made), [['put']]);
        assert.deepEqual(sidsIn(made.ways[0].after), ['c']);
      });
    }

    for (const [name, sid, copies, code] of notAddressable) {
      test(`layerVersion: refused for ${name}`, () => {
        const twins = Array.from({ length: copies }, () => statementOf('layerVersion', sid));
        const text = policyText(...twins);
        const refused = refusal('layerVersion', text, removalOf(text, 0));
        assert.equal(refused.code, code);
        assert.equal('statement' in refused && refused.statement.index, 0);
        assert.equal('count' in refused ? refused.count : 1, copies);
      });
    }

    test('a Sid that is no text counts as none', () => {
      const text = policyText({ ...statementOf('layerVersion', 'x'), Sid: 7 });
      assert.equal(refusal('layerVersion', text, removalOf(text, 0)).code, 'noStatementId');
    });

    test('Sids that differ in case are two', () => {
      const text = policyOf('layerVersion', 'a', 'A');
      assert.deepEqual(waysOf(plan('layerVersion', text, removalOf(text, 1))), [['- A']]);
    });

    const legal: readonly (readonly [string, string, readonly ResourceKind[]])[] = [
      ['letters, digits, dash, underscore', 'aZ09-_', resourceKinds],
      ['a dot', 'a.b', ['lambdaFunction']],
      ['80 characters', 'x'.repeat(80), resourceKinds],
      ['81 characters', 'x'.repeat(81), ['lambdaFunction', 'layerVersion']],
      ['100 characters', 'x'.repeat(100), ['lambdaFunction', 'layerVersion']],
      ['101 characters', 'x'.repeat(101), []],
      ['a space', 'a b', []],
      ['a line break at its end', 'a\n', []],
      ['a slash', 'a/b', []],
      ['a letter with an accent', 'é', []],
      ['HTML', '<img src=x onerror=alert(1)>', []],
    ];
    for (const [name, sid, kinds] of legal) {
      for (const kind of resourceKinds) {
        test(`${kind}: a Sid with ${name} is ${kinds.includes(kind) ? 'legal' : 'illegal'}`, () => {
          const text = policyOf(kind, sid);
          const made = planning(kind, text, removalOf(text, 0), { wholeDocument: 'no' });
          assert.equal(made.possible, kinds.includes(kind));
          if (!made.possible) assert.equal(made.refusal.code, 'illegalStatementId');
        });
      }
    }
  });

  suite('on a policy that is not the one that was seen', () => {
    const kind = 'lambdaFunction';
    const seen = policyOf(kind, 'a', 'b', 'c');

    test('moved and written in another way: found', () => {
      const now = JSON.stringify(JSON.parse(policyOf(kind, 'x', 'c', 'b', 'a')), undefined, '\t');
      const a = statementsIn(seen)[0]?.text ?? '';
      const reversed = JSON.stringify(
        Object.fromEntries(Object.entries(JSON.parse(a) as object).reverse()),
      );
      const text = policyText(...statementsIn(now).map(({ sid }) => statementOf(kind, sid)));
      const turned = text.replace(JSON.stringify(statementOf(kind, 'a')), reversed);
      assert.notEqual(turned, text);
      const made = plan(kind, turned, removalOf(seen, 0));
      assert.deepEqual([sidsOf(made.removed), made.removed[0]?.index], [['a'], 3]);
    });

    test('some are gone already: told, the others go', () => {
      const now = policyText(statementOf(kind, 'a'));
      const made = plan(kind, now, removalOf(seen, 0, 1));
      assert.deepEqual(waysOf(made), [['- a'], ['delete']]);
      assert.deepEqual(codesOf(made), ['alreadyRemoved', 'lastStatement']);
    });

    for (const now of [policyOf(kind, 'x'), undefined, policyText()]) {
      test(`all are gone already: nothing to do on ${now ?? 'no policy'}`, () => {
        assert.deepEqual(refusal(kind, now, removalOf(seen, 0, 1)), { code: 'nothingToDo' });
      });
    }

    test('nothing at all was chosen: nothing to do', () => {
      const intent = { type: 'remove', statements: [] } as const;
      assert.deepEqual(refusal(kind, seen, intent), { code: 'nothingToDo' });
    });

    test('another statement has its Sid by now: shown as it is now', () => {
      const now = policyText(statementOf(kind, 'z'), statementOf(kind, 'a', everyone));
      const refused = refusal(kind, now, removalOf(seen, 0));
      assert.ok(refused.code === 'changed');
      assert.deepEqual([refused.statement.index, refused.now.index], [0, 1]);
      assert.deepEqual(refused.now.principals, [{ kind: 'everyone' }]);
    });

    test('one of them changed: none is removed', () => {
      const now = policyText(statementOf(kind, 'a'), statementOf(kind, 'b', everyone));
      assert.equal(refusal(kind, now, removalOf(seen, 0, 1)).code, 'changed');
    });

    test('one that has the Sid of another chosen one changed: found among the rest', () => {
      const twins = policyOf(kind, 'x', 'x');
      const now = policyText(statementOf(kind, 'x'), statementOf(kind, 'x', everyone));
      for (const places of [
        [0, 1],
        [1, 0],
      ]) {
        const refused = refusal(kind, now, removalOf(twins, ...places));
        assert.ok(refused.code === 'changed');
        assert.equal(refused.now.index, 1);
      }
    });

    test('one of two equal ones: one stays', () => {
      const text = policyText(statementOf(kind, 'x'), statementOf(kind, 'x'));
      const made = plan(kind, text, removalOf(text, 1));
      assert.deepEqual([made.removed[0]?.index, sidsIn(made.ways[0].after)], [1, ['x']]);
      const both = plan(kind, text, removalOf(text, 0, 1));
      assert.deepEqual([both.removed.length, both.ways[0].after], [2, undefined]);
      const moved = policyText(statementOf(kind, 'z'), ...[1, 2].map(() => statementOf(kind, 'x')));
      const after = plan(kind, moved, removalOf(text, 0, 1)).ways[0].after;
      assert.deepEqual(sidsIn(after), ['z']);
    });

    test('one without a Sid changed: refused, with what has come in its place', () => {
      const other = statementOf(kind, undefined, narrowed(7));
      const old = policyText(statementOf(kind, undefined), other, statementOf(kind, 'b'));
      const wider = statementOf(kind, undefined, { Action: '*' });
      for (const [now, index] of [
        // In its place, for others; elsewhere, for the same.
        [policyText(statementOf(kind, undefined, everyone), other, statementOf(kind, 'b')), 0],
        [policyText(other, statementOf(kind, 'b'), wider), 2],
      ] as const) {
        const refused = refusal(kind, now, removalOf(old, 0));
        assert.ok(refused.code === 'changed');
        assert.equal(refused.now.index, index);
      }
      // What came elsewhere, for somebody else, is another.
      const deny = statementOf(kind, undefined, {
        Effect: 'Deny',
        Principal: { AWS: '1'.repeat(12) },
      });
      const unlike = policyText(other, statementOf(kind, 'b'), deny);
      assert.equal(refusal(kind, unlike, removalOf(old, 0)).code, 'nothingToDo');
      // Only the one that was there before is left: it is gone.
      const left = policyText(other, statementOf(kind, 'b'));
      assert.equal(refusal(kind, left, removalOf(old, 0)).code, 'nothingToDo');
    });

    test('what is no policy any more: refused, with the place', () => {
      const refused = refusal(kind, '{"Statement": [', removalOf(seen, 0));
      assert.ok(refused.code === 'malformed');
      assert.equal(refused.problem.code, 'syntax');
    });
  });
});
