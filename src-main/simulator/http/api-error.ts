/** Code and message of each error type this server can answer with; a message may be given where it is thrown. */
const types = {
  general_argument_invalid: { code: 400, message: 'The request contains one or more invalid arguments.' },
  general_unauthorized_scope: { code: 401, message: 'The current user or API key does not have the required scopes.' },
  project_key_expired: {
    code: 401,
    message: 'The project key has expired. Please generate a new key using the Appwrite console.'
  },
  project_not_found: {
    code: 404,
    message:
      'Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header to ensure the correct project ID is being used.'
  },
  general_route_not_found: {
    code: 404,
    message: 'The requested route was not found. Please refer to the API docs and try again.'
  },
  health_invalid_host: {
    code: 404,
    message:
      'Failed to establish a connection to the specified domain. Please verify the domain name and ensure that the server is running and accessible.'
  },
  general_unknown: { code: 500, message: 'An unknown error has occurred.' },
  general_server_error: { code: 500, message: 'An internal server error occurred.' },
  health_queue_size_exceeded: { code: 503, message: 'Queue size threshold hit.' }
} as const
export type ErrorType = keyof typeof types

/** Thrown by whatever refuses a request; `code` and `message` are what the server knows, before masking. */
export class ApiError extends Error {
  readonly type: ErrorType
  readonly code: number

  constructor(type: ErrorType, message: string = types[type].message) {
    super(message)
    this.name = 'ApiError'
    this.type = type
    this.code = types[type].code
  }
}

export interface ErrorBody {
  readonly message: string
  readonly code: number
  readonly type: ErrorType
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
