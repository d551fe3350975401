import { BSONError } from 'bson';

/** A refusal in MongoDB's own terms: it travels to the client as `{ ok: 0, code, codeName, errmsg }`. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  /** Further fields of the reply, such as `keyPattern` of a duplicate key. */
  readonly fields: Record<string, unknown>;

  constructor(code: keyof typeof names, message: string, fields: Record<string, unknown> = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = Number(code);
    this.codeName = names[code];
    this.fields = fields;
  }
}

// Numbers and names as in MongoDB's src/mongo/base/error_codes.yml; 16500 is Cosmos DB's own.
const names = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  15: 'Overflow',
  17: 'ProtocolError',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  56: 'EmptyFieldName',
  52: 'DollarPrefixedFieldName',
  59: 'CommandNotFound',
  61: 'ShardKeyNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  68: 'IndexAlreadyExists',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  117: 'ConflictingOperationInProgress',
  171: 'CannotIndexParallelArrays',
  225: 'TransactionTooOld',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction',
  286: 'ChangeStreamHistoryLost',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  16500: 'RequestRateTooLarge',
  40323: 'InvalidPipelineStage',
  40324: 'UnrecognizedPipelineStage',
  40415: 'UnknownField',
} as const;

export type Failure = { code: number; codeName: string; errmsg: string } & Record<string, unknown>;

/** What the client is told of an error. One that is no refusal is ours, and logged. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommandError) {
    return { code: error.code, codeName: error.codeName, errmsg: error.message, ...error.fields };
  }
  if (error instanceof BSONError) return { code: 22, codeName: 'InvalidBSON', errmsg: error.message };
  // The stack ends before a nesting does.
  if (error instanceof RangeError) return { code: 15, codeName: 'Overflow', errmsg: 'Nested too deeply' };
  console.error('cosmos: a command failed unexpectedly', error);
  return { code: 1, codeName: 'InternalError', errmsg: 'Internal error' };
}
