import assert from 'node:assert/strict';
import { bench, checkFacts, grant, inner, policyPath, statementPath } from './harness';
import { functionArn, oddText } from './seed';

suite('Sample account: reading and writing Lambda function policies', () => {
  const at = bench();

  const names = ['shop', '123456789012:function:shop', `${functionArn}:shop`, 'function:shop'];
  checkFacts(
    at,
    names.flatMap((name) => [
      { fact: `${name} is a name`, ask: (aws) => aws.lambda('GET', policyPath(name)), status: 200 },
      {
        fact: `${name}:live is a name`,
        ask: (aws) => aws.lambda('GET', policyPath(`${name}:live`)),
        status: 200,
      },
      {
        fact: `${name} with Qualifier`,
        ask: (aws) => aws.lambda('GET', policyPath(name, '1')),
        status: 200,
      },
      {
        fact: `${name}:live with the same Qualifier`,
        ask: (aws) => aws.lambda('GET', policyPath(`${name}:live`, 'live')),
        status: 200,
      },
    ]),
  );

  test('a policy comes back byte for byte, with its revision ID', async () => {
    const { json } = await at.aws.lambda('GET', policyPath('odd'));
    assert.deepEqual(json, { Policy: oddText, RevisionId: 'o' });
  });

  test('text that is no JSON is served like any other', async () => {
    const { status, json } = await at.aws.lambda('GET', policyPath('broken'));
    assert.deepEqual([status, json['Policy']], [200, '{"Statement": [']);
  });

  test('unqualified, alias and version have policies and revision IDs of their own', async () => {
    const revisions = [undefined, 'live', '1'].map(async (qualifier) => {
      const { json } = await at.aws.lambda('GET', policyPath('shop', qualifier));
      return json['RevisionId'];
    });
    assert.deepEqual(await Promise.all(revisions), ['rev-shop', 'rev-live', 'rev-1']);
  });

  test('Remove answers 204 with an empty body; only that statement of that qualifier goes', async () => {
    const before = at.account.state();
    const answer = await at.aws.lambda(
      'DELETE',
      statementPath('shop', 'one', '?RevisionId=rev-shop'),
    );
    assert.deepEqual([answer.status, answer.body], [204, '']);
    const [shop, ...others] = at.account.state().functions;
    const [shopBefore, ...othersBefore] = before.functions;
    assert.deepEqual(others, othersBefore);
    assert.deepEqual(shop?.policies['live'], shopBefore?.policies['live']);
    const old = JSON.parse(shopBefore!.policies['']!.text) as { Statement: object[] };
    const now = JSON.parse(shop!.policies['']!.text) as object;
    assert.deepEqual(now, { ...old, Statement: old.Statement.slice(1) });
  });

  test('Remove allows a dot in the Sid', async () => {
    const { status } = await at.aws.lambda('DELETE', statementPath('shop', 'dot.ted'));
    assert.equal(status, 204);
  });

  test('Remove with Qualifier leaves the same Sid of the function alone', async () => {
    await at.aws.lambda('DELETE', statementPath('shop', 'one', '?Qualifier=live'));
    const policies = at.account.state().functions[0]?.policies;
    assert.deepEqual(Object.keys(policies ?? {}).sort(), ['', '1']);
    assert.match(policies?.['']?.text ?? '', /"one"/);
  });

  test('the policy is gone with its last statement', async () => {
    await at.aws.lambda('DELETE', statementPath('shop', 'one', '?Qualifier=1'));
    const { status, error } = await at.aws.lambda('GET', policyPath('shop', '1'));
    assert.deepEqual([status, error], [404, 'ResourceNotFoundException']);
  });

  test('a revision ID changes at every add and remove, and only there', async () => {
    const revision = async (): Promise<unknown> =>
      (await at.aws.lambda('GET', policyPath('shop'))).json['RevisionId'];
    const seen = [await revision()];
    await at.aws.lambda('POST', policyPath('shop'), { ...grant, StatementId: 'one' });
    assert.equal(await revision(), seen[0], 'a failed add');
    await at.aws.lambda('DELETE', statementPath('shop', 'three'));
    assert.equal(await revision(), seen[0], 'a failed remove');
    await at.aws.lambda('POST', policyPath('shop'), { ...grant, RevisionId: seen[0] });
    seen.push(await revision());
    await at.aws.lambda('DELETE', statementPath('shop', 'one'));
    seen.push(await revision());
    assert.equal(new Set(seen).size, 3);
  });

  test('after an add the configuration has the revision ID of the policy', async () => {
    await at.aws.lambda('POST', '/2015-03-31/functions/shop/versions', {});
    await at.aws.lambda('POST', policyPath('shop'), grant);
    const policy = await at.aws.lambda('GET', policyPath('shop'));
    const settings = await at.aws.lambda('GET', '/2015-03-31/functions/shop/configuration');
    assert.equal(settings.json['RevisionId'], policy.json['RevisionId']);
  });

  test('the revision ID of the configuration is good for a first add', async () => {
    const settings = await at.aws.lambda('GET', '/2015-03-31/functions/bare/configuration');
    const body = { ...grant, RevisionId: settings.json['RevisionId'] };
    assert.equal((await at.aws.lambda('POST', policyPath('bare'), body)).status, 201);
  });

  test('publishing a version changes the revision ID and nothing of the policy', async () => {
    const before = await at.aws.lambda('GET', policyPath('shop'));
    const published = await at.aws.lambda('POST', '/2015-03-31/functions/shop/versions', {});
    assert.deepEqual([published.status, published.json['Version']], [201, '4']);
    const after = await at.aws.lambda('GET', policyPath('shop'));
    assert.equal(after.json['Policy'], before.json['Policy']);
    assert.notEqual(after.json['RevisionId'], before.json['RevisionId']);
  });

  test('Add answers 201 with the statement as a JSON string', async () => {
    const answer = await at.aws.lambda('POST', policyPath('shop', 'plain'), grant);
    assert.equal(answer.status, 201);
    assert.deepEqual(Object.keys(answer.json), ['Statement']);
    assert.deepEqual(inner(answer, 'Statement'), {
      Sid: 'new',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: `${functionArn}:shop:plain`,
    });
  });

  test('the same Sid may be added to every qualifier', async () => {
    for (const qualifier of [undefined, 'live', 'plain', '1', '2']) {
      const { status } = await at.aws.lambda('POST', policyPath('shop', qualifier), grant);
      assert.equal(status, 201);
    }
  });

  test('an add leaves the statements before it as they were', async () => {
    const before = inner(await at.aws.lambda('GET', policyPath('twins')), 'Policy');
    await at.aws.lambda('POST', policyPath('twins'), grant);
    const after = inner(await at.aws.lambda('GET', policyPath('twins')), 'Policy');
    const { Statement: old, ...rest } = before as { Statement: object[] };
    const { Statement: now, ...restNow } = after as { Statement: object[] };
    assert.deepEqual(now.slice(0, -1), old);
    assert.deepEqual(restNow, rest);
  });
});
