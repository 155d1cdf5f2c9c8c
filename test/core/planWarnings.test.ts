import assert from 'node:assert/strict';
import { limits } from '../../src/core/limits';
import type { ChangeIntent } from '../../src/core/plan';
import { byteLength } from '../../src/core/policy';
import type { ResourceKind } from '../../src/core/resource';
import { resourceKinds } from '../../src/core/resource';
import {
  codesOf,
  everyone,
  grantFor,
  narrowed,
  planner,
  policyText,
  removalOf,
  statementOf,
  unresolved,
  wholeKinds,
} from './planning';

suite('planChange: warnings', () => {
  const { plan } = planner();

  suite('what a person should know', () => {
    const url = { ...everyone, Action: 'lambda:InvokeFunctionUrl' };
    const viaUrl = {
      ...everyone,
      Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
    };
    const removing = (kind: ResourceKind, statements: readonly object[], ...places: number[]) => {
      const text = policyText(...statements);
      return plan(kind, text, removalOf(text, ...places));
    };
    const inserting = (kind: ResourceKind, sid: string | undefined, extra: object) =>
      plan(kind, undefined, {
        type: 'insert',
        texts: [JSON.stringify(statementOf(kind, sid, extra))],
      });

    test('functionUrlHalf: either half alone, not both, not with another principal', () => {
      const f = 'lambdaFunction';
      const pair = [statementOf(f, 'u', url), statementOf(f, 'i', viaUrl), statementOf(f, 'x')];
      for (const place of [0, 1]) {
        const [warning] = removing(f, pair, place).warnings;
        assert.ok(warning?.code === 'functionUrlHalf');
        assert.deepEqual([warning.statement.index, warning.other.index], [place, 1 - place]);
      }
      assert.deepEqual(codesOf(removing(f, pair, 0, 1)), []);
      assert.deepEqual(codesOf(removing(f, pair, 2)), []);
      const others = { ...viaUrl, Principal: { AWS: '210987654321' } };
      assert.deepEqual(
        codesOf(removing(f, [statementOf(f, 'u', url), statementOf(f, 'i', others)], 0)),
        [],
      );
      // One that allows every call is a half as well; one for calls of another kind is none.
      const plain = [statementOf(f, 'u', url), statementOf(f, 'i', everyone)];
      assert.deepEqual(codesOf(removing(f, plain, 1)), ['functionUrlHalf']);
      const elsewhere = { ...everyone, ...narrowed(1) };
      const unlike = [statementOf(f, 'u', url), statementOf(f, 'i', elsewhere)];
      assert.deepEqual(codesOf(removing(f, unlike, 0)), []);
    });

    test('functionUrlHalf: not when a half is edited and remains one', () => {
      const f = 'lambdaFunction';
      const base = policyText(statementOf(f, 'u', url), statementOf(f, 'i', viaUrl));
      const text = base.replace('"Sid":"u"', '"Sid":"renamed"');
      const codes = codesOf(plan(f, base, { type: 'replace', base, text }));
      assert.deepEqual(codes, ['opensToEveryone']);
    });

    test('functionUrlHalf: also when one half is edited away', () => {
      const f = 'lambdaFunction';
      const base = policyText(statementOf(f, 'u', url), statementOf(f, 'i', viaUrl));
      const text = policyText(statementOf(f, 'u', url));
      assert.deepEqual(codesOf(plan(f, base, { type: 'replace', base, text })), [
        'functionUrlHalf',
      ]);
    });

    for (const kind of resourceKinds) {
      test(`${kind}: lastStatement: when no policy remains, and then only`, () => {
        const two = [statementOf(kind, 'a'), statementOf(kind, 'b')];
        assert.deepEqual(codesOf(removing(kind, two, 0, 1)), ['lastStatement']);
        assert.deepEqual(codesOf(removing(kind, two, 0)), []);
      });
    }

    for (const kind of wholeKinds) {
      test(`${kind}: denyRemoved; denyEdited when it stays one under its Sid`, () => {
        const deny = statementOf(kind, 'no', { Effect: 'Deny' });
        const base = policyText(deny, statementOf(kind, 'a'));
        const [warning] = plan(kind, base, removalOf(base, 0)).warnings;
        assert.ok(warning?.code === 'denyRemoved');
        assert.equal(warning.statement.sid, 'no');
        const text = policyText({ ...deny, ...narrowed(1) }, statementOf(kind, 'a'));
        const [edited, ...others] = plan(kind, base, { type: 'replace', base, text }).warnings;
        assert.ok(edited?.code === 'denyEdited');
        assert.deepEqual(edited.now.conditions.length, 1);
        assert.deepEqual(others, []);
        const allowed = text.replace('"Effect":"Deny"', '"Effect":"Allow"');
        assert.deepEqual(codesOf(plan(kind, base, { type: 'replace', base, text: allowed })), [
          'denyRemoved',
        ]);
        const renamed = text.replace('"Sid":"no"', '"Sid":"never"');
        assert.deepEqual(codesOf(plan(kind, base, { type: 'replace', base, text: renamed })), [
          'denyRemoved',
          'denyAdded',
        ]);
        const locking = policyText({ ...deny, ...everyone, Action: '*' }, statementOf(kind, 'a'));
        assert.deepEqual(codesOf(plan(kind, base, { type: 'replace', base, text: locking })), [
          'denyEdited',
          'locksOwnerOut',
        ]);
      });

      test(`${kind}: denyAdded; taking it back is denyRemoved`, () => {
        const deny = { Effect: 'Deny' };
        assert.deepEqual(codesOf(inserting(kind, 'no', deny)), ['denyAdded']);
        const [before, after] = [
          policyText(statementOf(kind, 'a')),
          policyText(statementOf(kind, 'a'), statementOf(kind, 'no', deny)),
        ];
        const undo = { type: 'undo', before, after } as const;
        assert.deepEqual(codesOf(plan(kind, after, undo)), ['denyRemoved']);
      });

      const open = (operator: string, key: string, value: unknown) => ({
        ...everyone,
        Condition: { [operator]: { [key]: value } },
      });
      const openings: readonly (readonly [string, object, boolean])[] = [
        ['one source', open('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::a'), false],
        ['one source, in any case', open('ArnLike', 'AWS:SOURCEARN', 'arn:aws:s3:::a'), false],
        ['one account', open('StringEquals', 'aws:PrincipalAccount', '1'), false],
        ['one network', open('IpAddress', 'aws:SourceIp', ['192.0.2.0/24']), false],
        ['any source', open('ArnLike', 'aws:SourceArn', '*'), true],
        ['one source or any', open('ArnLike', 'aws:SourceArn', ['arn:aws:s3:::a', '*']), true],
        ['all but one', open('StringNotEquals', 'aws:PrincipalAccount', '1'), true],
        ['one, if it is told', open('StringEqualsIfExists', 'aws:SourceAccount', '1'), true],
        ['all of none', open('ForAllValues:StringEquals', 'aws:PrincipalOrgID', 'o-a1'), true],
        ['what anybody can send', open('StringEquals', 'aws:UserAgent', 'x'), true],
        ['half the internet', open('IpAddress', 'aws:SourceIp', '0.0.0.0/1'), true],
        ['a name that others may have', open('StringEquals', 'aws:username', 'ann'), true],
        ['what nobody can judge', open('StringEquals', 'custom:key', 'x'), true],
        ['an encrypted call', open('Bool', 'aws:SecureTransport', 'true'), true],
      ];
      for (const [name, extra, isOpen] of openings) {
        test(`${kind}: everyone, but for ${name}: ${isOpen ? 'open' : 'not open'}`, () => {
          const codes = isOpen ? ['opensToEveryone'] : [];
          assert.deepEqual(codesOf(inserting(kind, 'x', extra)), codes);
        });
      }

      const lock = { Effect: 'Deny', Principal: '*' };
      const service = kind === 'sqsQueue' ? 'sqs' : 'lambda';
      const write = kind === 'sqsQueue' ? 'SetQueueAttributes' : 'RemovePermission';
      const locks: readonly (readonly [string, object, string])[] = [
        ['every action', { ...lock, Action: '*' }, 'locksOwnerOut'],
        ['every action of the service', { ...lock, Action: `${service}:*` }, 'locksOwnerOut'],
        [
          'the action that writes, in any case',
          { ...lock, Action: [`${service}:x`, `${service}:${write.toUpperCase()}`] },
          'locksOwnerOut',
        ],
        [
          'a pattern that covers it',
          { ...lock, Action: `${service}:?${write.slice(1, 5)}*` },
          'locksOwnerOut',
        ],
        [
          'all but one action',
          { ...lock, Action: undefined, NotAction: `${service}:x` },
          'locksOwnerOut',
        ],
        [
          'all but one principal',
          {
            ...lock,
            Action: '*',
            Principal: undefined,
            NotPrincipal: { AWS: '210987654321' },
          },
          'locksOwnerOut',
        ],
        [
          'the account that owns it',
          { ...lock, Action: '*', Principal: { AWS: '123456789012' } },
          'locksOwnerOut',
        ],
        [
          'all but the account that owns it',
          { ...lock, Action: '*', Principal: undefined, NotPrincipal: { AWS: '123456789012' } },
          'denyAdded',
        ],
        ['another action', { ...lock, Action: `${service}:GetSomething` }, 'denyAdded'],
        ['with a condition', { ...lock, Action: '*', ...narrowed(1) }, 'denyAdded'],
        [
          'one principal',
          { ...lock, Action: '*', Principal: { AWS: '210987654321' } },
          'denyAdded',
        ],
      ];
      for (const [name, extra, code] of locks) {
        test(`${kind}: a Deny of ${name}: ${code}`, () => {
          assert.deepEqual(codesOf(inserting(kind, 'no', extra)), [code]);
        });
      }

      test(`${kind}: unresolvedPrincipal: in a document that is written whole, or added to`, () => {
        const gone = statementOf(kind, 'gone', unresolved);
        const text = policyText(gone, statementOf(kind, undefined), statementOf(kind, 'a'));
        const [warning] = plan(kind, text, removalOf(text, 1)).warnings;
        assert.ok(warning?.code === 'unresolvedPrincipal');
        assert.deepEqual([warning.statement.sid, warning.id], ['gone', unresolved.Principal.AWS]);
        const add: ChangeIntent = { type: 'add', grants: [grantFor(kind, 'x')] };
        assert.deepEqual(codesOf(plan(kind, text, add)), ['unresolvedPrincipal']);
        // By its ID it can go, but not come back beside the other.
        assert.deepEqual(codesOf(plan(kind, text, removalOf(text, 2))), ['notRestorable']);
      });

      test(`${kind}: notRestorable: what goes, not what is only moved`, () => {
        const gone = statementOf(kind, 'gone', unresolved);
        const text = policyText(gone, statementOf(kind, undefined), statementOf(kind, 'a'));
        const [warning, ...more] = plan(kind, text, removalOf(text, 0, 1)).warnings;
        assert.ok(warning?.code === 'notRestorable');
        assert.deepEqual([warning.statement.sid, warning.id], ['gone', unresolved.Principal.AWS]);
        assert.deepEqual(more, []);
        const moved = policyText(statementOf(kind, 'a'), gone);
        const replacing = { type: 'replace', text: moved, base: text } as const;
        assert.ok(!codesOf(plan(kind, text, replacing)).includes('notRestorable'));
      });

      test(`${kind}: nearLimit: over 80 % after something was added`, () => {
        const limit = limits[kind].bytes;
        const filler = (bytes: number) => {
          const empty = policyText(statementOf(kind, 'f', { Condition: '' }));
          const free = bytes - byteLength(empty);
          return policyText(statementOf(kind, 'f', { Condition: 'é'.repeat(free / 2) }));
        };
        const texts = [JSON.stringify(statementOf(kind, 'n'))];
        const room = byteLength(`,${texts.join()}`);
        const over = filler(Math.floor(limit * 0.8) - room + 2);
        const [warning] = plan(kind, over, { type: 'insert', texts }).warnings;
        assert.ok(warning?.code === 'nearLimit');
        const bytes = byteLength(over) + room;
        assert.deepEqual(warning, { code: 'nearLimit', bytes, limit });
        const under = filler(Math.floor(limit * 0.8) - room - 2);
        assert.deepEqual(codesOf(plan(kind, under, { type: 'insert', texts })), []);
        const both = over.replace(/\]\}$/, `,${texts.join()}]}`);
        assert.deepEqual(codesOf(plan(kind, both, removalOf(both, 1))), []);
      });
    }

    for (const kind of resourceKinds) {
      test(`${kind}: opensToEveryone: added for everyone, not for an organization`, () => {
        const grant = (extra: object) => {
          const text = policyText(statementOf(kind, 'old', everyone));
          if (kind !== 'layerVersion') {
            const texts = [JSON.stringify(statementOf(kind, 'x', { ...everyone, ...extra }))];
            return plan(kind, text, { type: 'insert', texts });
          }
          const organizationId = 'Condition' in extra ? 'o-a1b2c3d4e5' : undefined;
          const grants = [{ kind, statementId: 'x', principal: '*', organizationId }] as const;
          return plan(kind, text, { type: 'add', grants });
        };
        const [warning] = grant({}).warnings;
        assert.ok(warning?.code === 'opensToEveryone');
        assert.equal(warning.statement.sid, 'x');
        const org = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } };
        assert.deepEqual(codesOf(grant(org)), []);
      });
    }

    test('managed: what a tool made goes', () => {
      const text = policyText(statementOf('sqsQueue', 'terraform-20260114093122456700000003'));
      const [warning] = plan('sqsQueue', text, removalOf(text, 0)).warnings;
      assert.ok(warning?.code === 'managed');
      assert.deepEqual(warning.by, { tool: 'terraform' });
    });

    test('those of several statements come together', () => {
      const kind = 'lambdaFunction';
      const statements = [
        statementOf(kind, 'no', { Effect: 'Deny' }),
        statementOf(kind, 'terraform-x'),
      ];
      const codes = codesOf(removing(kind, statements, 0, 1));
      assert.deepEqual(codes, ['denyRemoved', 'managed', 'lastStatement']);
    });
  });
});
