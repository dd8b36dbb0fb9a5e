/**
 * What SARIF 2.1.0 demands of the objects that we write, as a JSON Schema of our own: the official schema ships in no npm package.
 * Types, required properties, enumerations, limits and uniqueness are those of the standard (OASIS, errata 01); properties that
 * we never write are left out, so a new one fails here until somebody has looked it up.
 */
type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = [], more: Schema = {}): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties: { ...properties, properties: ref('propertyBag') },
  required,
  ...more,
});
const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const set = (items: Schema, more: Schema = {}): Schema => list(items, { uniqueItems: true, ...more });
const anyOf = (...names: readonly string[]): Schema => ({ anyOf: names.map((name) => ({ required: [name] })) });
const text: Schema = { type: 'string' };
const uri: Schema = { type: 'string', format: 'uri' };
const index: Schema = { type: 'integer', minimum: -1 };
const from1: Schema = { type: 'integer', minimum: 1 };
const level: Schema = { enum: ['none', 'note', 'warning', 'error'] };
const language: Schema = { type: 'string', pattern: '^[a-zA-Z]{2}(-[a-zA-Z]{2})?$' };

export const sarifSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...object({ $schema: uri, version: { const: '2.1.0' }, runs: list(ref('run')) }, ['version', 'runs']),
  definitions: {
    propertyBag: { type: 'object', properties: { tags: set(text) } },
    run: object(
      {
        tool: object({ driver: ref('toolComponent') }, ['driver']),
        invocations: list(ref('invocation')),
        language,
        originalUriBaseIds: { type: 'object', additionalProperties: ref('artifactLocation') },
        artifacts: set(ref('artifact')),
        results: list(ref('result')),
        newlineSequences: set(text, { minItems: 1 }),
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
      },
      ['tool'],
    ),
    toolComponent: object(
      {
        name: text,
        version: text,
        semanticVersion: text,
        informationUri: uri,
        shortDescription: ref('multiformatMessageString'),
        language,
        rules: set(ref('reportingDescriptor')),
        notifications: set(ref('reportingDescriptor')),
      },
      ['name'],
    ),
    reportingDescriptor: object(
      {
        id: text,
        name: text,
        shortDescription: ref('multiformatMessageString'),
        fullDescription: ref('multiformatMessageString'),
        help: ref('multiformatMessageString'),
        helpUri: uri,
        defaultConfiguration: ref('reportingConfiguration'),
      },
      ['id'],
    ),
    reportingConfiguration: object({ enabled: { type: 'boolean' }, level, rank: { type: 'number', minimum: -1, maximum: 100 } }),
    reportingDescriptorReference: object({ id: text, index }, [], anyOf('index', 'guid', 'id')),
    configurationOverride: object(
      { configuration: ref('reportingConfiguration'), descriptor: ref('reportingDescriptorReference') },
      ['configuration', 'descriptor'],
    ),
    invocation: object(
      {
        executionSuccessful: { type: 'boolean' },
        exitCode: { type: 'integer' },
        ruleConfigurationOverrides: set(ref('configurationOverride')),
        toolExecutionNotifications: list(ref('notification')),
      },
      ['executionSuccessful'],
    ),
    notification: object(
      { descriptor: ref('reportingDescriptorReference'), level, message: ref('message'), locations: set(ref('location')) },
      ['message'],
    ),
    message: object({ text, markdown: text, id: text, arguments: list(text) }, [], anyOf('text', 'id')),
    multiformatMessageString: object({ text, markdown: text }, ['text']),
    artifact: object({
      location: ref('artifactLocation'),
      sourceLanguage: text,
      roles: set({ enum: ['analysisTarget', 'resultFile', 'userSpecifiedConfiguration', 'referencedOnCommandLine'] }),
    }),
    artifactLocation: object({
      uri: { type: 'string', format: 'uri-reference' },
      uriBaseId: text,
      index,
      description: ref('message'),
    }),
    artifactContent: object({ text }),
    physicalLocation: object(
      { artifactLocation: ref('artifactLocation'), region: ref('region'), contextRegion: ref('region') },
      [],
      anyOf('address', 'artifactLocation'),
    ),
    region: object(
      { startLine: from1, startColumn: from1, endLine: from1, endColumn: from1, snippet: ref('artifactContent') },
      [],
      anyOf('startLine', 'charOffset', 'byteOffset'),
    ),
    logicalLocation: object({ name: text, fullyQualifiedName: text, kind: text, index }),
    location: object({
      id: { type: 'integer', minimum: -1 },
      physicalLocation: ref('physicalLocation'),
      logicalLocations: set(ref('logicalLocation')),
      message: ref('message'),
    }),
    replacement: object({ deletedRegion: ref('region'), insertedContent: ref('artifactContent') }, ['deletedRegion']),
    artifactChange: object(
      { artifactLocation: ref('artifactLocation'), replacements: list(ref('replacement'), { minItems: 1 }) },
      ['artifactLocation', 'replacements'],
    ),
    fix: object({ description: ref('message'), artifactChanges: set(ref('artifactChange'), { minItems: 1 }) }, [
      'artifactChanges',
    ]),
    suppression: object(
      {
        kind: { enum: ['inSource', 'external'] },
        status: { enum: ['accepted', 'underReview', 'rejected'] },
        justification: text,
      },
      ['kind'],
    ),
    result: object(
      {
        ruleId: text,
        ruleIndex: index,
        kind: { enum: ['notApplicable', 'pass', 'fail', 'review', 'open', 'informational'] },
        level,
        message: ref('message'),
        locations: list(ref('location')),
        relatedLocations: set(ref('location')),
        partialFingerprints: { type: 'object', additionalProperties: text },
        fixes: set(ref('fix')),
        suppressions: set(ref('suppression')),
      },
      ['message'],
    ),
  },
};
