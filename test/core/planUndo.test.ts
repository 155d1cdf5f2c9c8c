import assert from 'node:assert/strict';
import type { ResourceKind } from '../../src/core/resource';
import {
  codesOf,
  everyone,
  missing,
  narrowed,
  planner,
  policyOf,
  policyText,
  sidsIn,
  sidsOf,
  statementOf,
  statementsIn,
  unresolved,
  waysOf,
  wholeKinds,
} from './planning';

const otherAction: Readonly<Record<ResourceKind, string>> = {
  lambdaFunction: 'lambda:GetFunction',
  layerVersion: 'lambda:GetLayerVersion',
  sqsQueue: 'SQS:ReceiveMessage',
};

suite('planChange: undo', () => {
  const { plan, refusal } = planner();

  suite('against the policy as it is now', () => {
    const undo = (before: string | undefined, after: string | undefined) =>
      ({ type: 'undo', before, after }) as const;
    /** As AWS writes a policy that it was given: one line, lists of one as their element. */
    const reprinted = (text: string) =>
      JSON.stringify(JSON.parse(text), (_, value: unknown) =>
        Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value,
      );
    const odd = (text: string) => `\t${JSON.stringify(JSON.parse(text), undefined, 3)}\r\n`;

    for (const kind of wholeKinds) {
      const before = odd(policyOf(kind, 'a', undefined, 'c'));
      const after = odd(policyOf(kind, 'a'));

      test(`${kind}: nobody changed it since: the text from before, byte for byte`, () => {
        const made = plan(kind, after, undo(before, after));
        assert.deepEqual(waysOf(made), [['put']]);
        assert.equal(made.ways[0].after, before);
        assert.deepEqual([sidsOf(made.removed), sidsOf(made.added)], [[], [undefined, 'c']]);
        assert.deepEqual(made.warnings, []);
      });

      test(`${kind}: AWS wrote it in its own form since: the same`, () => {
        const now = reprinted(after);
        assert.notEqual(now, after);
        assert.equal(plan(kind, now, undo(before, after)).ways[0].after, before);
      });

      test(`${kind}: others added one: it stays, ours come back where they stood`, () => {
        const theirs = statementOf(kind, 'theirs');
        const now = policyText(statementOf(kind, 'a'), theirs);
        const made = plan(kind, now, undo(before, after));
        assert.deepEqual(waysOf(made), [['put']]);
        assert.deepEqual(sidsIn(made.ways[0].after), ['a', undefined, 'c', 'theirs']);
        assert.deepEqual(made.warnings, []);
      });

      test(`${kind}: others put one of ours back, in their way: it is left, and told`, () => {
        const [, , c] = statementsIn(before);
        const now = policyText(JSON.parse(reprinted(c?.text ?? '')), statementOf(kind, 'a'));
        const made = plan(kind, now, undo(before, after));
        assert.deepEqual([sidsOf(made.added), codesOf(made)], [[undefined], ['alreadyThere']]);
        assert.deepEqual(sidsIn(made.ways[0].after), ['c', 'a', undefined]);
      });

      test(`${kind}: all of it is so already: nothing to do`, () => {
        for (const now of [before, reprinted(before)]) {
          assert.deepEqual(refusal(kind, now, undo(before, after)), { code: 'nothingToDo' });
        }
      });

      test(`${kind}: the policy was deleted: it comes back whole`, () => {
        const made = plan(kind, undefined, undo(before, undefined));
        assert.deepEqual(waysOf(made), [['put']]);
        assert.equal(made.ways[0].after, before);
      });

      test(`${kind}: deleted by others since: only ours come back, in a new policy`, () => {
        const made = plan(kind, undefined, undo(before, after));
        assert.deepEqual(sidsIn(made.ways[0].after), [undefined, 'c']);
      });

      test(`${kind}: there was none: the policy goes again`, () => {
        const made = plan(kind, after, undo(undefined, after));
        assert.deepEqual(waysOf(made), [['- a'], ['delete']]);
        assert.equal(made.ways[0].after, undefined);
      });

      test(`${kind}: one that was added goes by its ID, whatever others added`, () => {
        const added = policyOf(kind, 'a', 'b');
        const now = policyText(
          statementOf(kind, 'theirs'),
          ...statementsIn(added).map(({ text }) => JSON.parse(text) as object),
        );
        const made = plan(kind, now, undo(policyOf(kind, 'a'), added));
        assert.deepEqual(waysOf(made), [['- b'], ['put']]);
        assert.deepEqual(sidsIn(made.ways[0].after), ['theirs', 'a']);
      });

      test(`${kind}: one that was added and is gone by now: told, or nothing to do`, () => {
        const added = policyOf(kind, 'a', 'b', 'c');
        const now = policyOf(kind, 'a', 'b');
        const made = plan(kind, now, undo(policyOf(kind, 'a'), added));
        assert.deepEqual([sidsOf(made.removed), codesOf(made)], [['b'], ['alreadyRemoved']]);
        const none = refusal(
          kind,
          policyOf(kind, 'a'),
          undo(policyOf(kind, 'x'), policyOf(kind, 'x', 'b')),
        );
        assert.deepEqual(none, { code: 'nothingToDo' });
      });

      test(`${kind}: an edited statement becomes what it was; if others edited it too: refused`, () => {
        const was = policyText(statementOf(kind, 'a'), statementOf(kind, 'b'));
        const became = policyText(statementOf(kind, 'a', everyone), statementOf(kind, 'b'));
        const theirs = policyText(
          statementOf(kind, 'a', everyone),
          statementOf(kind, 'b'),
          statementOf(kind, 'x'),
        );
        const made = plan(kind, theirs, undo(was, became));
        assert.equal(
          made.ways[0].after,
          policyText(statementOf(kind, 'a'), statementOf(kind, 'b'), statementOf(kind, 'x')),
        );
        const narrower = policyText(statementOf(kind, 'a', narrowed(7)), statementOf(kind, 'b'));
        assert.deepEqual(refusal(kind, narrower, undo(was, became)), {
          code: 'statementIdTaken',
          sid: 'a',
        });
      });

      test(`${kind}: all went and others put theirs: ours come, theirs stay`, () => {
        const was = policyText(statementOf(kind, 'a'));
        const became = policyText(statementOf(kind, 'b'));
        const made = plan(kind, became, undo(was, became));
        assert.equal(made.ways[0].after, was);
        const spaced = plan(
          kind,
          policyText(statementOf(kind, 'b')).replace('default', 'x'),
          undo(was, became),
        );
        assert.equal(spaced.ways[0].after, was.replace('default', 'x'));
      });

      test(`${kind}: one that shares its Sid comes back beside its twin`, () => {
        const was = policyOf(kind, 'twin', 'twin', 'c');
        const became = policyText(statementOf(kind, 'twin'), statementOf(kind, 'c', narrowed(2)));
        const made = plan(kind, became, undo(was, became));
        assert.deepEqual([waysOf(made), made.ways[0].after], [[['put']], was]);
        const theirs = policyText(
          statementOf(kind, 'twin'),
          statementOf(kind, 'c', narrowed(2)),
          statementOf(kind, 'x'),
        );
        const merged = plan(kind, theirs, undo(was, became));
        assert.deepEqual(waysOf(merged), [['put']]);
        assert.deepEqual(sidsIn(merged.ways[0].after), ['twin', 'twin', 'c', 'x']);
      });

      test(`${kind}: twins that went both come back by one write, not by calls that clash`, () => {
        const grants = [
          statementOf(kind, 'x'),
          statementOf(kind, 'x', { Action: otherAction[kind] }),
        ];
        const was = policyText(...grants, statementOf(kind, 'c'));
        const became = policyText(statementOf(kind, 'c'));
        assert.deepEqual(waysOf(plan(kind, became, undo(was, became))), [['put']]);
      });

      test(`${kind}: where whole documents are missing: by the calls for one, if they can say it`, () => {
        const was = policyText(statementOf(kind, 'a'), statementOf(kind, 'b'));
        const became = policyText(statementOf(kind, 'b'));
        const made = plan(kind, became, undo(was, became), missing);
        assert.deepEqual(waysOf(made), [['+ a'], ['put']]);
        assert.deepEqual(sidsIn(made.ways[0].after), ['b', 'a']);
        const narrow = plan(kind, after, undo(before, after), missing);
        assert.deepEqual(waysOf(narrow), [['put']]);
      });

      test(`${kind}: there, an edited statement: the new one goes before the old one comes`, () => {
        const was = policyText(statementOf(kind, 'a'), statementOf(kind, 'b'));
        const became = policyText(statementOf(kind, 'a', everyone), statementOf(kind, 'b'));
        const made = plan(kind, became, undo(was, became), missing);
        assert.deepEqual(waysOf(made), [['- a', '+ a'], ['put']]);
      });

      test(`${kind}: an unresolved principal in the text from before: by the calls for one first`, () => {
        const gone = statementOf(kind, 'gone', unresolved);
        const was = policyText(statementOf(kind, 'a'), gone);
        const made = plan(kind, policyText(gone), undo(was, policyText(gone)));
        assert.deepEqual(waysOf(made), [['+ a'], ['put']]);
      });

      test(`${kind}: undo of the undo gives the change again`, () => {
        const back = plan(kind, after, undo(before, after)).ways[0].after;
        assert.equal(back, before);
        assert.equal(plan(kind, back, undo(after, back)).ways[0].after, after);
      });

      test(`${kind}: more than the one that was added was changed: written whole`, () => {
        const was = policyOf(kind, 'a').replace('2012-10-17', '2008-10-17');
        const became = policyOf(kind, 'a', 'b');
        const made = plan(kind, became, undo(was, became));
        assert.deepEqual([waysOf(made), made.ways[0].after], [[['put']], was]);
      });

      test(`${kind}: what was no policy is only written, never come to by removing`, () => {
        const made = plan(kind, policyOf(kind, 'a'), undo('{', policyOf(kind, 'a')));
        assert.deepEqual([waysOf(made), made.ways[0].after], [[['put']], '{']);
      });

      test(`${kind}: only the layout was changed: it comes back`, () => {
        const compact = reprinted(after);
        const made = plan(kind, after, undo(compact, after));
        assert.deepEqual([waysOf(made), made.ways[0].after], [[['put']], compact]);
      });

      test(`${kind}: the head was changed and others changed more: refused, as it cannot be found again`, () => {
        const was = policyOf(kind, 'a');
        const became = was.replace('2012-10-17', '2008-10-17');
        const now = policyText(statementOf(kind, 'x')).replace('2012-10-17', '2008-10-17');
        assert.equal(plan(kind, became, undo(was, became)).ways[0].after, was);
        assert.deepEqual(refusal(kind, now, undo(was, became)), { code: 'conflict' });
        // Somebody has brought it back, in another layout.
        const back = JSON.stringify(JSON.parse(was), undefined, 1);
        assert.deepEqual(refusal(kind, back, undo(was, became)), { code: 'nothingToDo' });
      });

      test(`${kind}: no policy any more, and not by us: refused; by us: it comes back`, () => {
        assert.equal(refusal(kind, '{', undo(before, after)).code, 'malformed');
        assert.equal(plan(kind, '{', undo(before, '{')).ways[0].after, before);
      });
    }

    suite('layerVersion: by the calls for one statement', () => {
      const kind = 'layerVersion';
      const was = policyText(
        statementOf(kind, 'a'),
        statementOf(kind, 'b'),
        statementOf(kind, 'c'),
      );
      const became = policyText(statementOf(kind, 'c'));

      test('what was removed is added again, in order', () => {
        const made = plan(kind, became, undo(was, became));
        assert.deepEqual(waysOf(made), [['+ a', '+ b']]);
        assert.deepEqual(sidsIn(made.ways[0].after), ['c', 'a', 'b']);
      });

      test('what was added is removed', () => {
        assert.deepEqual(waysOf(plan(kind, was, undo(became, was))), [['- a', '- b']]);
      });

      test('what others did already is left out and told', () => {
        const now = policyText(statementOf(kind, 'a'), statementOf(kind, 'c'));
        const made = plan(kind, now, undo(was, became));
        assert.deepEqual([waysOf(made), codesOf(made)], [[['+ b']], ['alreadyThere']]);
      });

      test('a form that the call cannot say: refused with the statement', () => {
        const deny = policyText(statementOf(kind, 'x', { Effect: 'Deny' }), statementOf(kind, 'c'));
        const refused = refusal(kind, became, undo(deny, became));
        assert.ok(refused.code === 'notExpressible');
        assert.equal(refused.statement.sid, 'x');
      });

      test('one that was added and shares its Sid by now: refused', () => {
        const now = policyText(
          statementOf(kind, 'c'),
          statementOf(kind, 'a'),
          statementOf(kind, 'a', everyone),
        );
        const added = policyText(statementOf(kind, 'c'), statementOf(kind, 'a'));
        assert.equal(refusal(kind, now, undo(became, added)).code, 'sharedStatementId');
      });

      test('only the layout: refused', () => {
        const spaced = odd(became);
        assert.deepEqual(refusal(kind, spaced, undo(became, spaced)), { code: 'noWholeDocument' });
      });
    });
  });
});
