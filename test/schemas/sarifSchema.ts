import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import schema from './sarif-2.1.0.json';

// The schema is of draft 4, which says the same here as those that Ajv knows; its names differ.
const ajv = new Ajv({ allErrors: true, strict: false });
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('uri-reference', (text: string) => {
  return /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(text) && URL.canParse(text, 'https://example.org/');
});
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
const validate = ajv.compile({ ...schema, $schema: undefined, id: undefined });

/** A log of SARIF, as far as tests look into it. */
export interface SarifLog {
  readonly runs: readonly SarifRun[];
}

export interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[]; version: string } };
  readonly automationDetails: { readonly id: string };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly {
      readonly level: string;
      readonly message: { readonly text: string };
    }[];
  }[];
  readonly artifacts: readonly {
    readonly location: { readonly uri: string };
    readonly contents: { readonly text: string };
  }[];
  readonly results: readonly SarifResult[];
}

interface SarifRule {
  readonly id: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly baselineState?: string;
  readonly suppressions: readonly Readonly<Record<string, string>>[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly index: number };
      readonly region: Readonly<
        Record<
          'startLine' | 'startColumn' | 'endLine' | 'endColumn' | 'charOffset' | 'charLength',
          number
        >
      >;
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
}

/** Reads a log that has to be valid by the schema of OASIS. */
export function validSarif(text: string): SarifLog {
  const log: unknown = JSON.parse(text);
  const isValid = validate(log);
  assert.ok(isValid, JSON.stringify(validate.errors?.slice(0, 5), undefined, 2));
  return log as unknown as SarifLog;
}

/** What the schema says against a log. */
export function sarifErrors(log: unknown): readonly string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The text that a result points at, by lines and columns. */
export function textAt(run: SarifRun, { locations }: SarifResult): string {
  const { artifactLocation, region } = locations[0]!.physicalLocation;
  const { text } = run.artifacts[artifactLocation.index]!.contents;
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const at = (line: number, column: number) =>
    lines.slice(0, line - 1).join('').length + column - 1;
  const [from, to] = [
    at(region.startLine, region.startColumn),
    at(region.endLine, region.endColumn),
  ];
  assert.equal(region.charOffset, from);
  assert.equal(region.charLength, to - from);
  return text.slice(from, to);
}
