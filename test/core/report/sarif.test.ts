import assert from 'node:assert/strict';
import { ruleIds } from '../../../src/core/findings/finding';
import { sarifOf } from '../../../src/core/report/sarif';
import { sarifErrors, textAt, validSarif } from '../../schemas/sarifSchema';
import {
  account,
  aFinding,
  anAudit,
  aReport,
  aResource,
  hostile,
  hostileAudit,
  partialAudit,
  policyText,
  statement,
} from './reports';

suite('SARIF', () => {
  test('the check against the schema sees what is wrong', () => {
    assert.deepEqual(sarifErrors({ version: '2.1.0', runs: [] }), []);
    const wrong = { version: '2.1.0', runs: [{ results: [{ message: {}, level: 'grave' }] }] };
    const found = sarifErrors(wrong).join('\n');
    assert.match(found, /'tool'/);
    assert.match(found, /\/level/);
    const badUri = { location: { uri: 'a b' } };
    const tool = { driver: { name: 'x' } };
    assert.match(sarifErrors({ version: '2.1.0', runs: [{ tool, artifacts: [badUri] }] })[0]!, /uri/); // prettier-ignore
  });

  test('nothing at all, and an account without findings, are valid', () => {
    assert.deepEqual(validSarif(sarifOf(aReport())).runs, []);
    const [run] = validSarif(sarifOf(aReport(anAudit()))).runs;
    assert.deepEqual(run!.results, []);
    assert.equal(run!.invocations[0]!.executionSuccessful, true);
    assert.deepEqual(run!.invocations[0]!.toolExecutionNotifications, []);
  });

  test('all rules, with a level and what GitHub asks for', () => {
    const [run] = validSarif(sarifOf(aReport(anAudit()))).runs;
    const { rules, version } = run!.tool.driver;
    assert.equal(version, '1.2.3');
    assert.deepEqual(rules.map(({ id }) => id), [...ruleIds]); // prettier-ignore
    const publicAccess = rules.find(({ id }) => id === 'public-access');
    assert.equal(publicAccess?.defaultConfiguration.level, 'error');
    for (const { properties } of rules) {
      const score = properties['security-severity'];
      assert.ok(typeof score === 'string' && Number(score) > 0 && Number(score) < 10);
    }
  });

  test('each result points at what it speaks of, in the policy as a snapshot would save it', () => {
    const resource = aResource('orders', policyText('one', '𝔸 two', 'three'));
    const findings = ['one', '𝔸 two', 'three'].map((sid) => aFinding(resource, statement(sid)));
    const whole = aFinding(resource, policyText('one', '𝔸 two', 'three'));
    const audit = anAudit({ resources: [resource], findings: [...findings, whole] });
    const [run] = validSarif(sarifOf(aReport(audit))).runs;
    const [artifact] = run!.artifacts;
    const uri = `policies/${account}/eu-west-1/lambda/function/orders.json`;
    assert.equal(artifact!.location.uri, uri);
    assert.ok(artifact!.contents.text.split('\n').length > 10, 'in lines');
    const texts = run!.results.map((result) => JSON.parse(textAt(run!, result)) as { Sid: string });
    assert.deepEqual(texts.map(({ Sid }) => Sid), ['one', '𝔸 two', 'three', undefined]); // prettier-ignore
    const [first] = run!.results;
    assert.equal(first!.locations[0]!.physicalLocation.artifactLocation.uri, uri);
    assert.equal(first!.locations[0]!.logicalLocations[0]!.fullyQualifiedName, resource.arn);
    assert.equal(run!.tool.driver.rules[first!.ruleIndex]!.id, first!.ruleId);
  });

  test('a policy that is none stays byte for byte, and its places with it', () => {
    const text = '{"Sid": "𝔸",\r\n  "broken"\r"here"\n';
    const resource = aResource('orders', text);
    const finding = aFinding(resource, '"here"', { rule: 'malformed-policy' });
    const audit = anAudit({ resources: [resource], findings: [finding] });
    const [run] = validSarif(sarifOf(aReport(audit))).runs;
    assert.equal(run!.artifacts[0]!.contents.text, text);
    assert.equal(textAt(run!, run!.results[0]!), '"here"');
    assert.equal(run!.results[0]!.locations[0]!.physicalLocation.region.startLine, 3);
  });

  test('what was not read is told, and the run is no success', () => {
    const [run] = validSarif(sarifOf(aReport(partialAudit()))).runs;
    const [invocation] = run!.invocations;
    assert.equal(invocation!.executionSuccessful, false);
    assert.deepEqual(
      invocation!.toolExecutionNotifications.map(({ level, message }) => [level, message.text]),
      [
        ['warning', 'The audit was cancelled.'],
        ['warning', 'Could not read: The list of Lambda layers.'],
        ['warning', 'Could not read: function secret, alias live: access denied.'],
        ['warning', 'The policy of queue inbox.fifo was not asked for.'],
      ],
    );
  });

  test('what is new, and what was accepted and still is', () => {
    const [run] = validSarif(sarifOf(aReport(partialAudit()))).runs;
    assert.deepEqual(
      run!.results.map(({ baselineState, suppressions }) => [baselineState, suppressions]),
      [
        ['new', []],
        ['unchanged', [{ kind: 'external', status: 'accepted', justification: 'meant to be' }]],
        ['unchanged', []],
      ],
    );
    const before = validSarif(sarifOf(aReport({ ...partialAudit(), hasBefore: false })));
    for (const { baselineState } of before.runs[0]!.results) assert.equal(baselineState, undefined);
  });

  test('a fingerprint is of the finding alone: the same in a later audit, another for another', () => {
    const prints = (audit = partialAudit()) =>
      validSarif(sarifOf(aReport(audit))).runs[0]!.results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash!,
      );
    const audit = partialAudit();
    const moved = audit.findings.map((finding) => ({ ...finding, title: 'in other words' }));
    assert.deepEqual(prints({ ...audit, findings: moved }), prints());
    assert.equal(new Set(prints()).size, 3);
  });

  test('each audit is a run of its own category', () => {
    const elsewhere = anAudit({ region: 'us-east-1', accountId: undefined });
    const { runs } = validSarif(sarifOf(aReport(anAudit(), elsewhere)));
    assert.deepEqual(
      runs.map(({ automationDetails }) => automationDetails.id),
      [`resource-policies/${account}/eu-west-1/`, 'resource-policies/unknown-account/us-east-1/'],
    );
  });

  test('text from AWS hides nothing, makes no link and fills in no argument; policies stay theirs', () => {
    const text = sarifOf(aReport(hostileAudit()));
    // eslint-disable-next-line no-control-regex -- these are looked for
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u202e]/);
    const [run] = validSarif(text).runs;
    const [result] = run!.results;
    for (const { text: words } of [
      result!.message,
      ...run!.invocations[0]!.toolExecutionNotifications.map(({ message }) => message),
    ]) {
      assert.ok(words.includes('\\u202e') && words.includes('{{0}}'), words);
      assert.ok(!words.includes(']('), words);
    }
    const policy = JSON.parse(run!.artifacts[0]!.contents.text) as { Statement: { Sid: string }[] };
    assert.equal(policy.Statement[0]!.Sid, hostile);
    const { uri } = run!.artifacts[0]!.location;
    assert.match(uri, /\/%253dcmd/, 'the percent signs of the file are escaped again');
    assert.match(uri, /^policies\/\d+\/eu-west-1\/lambda\/function\/[\w%.-]+\.json$/);
  });
});
