import assert from 'node:assert/strict';
import { grantStatementText } from '../../src/core/grantStatement';
import { limits } from '../../src/core/limits';
import type { ChangeIntent } from '../../src/core/plan';
import { byteLength } from '../../src/core/policy';
import type { ResourceKind } from '../../src/core/resource';
import { resourceKinds } from '../../src/core/resource';
import {
  everyone,
  grantFor,
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
  waysOf,
  wholeKinds,
} from './planning';

suite('planChange', () => {
  const { planning, plan, refusal } = planner();

  suite('add: by the calls that add one', () => {
    for (const kind of resourceKinds) {
      test(`${kind}: one call each, in order; the text as AWS will write it`, () => {
        const text = policyOf(kind, 'a');
        const [one, two] = [grantFor(kind, 'one'), grantFor(kind, 'two')];
        const made = plan(kind, text, { type: 'add', grants: [one, two] });
        assert.deepEqual(waysOf(made), [['+ one', '+ two']]);
        const added = [one, two].map((grant) => grantStatementText(grant, resources[kind].arn));
        assert.equal(made.ways[0].after, text.replace(/\]\}$/, `,${added.join()}]}`));
        assert.deepEqual([sidsOf(made.added), made.removed], [['one', 'two'], []]);
        assert.deepEqual(
          made.added.map(({ index }) => index),
          [1, 2],
        );
      });

      test(`${kind}: the ID is taken, there or among themselves: refused`, () => {
        const text = policyOf(kind, 'a', 'b');
        const taken = refusal(kind, text, { type: 'add', grants: [grantFor(kind, 'b')] });
        assert.deepEqual(taken, { code: 'statementIdTaken', sid: 'b' });
        const twice = [grantFor(kind, 'x'), grantFor(kind, 'x')];
        assert.deepEqual(refusal(kind, undefined, { type: 'add', grants: twice }), {
          code: 'statementIdTaken',
          sid: 'x',
        });
      });

      test(`${kind}: to a text that is no policy: refused`, () => {
        const intent: ChangeIntent = { type: 'add', grants: [grantFor(kind, 'x')] };
        assert.equal(refusal(kind, '[]', intent).code, 'malformed');
      });
    }

    test('the first one begins the policy in the form of AWS', () => {
      const heads = Object.fromEntries(
        resourceKinds.map((kind) => {
          const intent: ChangeIntent = { type: 'add', grants: [grantFor(kind, 'x')] };
          const text = plan(kind, undefined, intent).ways[0].after ?? '';
          assert.deepEqual(sidsIn(text), ['x']);
          return [kind, text.slice(0, text.indexOf('"Statement"'))];
        }),
      );
      assert.deepEqual(heads, {
        lambdaFunction: '{"Version":"2012-10-17","Id":"default",',
        layerVersion: '{"Version":"2012-10-17","Id":"default",',
        sqsQueue: `{"Version":"2012-10-17","Id":"${resources.sqsQueue.arn}/SQSDefaultPolicy",`,
      });
    });
  });

  suite('insert: by writing the whole policy', () => {
    for (const kind of wholeKinds) {
      const texts = [statementOf(kind, undefined), statementOf(kind, 'new')].map((it) =>
        JSON.stringify(it),
      );
      for (const wholeDocument of ['yes', 'missing'] as const) {
        test(`${kind}: one write, all else byte for byte; whole documents: ${wholeDocument}`, () => {
          const text = `${policyOf(kind, 'a').replace('[', '[\n\t')}\r\n`;
          const made = plan(kind, text, { type: 'insert', texts }, { wholeDocument });
          assert.deepEqual(waysOf(made), [['put']]);
          const [first, second] = texts;
          const rest = text.replace(/\]\}\r\n$/, '');
          assert.equal(made.ways[0].after, `${rest},\n\t${first},\n\t${second}]}\r\n`);
          assert.deepEqual(sidsOf(made.added), [undefined, 'new']);
        });
      }

      test(`${kind}: where there is no policy, a new one`, () => {
        const made = plan(kind, undefined, { type: 'insert', texts });
        assert.deepEqual(sidsIn(made.ways[0].after), [undefined, 'new']);
        assert.equal(made.before, undefined);
      });

      test(`${kind}: the ID is taken: refused`, () => {
        assert.deepEqual(refusal(kind, policyOf(kind, 'new'), { type: 'insert', texts }), {
          code: 'statementIdTaken',
          sid: 'new',
        });
      });
    }

    test('layerVersion: refused, it has no such call', () => {
      const texts = [JSON.stringify(statementOf('layerVersion', 'x'))];
      for (const text of [undefined, policyOf('layerVersion', 'a')]) {
        assert.deepEqual(refusal('layerVersion', text, { type: 'insert', texts }), {
          code: 'noWholeDocument',
        });
      }
    });
  });

  suite('replace: a whole text for the one it was made from', () => {
    const replace = (base: string | undefined, text: string | undefined) =>
      ({ type: 'replace', base, text }) as const;

    for (const kind of wholeKinds) {
      const old = policyOf(kind, 'a', 'b');

      test(`${kind}: one write of exactly this text; what goes and comes is told`, () => {
        const text = `\n${policyText(statementOf(kind, 'b', narrowed(1)), statementOf(kind, 'c'))}\t`;
        const made = plan(kind, old, replace(old, text));
        assert.deepEqual(waysOf(made), [['put'], ['- a', '+ c']]);
        assert.deepEqual(made.ways[0].calls, [{ type: 'putPolicy', text }]);
        assert.equal(made.ways[0].after, text);
        assert.deepEqual([sidsOf(made.removed), sidsOf(made.added)], [['a'], ['c']]);
      });

      test(`${kind}: a statement that changes goes and comes`, () => {
        const text = policyText(
          statementOf(kind, 'a', everyone),
          statementOf(kind, 'b', narrowed(1)),
        );
        const made = plan(kind, old, replace(old, text));
        assert.deepEqual([sidsOf(made.removed), sidsOf(made.added)], [['a'], ['a']]);
      });

      test(`${kind}: only the layout: nothing goes or comes, and it is written`, () => {
        const text = JSON.stringify(JSON.parse(old), undefined, 2);
        const made = plan(kind, old, replace(old, text));
        assert.deepEqual([waysOf(made), made.removed, made.added], [[['put']], [], []]);
      });

      test(`${kind}: no policy and no statements: the policy goes`, () => {
        for (const text of [undefined, '{"Statement":[]}']) {
          const made = plan(kind, old, replace(old, text));
          assert.deepEqual(waysOf(made), [['delete'], ['- a', '- b']]);
          assert.equal(made.ways[0].after, undefined);
          assert.deepEqual(sidsOf(made.removed), ['a', 'b']);
        }
      });

      test(`${kind}: where there is none, a new one; and none stays none`, () => {
        assert.deepEqual(waysOf(plan(kind, undefined, replace(undefined, old))), [['put']]);
        assert.deepEqual(refusal(kind, undefined, replace(undefined, '{"Statement":[]}')), {
          code: 'nothingToDo',
        });
      });

      test(`${kind}: a text that is no policy can be mended, also where it is no policy now`, () => {
        const made = plan(kind, '{"Statement": [', replace('{"Statement": [', old));
        assert.deepEqual([made.removed, sidsOf(made.added)], [[], ['a', 'b']]);
        const refused = refusal(kind, old, replace(old, '{"Statement": ['));
        assert.equal(refused.code, 'malformed');
      });

      test(`${kind}: changed since, in whatever way: conflict, unless it is so already`, () => {
        const mine = policyOf(kind, 'mine');
        for (const now of [policyOf(kind, 'theirs'), `${old} `, undefined]) {
          assert.deepEqual(refusal(kind, now, replace(old, mine)), { code: 'conflict' });
        }
        assert.deepEqual(refusal(kind, mine, replace(old, mine)), { code: 'nothingToDo' });
      });

      test(`${kind}: where whole documents are missing, single calls if they suffice`, () => {
        assert.deepEqual(waysOf(plan(kind, old, replace(old, undefined), missing)), [
          ['- a', '- b'],
          ['delete'],
        ]);
        const other = old.replace('2012-10-17', '2008-10-17');
        assert.deepEqual(waysOf(plan(kind, old, replace(old, other), missing)), [['put']]);
      });
    }

    test('layerVersion: refused', () => {
      const old = policyOf('layerVersion', 'a');
      assert.deepEqual(refusal('layerVersion', old, replace(old, undefined)), {
        code: 'noWholeDocument',
      });
    });
  });

  suite('limits', () => {
    const filled = (kind: ResourceKind, bytes: number) => {
      const empty = policyText(statementOf(kind, 'f', { Condition: '' }));
      const free = bytes - byteLength(empty);
      return policyText(statementOf(kind, 'f', { Condition: 'x'.repeat(free) }));
    };
    for (const kind of resourceKinds) {
      const grants = [grantFor(kind, 'n')];
      const room = byteLength(`,${grantStatementText(grantFor(kind, 'n'), resources[kind].arn)}`);
      const limit = limits[kind].bytes;

      test(`${kind}: up to the limit, and no byte more`, () => {
        const fits = plan(kind, filled(kind, limit - room), { type: 'add', grants });
        assert.equal(byteLength(fits.ways[0].after ?? ''), limit);
        assert.deepEqual(refusal(kind, filled(kind, limit - room + 1), { type: 'add', grants }), {
          code: 'tooLarge',
          bytes: limit + 1,
          limit,
        });
      });

      test(`${kind}: what makes it smaller is never refused`, () => {
        const text = filled(kind, limit + 100).replace(
          /\]\}$/,
          `,${JSON.stringify(statementOf(kind, 'a'))}]}`,
        );
        assert.equal(planning(kind, text, removalOf(text, 1)).possible, true);
      });
    }

    test('bytes are those of UTF-8', () => {
      const texts = [
        JSON.stringify(statementOf('sqsQueue', 'x', { Condition: '€'.repeat(2_700) })),
      ];
      const refused = refusal('sqsQueue', undefined, { type: 'insert', texts });
      assert.ok(refused.code === 'tooLarge', refused.code);
    });

    test('sqsQueue: 20 statements, not 21; a function may have more', () => {
      const sids = (count: number) => Array.from({ length: count }, (_, at) => `s${at}`);
      const text = policyText(...sids(19).map((sid) => ({ Sid: sid })));
      const add = (kind: ResourceKind, count: number): ChangeIntent => ({
        type: 'add',
        grants: sids(count).map((sid) => grantFor(kind, `n${sid}`)),
      });
      assert.equal(planning('sqsQueue', text, add('sqsQueue', 1)).possible, true);
      assert.deepEqual(refusal('sqsQueue', text, add('sqsQueue', 2)), {
        code: 'tooManyStatements',
        count: 21,
        limit: 20,
      });
      assert.equal(planning('lambdaFunction', text, add('lambdaFunction', 2)).possible, true);
      const many = policyText(...sids(25).map((sid) => ({ Sid: sid })));
      assert.equal(planning('sqsQueue', many, removalOf(many, 0)).possible, true);
    });
  });
});
