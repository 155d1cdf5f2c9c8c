import assert from 'node:assert/strict';
import { conditionHolds } from '../../../src/core/evaluate/conditions';
import type { Truth } from '../../../src/core/evaluate/truth';
import type { Keys } from './requests';
import { requestOf } from './requests';

// Each row says what AWS documents on its page, not what the code does.
const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const operators = `${guide}/reference_policies_elements_condition_operators.html`;
const sets = `${guide}/reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const several = `${guide}/reference_policies_condition-logic-multiple-context-keys-or-values.html`;
const variables = `${guide}/reference_policies_variables.html`;
const element = `${guide}/reference_policies_elements_condition.html`;
const resource = `${guide}/reference_policies_elements_resource.html`;
const language = `${guide}/reference_policies_elements_version.html`;
const grammar = `${guide}/reference_policies_grammar.html`;
const checks = `${guide}/access-analyzer-reference-policy-checks.html`;
const keys = `${guide}/reference_policies_condition-keys.html`;
const dates = 'https://www.w3.org/TR/NOTE-datetime';

const topic = 'arn:aws:sns:eu-west-1:123456789012:orders';
const alias = 'arn:aws:lambda:eu-west-1:123456789012:function:orders:live';
const ten = '2026-03-01T10:00:00Z';
/** The same second. */
const epoch = '1772359200';

/** The key of most rows, as the request spells it. */
const tag = 'aws:PrincipalTag/Team';

interface Case {
  readonly name: string;
  readonly page: string;
  readonly operator: string;
  /** In the policy. */
  readonly values: readonly string[];
  /** In the request: without it, the key is not there; `?`: nothing is known of it. */
  readonly has?: string | readonly string[];
  readonly holds: Truth;
  /** As the policy spells it. */
  readonly key?: string;
  /** 2012-10-17 unless it is said. */
  readonly version?: '2008-10-17' | 'none';
  /** AWS does not say, or says both: the answer is the careful one. */
  readonly cautious?: true;
}

const cases: readonly Case[] = [
  // Text.
  { name: 'the same', page: operators, operator: 'StringEquals', values: ['red'], has: 'red', holds: 'yes' },
  { name: 'another case', page: operators, operator: 'StringEquals', values: ['red'], has: 'Red', holds: 'no' },
  { name: 'a star is a star', page: operators, operator: 'StringEquals', values: ['red*'], has: 'red-1', holds: 'no' },
  { name: 'no key', page: operators, operator: 'StringEquals', values: ['red'], holds: 'no' },
  { name: 'another', page: operators, operator: 'StringNotEquals', values: ['red'], has: 'Red', holds: 'yes' },
  { name: 'the same', page: operators, operator: 'StringNotEquals', values: ['red'], has: 'red', holds: 'no' },
  { name: 'no key', page: operators, operator: 'StringNotEquals', values: ['red'], holds: 'yes' },
  { name: 'another case', page: operators, operator: 'StringEqualsIgnoreCase', values: ['preprod'], has: 'PreProd', holds: 'yes' },
  { name: 'one character more', page: operators, operator: 'StringEqualsIgnoreCase', values: ['preprod'], has: 'PreProd2', holds: 'no' },
  { name: 'no key', page: operators, operator: 'StringEqualsIgnoreCase', values: ['preprod'], holds: 'no' },
  { name: 'one character less', page: operators, operator: 'StringNotEqualsIgnoreCase', values: ['preprod'], has: 'prepro', holds: 'yes' },
  { name: 'another case', page: operators, operator: 'StringNotEqualsIgnoreCase', values: ['preprod'], has: 'PREPROD', holds: 'no' },
  { name: 'no key', page: operators, operator: 'StringNotEqualsIgnoreCase', values: ['preprod'], holds: 'yes' },
  { name: 'a star for any text', page: operators, operator: 'StringLike', values: ['t2.*'], has: 't2.micro', holds: 'yes' },
  { name: 'another case', page: operators, operator: 'StringLike', values: ['T2.*'], has: 't2.micro', holds: 'no' },
  { name: 'a part without a wildcard', page: operators, operator: 'StringLike', values: ['t2'], has: 't2.micro', holds: 'no' },
  { name: 'a dot is a dot', page: operators, operator: 'StringLike', values: ['t2.*'], has: 't23micro', holds: 'no' },
  { name: 'a star for nothing', page: resource, operator: 'StringLike', values: ['red*'], has: 'red', holds: 'yes' },
  { name: 'a question mark for one', page: operators, operator: 'StringLike', values: ['re?'], has: 'red', holds: 'yes' },
  { name: 'a question mark for none', page: operators, operator: 'StringLike', values: ['red?'], has: 'red', holds: 'no' },
  { name: 'a star over colons', page: operators, operator: 'StringLike', values: ['arn:aws:someservice:*:111122223333:finance/*'], has: 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt', holds: 'yes' },
  { name: 'any value, no text', page: operators, operator: 'StringLike', values: ['*'], has: '', holds: 'yes' },
  { name: 'any value, no key', page: operators, operator: 'StringLike', values: ['*'], holds: 'no' },
  { name: 'another', page: operators, operator: 'StringNotLike', values: ['t2.*'], has: 't3.micro', holds: 'yes' },
  { name: 'of the pattern', page: operators, operator: 'StringNotLike', values: ['t?.micro'], has: 't2.micro', holds: 'no' },
  { name: 'any value, no key', page: operators, operator: 'StringNotLike', values: ['*'], holds: 'yes' },
  // Numbers.
  { name: 'the next', page: operators, operator: 'NumericEquals', values: ['10'], has: '11', holds: 'no' },
  { name: 'with decimals', page: operators, operator: 'NumericEquals', values: ['1.0'], has: '1', holds: 'yes' },
  { name: 'with an exponent', page: grammar, operator: 'NumericEquals', values: ['1e1'], has: '10', holds: 'yes' },
  { name: 'no key', page: operators, operator: 'NumericEquals', values: ['10'], holds: 'no' },
  { name: 'the next', page: operators, operator: 'NumericNotEquals', values: ['10'], has: '10.5', holds: 'yes' },
  { name: 'the same in decimals', page: operators, operator: 'NumericNotEquals', values: ['10'], has: '10.00', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NumericNotEquals', values: ['10'], holds: 'yes' },
  { name: 'below', page: operators, operator: 'NumericLessThan', values: ['10'], has: '9', holds: 'yes' },
  { name: 'the bound', page: operators, operator: 'NumericLessThan', values: ['10'], has: '10', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NumericLessThan', values: ['10'], holds: 'no' },
  { name: 'the bound', page: operators, operator: 'NumericLessThanEquals', values: ['10'], has: '10', holds: 'yes' },
  { name: 'just above', page: operators, operator: 'NumericLessThanEquals', values: ['10'], has: '10.01', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NumericLessThanEquals', values: ['10'], holds: 'no' },
  { name: 'above, though not as text', page: operators, operator: 'NumericGreaterThan', values: ['9'], has: '10', holds: 'yes' },
  { name: 'the bound', page: operators, operator: 'NumericGreaterThan', values: ['10'], has: '10', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NumericGreaterThan', values: ['10'], holds: 'no' },
  { name: 'the bound', page: operators, operator: 'NumericGreaterThanEquals', values: ['10'], has: '10', holds: 'yes' },
  { name: 'just below', page: operators, operator: 'NumericGreaterThanEquals', values: ['10'], has: '9.99', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NumericGreaterThanEquals', values: ['10'], holds: 'no' },
  // Dates.
  { name: 'the same in another time zone', page: dates, operator: 'DateEquals', values: [ten], has: '2026-03-01T11:00:00+01:00', holds: 'yes' },
  { name: 'the same without seconds', page: dates, operator: 'DateEquals', values: ['2026-03-01T10:00Z'], has: ten, holds: 'yes' },
  { name: 'a second later', page: operators, operator: 'DateEquals', values: [ten], has: '2026-03-01T10:00:01Z', holds: 'no' },
  { name: 'no key', page: operators, operator: 'DateEquals', values: [ten], holds: 'no' },
  { name: 'a second later', page: operators, operator: 'DateNotEquals', values: [ten], has: '2026-03-01T10:00:01Z', holds: 'yes' },
  { name: 'the same in seconds of the epoch', page: operators, operator: 'DateNotEquals', values: [ten], has: epoch, holds: 'no' },
  { name: 'no key', page: operators, operator: 'DateNotEquals', values: [ten], holds: 'yes' },
  { name: 'a second earlier', page: operators, operator: 'DateLessThan', values: [epoch], has: '2026-03-01T09:59:59Z', holds: 'yes' },
  { name: 'at that second', page: operators, operator: 'DateLessThan', values: [epoch], has: ten, holds: 'no' },
  { name: 'the evening before a day', page: dates, operator: 'DateLessThan', values: ['2026-03-01'], has: '2026-02-28T23:59:59Z', holds: 'yes' },
  { name: 'before a month', page: dates, operator: 'DateLessThan', values: ['2026-03'], has: '2026-02-28', holds: 'yes' },
  { name: 'no key', page: operators, operator: 'DateLessThan', values: [ten], holds: 'no' },
  { name: 'at that second', page: operators, operator: 'DateLessThanEquals', values: [ten], has: epoch, holds: 'yes' },
  { name: 'a second later', page: operators, operator: 'DateLessThanEquals', values: [ten], has: '1772359201', holds: 'no' },
  { name: 'no key', page: operators, operator: 'DateLessThanEquals', values: [ten], holds: 'no' },
  { name: 'half a second later', page: dates, operator: 'DateGreaterThan', values: [ten], has: '2026-03-01T10:00:00.5Z', holds: 'yes' },
  { name: 'at that second', page: operators, operator: 'DateGreaterThan', values: [ten], has: ten, holds: 'no' },
  { name: 'no key', page: operators, operator: 'DateGreaterThan', values: [ten], holds: 'no' },
  { name: 'at that second', page: operators, operator: 'DateGreaterThanEquals', values: [epoch], has: ten, holds: 'yes' },
  { name: 'a day begins at midnight', page: dates, operator: 'DateGreaterThanEquals', values: ['2026-03-01'], has: '2026-03-01T00:00:00Z', holds: 'yes', cautious: true },
  { name: 'a second earlier', page: operators, operator: 'DateGreaterThanEquals', values: [ten], has: '2026-03-01T09:59:59Z', holds: 'no' },
  { name: 'no key', page: operators, operator: 'DateGreaterThanEquals', values: [ten], holds: 'no' },
  // Booleans, binary values, and whether a key is there.
  { name: 'the same', page: operators, operator: 'Bool', values: ['false'], has: 'false', holds: 'yes' },
  { name: 'in capitals', page: operators, operator: 'Bool', values: ['True'], has: 'true', holds: 'yes', cautious: true },
  { name: 'the other', page: operators, operator: 'Bool', values: ['false'], has: 'true', holds: 'no' },
  { name: 'false, no key', page: operators, operator: 'Bool', values: ['false'], holds: 'no' },
  { name: 'the same', page: operators, operator: 'BinaryEquals', values: ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='], has: 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', holds: 'yes' },
  { name: 'one letter in another case', page: operators, operator: 'BinaryEquals', values: ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='], has: 'qmluYXJ5VmFsdWVJbkJhc2U2NA==', holds: 'no' },
  { name: 'no key', page: operators, operator: 'BinaryEquals', values: ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='], holds: 'no' },
  { name: 'true, no key', page: operators, operator: 'Null', values: ['true'], holds: 'yes' },
  { name: 'true, the key says true', page: operators, operator: 'Null', values: ['true'], has: 'true', holds: 'no' },
  { name: 'false, a key', page: operators, operator: 'Null', values: ['false'], has: 'red', holds: 'yes' },
  { name: 'false, no key', page: operators, operator: 'Null', values: ['false'], holds: 'no' },
  { name: 'true, a key of no values', page: operators, operator: 'Null', values: ['true'], has: [], holds: 'yes' },
  { name: 'false, a key without text', page: operators, operator: 'Null', values: ['false'], has: '', holds: 'no' },
  // Addresses.
  { name: 'the last of a range', page: operators, operator: 'IpAddress', values: ['203.0.113.0/25'], has: '203.0.113.127', holds: 'yes' },
  { name: 'the one after the last', page: operators, operator: 'IpAddress', values: ['203.0.113.0/25'], has: '203.0.113.128', holds: 'no' },
  { name: 'one address', page: operators, operator: 'IpAddress', values: ['203.0.113.7'], has: '203.0.113.7', holds: 'yes' },
  { name: 'one address, the next', page: operators, operator: 'IpAddress', values: ['203.0.113.7'], has: '203.0.113.6', holds: 'no' },
  { name: 'every IPv4 address, one of IPv6', page: operators, operator: 'IpAddress', values: ['0.0.0.0/0'], has: '2001:db8::1', holds: 'no' },
  { name: 'ranges of both', page: operators, operator: 'IpAddress', values: ['203.0.113.0/24', '2001:DB8:1234:5678::/64'], has: '2001:db8:1234:5678::9', holds: 'yes' },
  { name: 'one bit of IPv6', page: operators, operator: 'IpAddress', values: ['2001:db8::/33'], has: '2001:db8:8000::1', holds: 'no' },
  { name: 'IPv6 in full', page: operators, operator: 'IpAddress', values: ['2001:0db8:0000:0000:0000:0000:0000:0001/128'], has: '2001:db8::1', holds: 'yes' },
  { name: 'an IPv6 address without a mask, one of the same /32', page: operators, operator: 'IpAddress', values: ['2001:db8::1'], has: '2001:db8::2', holds: 'unknown', cautious: true },
  { name: 'no key', page: operators, operator: 'IpAddress', values: ['0.0.0.0/0'], holds: 'no' },
  { name: 'the one before the first', page: operators, operator: 'NotIpAddress', values: ['203.0.113.0/24'], has: '203.0.112.255', holds: 'yes' },
  { name: 'the last of a range', page: operators, operator: 'NotIpAddress', values: ['203.0.113.0/24'], has: '203.0.113.255', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NotIpAddress', values: ['203.0.113.0/24'], holds: 'yes' },
  // ARNs.
  { name: 'the same', page: operators, operator: 'ArnEquals', values: [topic], has: topic, holds: 'yes' },
  { name: 'another account', page: operators, operator: 'ArnEquals', values: [topic], has: 'arn:aws:sns:eu-west-1:210987654321:orders', holds: 'no' },
  { name: 'another case', page: operators, operator: 'ArnEquals', values: [topic], has: 'arn:aws:sns:eu-west-1:123456789012:Orders', holds: 'no' },
  { name: 'a pattern, as with ArnLike', page: operators, operator: 'ArnEquals', values: ['arn:aws:sns:*:123456789012:ord?rs'], has: topic, holds: 'yes' },
  { name: 'no key', page: operators, operator: 'ArnEquals', values: [topic], holds: 'no' },
  { name: 'a star in each part', page: operators, operator: 'ArnLike', values: ['arn:*:s*:*:*:o*s'], has: topic, holds: 'yes' },
  { name: 'a star over a colon of the first parts', page: operators, operator: 'ArnLike', values: ['arn:aws:someservice:*:111122223333:finance/*'], has: 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt', holds: 'no' },
  { name: 'the last part keeps its colons', page: operators, operator: 'ArnLike', values: ['arn:aws:lambda:*:*:function:*'], has: alias, holds: 'yes' },
  { name: 'a colon more in the last part', page: operators, operator: 'ArnLike', values: ['arn:aws:lambda:*:*:function:orders'], has: alias, holds: 'no' },
  { name: 'a question mark for a digit', page: operators, operator: 'ArnLike', values: ['arn:aws:sns:eu-west-?:12345678901?:orders'], has: topic, holds: 'yes' },
  { name: 'a star for an empty part', page: resource, operator: 'ArnLike', values: ['arn:aws:s3:*:*:shop'], has: 'arn:aws:s3:::shop', holds: 'yes' },
  { name: 'fewer parts, a star at the end', page: resource, operator: 'ArnLike', values: ['arn:aws:sns:*'], has: topic, holds: 'unknown', cautious: true },
  { name: 'no key', page: operators, operator: 'ArnLike', values: ['arn:aws:sns:*:*:*'], holds: 'no' },
  { name: 'another', page: operators, operator: 'ArnNotEquals', values: ['arn:aws:sns:eu-west-1:123456789012:order'], has: topic, holds: 'yes' },
  { name: 'of the pattern', page: operators, operator: 'ArnNotEquals', values: ['arn:aws:sns:*:*:orders'], has: topic, holds: 'no' },
  { name: 'no ARN in the request', page: operators, operator: 'ArnNotEquals', values: [topic], has: 'orders', holds: 'yes' },
  { name: 'no key', page: operators, operator: 'ArnNotEquals', values: [topic], holds: 'yes' },
  { name: 'a colon more in the last part', page: operators, operator: 'ArnNotLike', values: ['arn:aws:lambda:*:*:function:orders'], has: alias, holds: 'yes' },
  { name: 'of the pattern', page: operators, operator: 'ArnNotLike', values: ['arn:aws:lambda:*:*:function:orders*'], has: alias, holds: 'no' },
  { name: 'no key', page: operators, operator: 'ArnNotLike', values: ['arn:aws:sns:*:*:*'], holds: 'yes' },
  // Several values in the policy, and the name of the key.
  { name: 'the second of two', page: several, operator: 'StringEquals', values: ['red', 'blue'], has: 'blue', holds: 'yes' },
  { name: 'the second of two', page: several, operator: 'StringNotEquals', values: ['red', 'blue'], has: 'blue', holds: 'no' },
  { name: 'none of two', page: several, operator: 'NumericNotEquals', values: ['1', '2'], has: '3', holds: 'yes' },
  { name: 'above the lower of two', page: several, operator: 'NumericGreaterThan', values: ['100', '10'], has: '50', holds: 'yes' },
  { name: 'a key in other capitals', page: element, operator: 'StringEquals', key: 'AWS:principaltag/TEAM', values: ['red'], has: 'red', holds: 'yes' },
  // IfExists.
  { name: 'no key', page: operators, operator: 'StringLikeIfExists', values: ['t1.*', 'm3.*'], holds: 'yes' },
  { name: 'another', page: operators, operator: 'StringLikeIfExists', values: ['t1.*', 'm3.*'], has: 'm2.micro', holds: 'no' },
  { name: 'no key', page: operators, operator: 'StringNotEqualsIfExists', values: ['red'], holds: 'yes' },
  { name: 'the same', page: operators, operator: 'StringNotEqualsIgnoreCaseIfExists', values: ['red'], has: 'RED', holds: 'no' },
  { name: 'no key', page: operators, operator: 'NumericLessThanIfExists', values: ['10'], holds: 'yes' },
  { name: 'no key', page: operators, operator: 'DateGreaterThanEqualsIfExists', values: [ten], holds: 'yes' },
  { name: 'false, no key', page: operators, operator: 'BoolIfExists', values: ['false'], holds: 'yes' },
  { name: 'false, true', page: operators, operator: 'BoolIfExists', values: ['false'], has: 'true', holds: 'no' },
  { name: 'no key', page: operators, operator: 'BinaryEqualsIfExists', values: ['QQ=='], holds: 'yes' },
  { name: 'no key', page: keys, operator: 'IpAddressIfExists', values: ['203.0.113.0/24'], holds: 'yes' },
  { name: 'no key', page: operators, operator: 'ArnLikeIfExists', values: [topic], holds: 'yes' },
  { name: 'of the pattern', page: operators, operator: 'ArnNotLikeIfExists', values: ['arn:aws:sns:*:*:*'], has: topic, holds: 'no' },
  // Several values in the request.
  { name: 'all of them', page: sets, operator: 'ForAllValues:StringEquals', values: ['red', 'blue', 'green'], has: ['red', 'blue'], holds: 'yes' },
  { name: 'one of two', page: sets, operator: 'ForAllValues:StringEquals', values: ['red'], has: ['red', 'blue'], holds: 'no' },
  { name: 'no key', page: sets, operator: 'ForAllValues:StringEquals', values: ['red'], holds: 'yes' },
  { name: 'no values', page: sets, operator: 'ForAllValues:StringEquals', values: ['red'], has: [], holds: 'yes' },
  { name: 'one value without text', page: operators, operator: 'ForAllValues:StringEquals', values: ['red'], has: [''], holds: 'yes' },
  { name: 'none of theirs', page: operators, operator: 'ForAllValues:StringNotEquals', values: ['red'], has: ['blue', 'green'], holds: 'yes' },
  { name: 'one of two', page: operators, operator: 'ForAllValues:StringNotEquals', values: ['red'], has: ['blue', 'red'], holds: 'no' },
  { name: 'no key', page: sets, operator: 'ForAllValues:StringNotLike', values: ['*'], holds: 'yes', cautious: true },
  { name: 'of two patterns', page: operators, operator: 'ForAllValues:ArnLike', values: ['arn:aws:sns:*:*:*', 'arn:aws:lambda:*:*:*'], has: [topic, alias], holds: 'yes' },
  { name: 'no key', page: operators, operator: 'ForAllValues:ArnLike', values: [topic], holds: 'yes' },
  { name: 'one of two', page: operators, operator: 'ForAllValues:Bool', values: ['true'], has: ['true', 'false'], holds: 'no' },
  { name: 'no key', page: sets, operator: 'ForAllValues:StringLikeIfExists', values: ['r*'], holds: 'yes' },
  { name: 'one of two', page: sets, operator: 'ForAllValues:StringLikeIfExists', values: ['r*'], has: ['red', 'blue'], holds: 'no' },
  { name: 'one of two', page: sets, operator: 'ForAnyValue:StringEquals', values: ['red', 'green'], has: ['blue', 'red'], holds: 'yes' },
  { name: 'none, but for the case', page: operators, operator: 'ForAnyValue:StringEquals', values: ['red'], has: ['Red', 'blue'], holds: 'no' },
  { name: 'no key', page: sets, operator: 'ForAnyValue:StringEquals', values: ['red'], holds: 'no' },
  { name: 'no values', page: sets, operator: 'ForAnyValue:StringLike', values: ['*'], has: [], holds: 'no' },
  { name: 'one of them is another', page: operators, operator: 'ForAnyValue:StringNotEquals', values: ['red'], has: ['red', 'blue'], holds: 'yes' },
  { name: 'both are theirs', page: operators, operator: 'ForAnyValue:StringNotEquals', values: ['red', 'blue'], has: ['blue', 'red'], holds: 'no' },
  { name: 'no key', page: sets, operator: 'ForAnyValue:StringNotEquals', values: ['red'], holds: 'no', cautious: true },
  { name: 'no key', page: sets, operator: 'ForAnyValue:StringLikeIfExists', values: ['r*'], holds: 'unknown', cautious: true },
  { name: 'two values, no set operator', page: sets, operator: 'StringEquals', values: ['red'], has: ['red', 'blue'], holds: 'unknown', cautious: true },
  { name: 'two other values, no set operator', page: sets, operator: 'StringNotEquals', values: ['red'], has: ['green', 'blue'], holds: 'unknown', cautious: true },
  // Policy variables. Nothing is known of aws:username.
  { name: 'a variable', page: variables, operator: 'StringEquals', values: ['${aws:username}'], has: 'anna', holds: 'unknown' },
  { name: 'a variable with a default', page: variables, operator: 'StringEquals', values: ["${aws:username, 'anna'}"], has: 'anna', holds: 'unknown' },
  { name: 'a variable in a pattern', page: variables, operator: 'StringLike', values: ['home/${aws:username}/*'], has: 'home/anna/a.txt', holds: 'unknown' },
  { name: 'a variable, the text before it differs', page: variables, operator: 'StringLike', values: ['home/${aws:username}/*'], has: 'public/a.txt', holds: 'no' },
  { name: 'a variable', page: variables, operator: 'StringNotEquals', values: ['${aws:username}'], has: 'anna', holds: 'unknown' },
  { name: 'a variable, no key', page: operators, operator: 'StringEquals', values: ['${aws:username}'], holds: 'no' },
  { name: 'a variable beside a hit', page: several, operator: 'StringEquals', values: ['${aws:username}', 'anna'], has: 'anna', holds: 'yes' },
  { name: 'a variable beside a hit', page: several, operator: 'StringNotEquals', values: ['${aws:username}', 'anna'], has: 'anna', holds: 'no' },
  { name: 'a variable in an ARN', page: variables, operator: 'ArnLike', values: ['arn:aws:sns:*:*:${aws:username}'], has: topic, holds: 'unknown' },
  { name: 'a variable for one of two', page: sets, operator: 'ForAllValues:StringEquals', values: ['${aws:username}', 'red'], has: ['red', 'anna'], holds: 'unknown' },
  { name: 'a variable where none can be', page: variables, operator: 'NumericEquals', values: ['${aws:username}'], has: '10', holds: 'unknown' },
  { name: 'an asterisk', page: variables, operator: 'StringLike', values: ['a${*}b'], has: 'a*b', holds: 'yes' },
  { name: 'an asterisk is no wildcard', page: variables, operator: 'StringLike', values: ['a${*}b'], has: 'axb', holds: 'no' },
  { name: 'an asterisk', page: variables, operator: 'StringEquals', values: ['a${*}b'], has: 'a*b', holds: 'yes' },
  { name: 'an asterisk is no wildcard', page: variables, operator: 'ArnLike', values: ['arn:aws:s3:::shop/${*}'], has: 'arn:aws:s3:::shop/a', holds: 'no' },
  { name: 'a question mark is no wildcard', page: variables, operator: 'StringLike', values: ['why${?}'], has: 'whyx', holds: 'no' },
  { name: 'a dollar sign', page: variables, operator: 'StringEquals', values: ['${$}5'], has: '$5', holds: 'yes' },
  { name: 'a dollar sign before braces', page: variables, operator: 'StringEquals', values: ['${$}{aws:username}'], has: '${aws:username}', holds: 'yes' },
  { name: 'a variable of the older language', page: language, operator: 'StringEquals', version: '2008-10-17', values: ['${aws:username}'], has: '${aws:username}', holds: 'yes' },
  { name: 'a variable of the older language', page: language, operator: 'StringNotEquals', version: '2008-10-17', values: ['${aws:username}'], has: 'anna', holds: 'yes' },
  { name: 'a variable without a version', page: language, operator: 'StringEquals', version: 'none', values: ['${aws:username}'], has: 'anna', holds: 'no' },
  { name: 'a star in braces in the older language', page: language, operator: 'StringLike', version: '2008-10-17', values: ['a${*}'], has: 'a${b}', holds: 'yes' },
  // Nothing is known of the key: it may be missing.
  { name: 'a key that may be anything', page: operators, operator: 'StringEquals', values: ['red'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything', page: operators, operator: 'StringNotEquals', values: ['red'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything, any value', page: operators, operator: 'StringLike', values: ['*'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything, any value', page: operators, operator: 'StringLikeIfExists', values: ['red', '*'], has: '?', holds: 'yes' },
  { name: 'a key that may be anything, an asterisk', page: variables, operator: 'StringLikeIfExists', values: ['${*}'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything, a star that is text', page: operators, operator: 'StringEqualsIfExists', values: ['*'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything, any value', page: operators, operator: 'StringNotLike', values: ['*'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything, any value', page: sets, operator: 'ForAllValues:StringLike', values: ['*'], has: '?', holds: 'yes' },
  { name: 'a key that may be anything, any value', page: sets, operator: 'ForAnyValue:StringLike', values: ['*'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything', page: operators, operator: 'BoolIfExists', values: ['false'], has: '?', holds: 'unknown' },
  { name: 'a key that may be anything', page: operators, operator: 'Null', values: ['true'], has: '?', holds: 'unknown' },
  // What cannot be read.
  { name: 'a word', page: operators, operator: 'NumericEquals', values: ['ten'], has: '10', holds: 'unknown' },
  { name: 'a word beside a hit', page: several, operator: 'NumericEquals', values: ['ten', '10'], has: '10', holds: 'yes' },
  { name: 'no text', page: operators, operator: 'NumericEquals', values: [''], has: '0', holds: 'unknown' },
  { name: 'a number of another base', page: grammar, operator: 'NumericEquals', values: ['0x10'], has: '16', holds: 'unknown' },
  { name: 'a word in the request', page: operators, operator: 'NumericLessThan', values: ['10'], has: 'few', holds: 'unknown' },
  { name: 'a word, no key', page: operators, operator: 'NumericNotEquals', values: ['ten'], holds: 'yes' },
  { name: 'a word as one of two, the other decides', page: sets, operator: 'ForAllValues:NumericLessThan', values: ['10'], has: ['few', '50'], holds: 'no' },
  { name: 'a time without a zone', page: dates, operator: 'DateEquals', values: ['2026-03-01T10:00:00'], has: ten, holds: 'unknown' },
  { name: 'a day that is none', page: dates, operator: 'DateLessThan', values: ['2026-02-30'], has: ten, holds: 'unknown' },
  { name: 'a date in words', page: dates, operator: 'DateLessThan', values: ['March 2, 2026'], has: ten, holds: 'unknown' },
  { name: 'a wildcard', page: operators, operator: 'DateNotEquals', values: ['2026-*'], has: ten, holds: 'unknown' },
  { name: 'a year, or seconds', page: operators, operator: 'DateLessThan', values: ['2030'], has: ten, holds: 'unknown', cautious: true },
  { name: 'neither of both', page: operators, operator: 'Bool', values: ['yes'], has: 'true', holds: 'unknown' },
  { name: 'a digit in the request', page: operators, operator: 'Bool', values: ['true'], has: '1', holds: 'unknown' },
  { name: 'neither of both', page: operators, operator: 'Null', values: ['yes'], has: 'red', holds: 'unknown' },
  { name: 'no base-64', page: operators, operator: 'BinaryEquals', values: ['Qmlu*'], has: 'QmluYQ==', holds: 'unknown', cautious: true },
  { name: 'a mask that is too long', page: operators, operator: 'IpAddress', values: ['203.0.113.0/33'], has: '203.0.113.0', holds: 'unknown' },
  { name: 'a wildcard', page: operators, operator: 'NotIpAddress', values: ['203.0.113.*'], has: '203.0.113.1', holds: 'unknown' },
  { name: 'no address in the request', page: operators, operator: 'IpAddress', values: ['203.0.113.0/24'], has: 'AWS Internal', holds: 'unknown' },
  { name: 'the same, but no ARN', page: operators, operator: 'ArnEquals', values: ['orders'], has: 'orders', holds: 'unknown', cautious: true },
  // What is no operator of AWS.
  { name: 'a typo', page: operators, operator: 'StringEqual', values: ['red'], has: 'red', holds: 'unknown' },
  { name: 'a typo, no key', page: operators, operator: 'StringMatchesIfExists', values: ['red'], holds: 'unknown' },
  { name: 'a typo of the suffix', page: operators, operator: 'StringEqualsIfExist', values: ['red'], holds: 'unknown' },
  { name: 'a typo of the prefix', page: sets, operator: 'ForAnyValues:StringEquals', values: ['red'], has: ['red'], holds: 'unknown' },
  { name: 'a negation that is none', page: operators, operator: 'BinaryNotEquals', values: ['QQ=='], has: 'QQ==', holds: 'unknown' },
  { name: 'whether a key is there, if it is there', page: checks, operator: 'NullIfExists', values: ['true'], holds: 'unknown' },
  { name: 'whether a key is there, for all', page: operators, operator: 'ForAllValues:Null', values: ['true'], holds: 'unknown', cautious: true },
]; // prettier-ignore

suite('Whether a condition holds', () => {
  for (const { name, page, operator, values, has, holds, key, version, cautious } of cases) {
    const source = `${page.split('/').at(-1)}${cautious ? ', not said' : ''}`;
    test(`${operator}: ${name} (${source})`, () => {
      const known: Keys = { 'aws:username': '?', ...(has === undefined ? {} : { [tag]: has }) };
      const { context } = requestOf({ kind: 'anonymous' }, { keys: known });
      const spoken = version === 'none' ? undefined : (version ?? '2012-10-17');
      const condition = { operator, key: key ?? tag, values };
      assert.equal(conditionHolds(condition, context, spoken), holds);
    });
  }
});
