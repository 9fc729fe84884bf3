import { errorTypes, type ErrorType } from './error-types.ts'

/** Thrown by whatever refuses a request; `code` and `message` are what the server knows, before masking. */
export class ApiError extends Error {
  /** One of the types, or a text the server puts in its place by mistake. */
  readonly type: string
  readonly code: number

  /** Without a message the type's own is told. */
  constructor(type: ErrorType, message: string = errorTypes[type].message) {
    super(message)
    this.name = 'ApiError'
    this.type = type
    this.code = errorTypes[type].code
  }

  /** The defect of 1.7 and 1.9 by which a refusal leaves as 500 with its message in the place of its type. */
  static withoutType(message: string): ApiError {
    return new UntypedError(message)
  }
}

class UntypedError extends ApiError {
  override readonly type: string

  constructor(message: string) {
    super('general_unknown', message)
    this.type = message
  }
}

export interface ErrorBody {
  readonly message: string
  readonly code: number
  readonly type: string
  readonly version: string
}

/** What leaves the server: a code that is not public goes out as 500 `Server Error`, but keeps its type (§2). */
export function errorBody(error: ApiError, publicCodes: readonly number[], version: string): ErrorBody {
  const isPublic = publicCodes.includes(error.code)
  return {
    message: isPublic ? error.message : 'Server Error',
    code: isPublic ? error.code : 500,
    type: error.type,
    version
  }
}
