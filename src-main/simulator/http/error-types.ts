const notFound = (thing: string) => `${thing} with the requested ID could not be found.`
const exists = (thing: string) =>
  `${thing} with the requested ID already exists. Try again with a different ID or use ID.unique() to generate a unique ID.`

/** Code and message of each error type this server can answer with (the API facts, §2). */
export const errorTypes = {
  build_already_completed: {
    code: 400,
    message: 'Build with the requested ID is already completed and cannot be canceled.'
  },
  build_in_progress: { code: 400, message: 'Build with the requested ID is already in progress.' },
  build_not_found: { code: 404, message: notFound('Build') },
  build_not_ready: { code: 400, message: 'Build with the requested ID is building and not ready for execution.' },
  deployment_not_found: { code: 404, message: notFound('Deployment') },
  document_already_exists: { code: 409, message: exists('Document') },
  execution_in_progress: { code: 400, message: 'The execution is still running and cannot be deleted.' },
  execution_not_found: { code: 404, message: notFound('Execution') },
  function_not_found: { code: 404, message: notFound('Function') },
  function_runtime_unsupported: { code: 404, message: 'The requested runtime is not supported.' },
  function_synchronous_timeout: {
    code: 408,
    message:
      "Synchronous function execution timed out. Use asynchronous execution instead, or ensure the execution duration doesn't exceed 30 seconds."
  },
  general_access_forbidden: { code: 401, message: 'Access to this API is forbidden.' },
  general_argument_invalid: { code: 400, message: 'The request contains one or more invalid arguments.' },
  general_bad_request: { code: 400, message: 'The request could not be understood.' },
  general_cursor_not_found: { code: 400, message: 'The cursor is invalid.' },
  general_query_invalid: { code: 400, message: 'The query is invalid.' },
  general_rate_limit_exceeded: {
    code: 429,
    message: 'Rate limit for the current endpoint has been exceeded. Please try again after some time.'
  },
  general_route_not_found: {
    code: 404,
    message: 'The requested route was not found. Please refer to the API docs and try again.'
  },
  general_server_error: { code: 500, message: 'An internal server error occurred.' },
  general_unauthorized_scope: { code: 401, message: 'The current user or API key does not have the required scopes.' },
  general_unknown: { code: 500, message: 'An unknown error has occurred.' },
  general_unknown_origin: { code: 403, message: 'The request originated from an unknown origin.' },
  graphql_method_unsupported: { code: 405, message: 'Only queries can be asked with GET.' },
  graphql_no_query: { code: 400, message: 'Param "query" is not optional.' },
  graphql_too_many_queries: { code: 400, message: 'Too many queries.' },
  health_certificate_expired: { code: 404, message: 'The certificate of the specified domain has expired.' },
  health_invalid_host: {
    code: 404,
    message:
      'Failed to establish a connection to the specified domain. Please verify the domain name and ensure that the server is running and accessible.'
  },
  health_queue_size_exceeded: { code: 503, message: 'Queue size threshold hit.' },
  message_already_exists: { code: 409, message: exists('Message') },
  message_already_failed: { code: 400, message: 'Message with the requested ID has already failed.' },
  message_already_processing: { code: 400, message: 'Message with the requested ID is already being processed.' },
  message_already_scheduled: {
    code: 400,
    message: 'Message with the requested ID has already been scheduled for delivery.'
  },
  message_already_sent: { code: 400, message: 'Message with the requested ID has already been sent.' },
  message_missing_schedule: { code: 400, message: 'A message to be scheduled needs a time.' },
  message_missing_target: {
    code: 400,
    message: 'Message with the requested ID has no recipients (topics or users or targets).'
  },
  message_not_found: { code: 404, message: notFound('Message') },
  message_target_not_email: { code: 400, message: 'Message with the target ID is not an email target.' },
  message_target_not_push: { code: 400, message: 'Message with the target ID is not a push target.' },
  project_id_missing: {
    code: 403,
    message: 'When using project API key, make sure to pass x-appwrite-project header with your project ID.'
  },
  project_key_expired: {
    code: 401,
    message: 'The project key has expired. Please generate a new key using the Appwrite console.'
  },
  project_not_found: {
    code: 404,
    message:
      'Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header to ensure the correct project ID is being used.'
  },
  provider_not_found: { code: 404, message: notFound('Provider') },
  storage_bucket_not_found: { code: 404, message: notFound('Storage bucket') },
  storage_file_not_found: { code: 404, message: notFound('The requested file') },
  storage_invalid_range: {
    code: 416,
    message: 'The requested range is not satisfiable. Please check the value of the Range header.'
  },
  topic_not_found: { code: 404, message: notFound('Topic') },
  user_key_and_session_set: {
    code: 403,
    message: 'API key and session used in the same request. Use either `setSession` or `setKey`.'
  },
  user_not_found: { code: 404, message: notFound('User') },
  user_target_not_found: { code: 404, message: 'The target could not be found.' },
  user_unauthorized: {
    code: 401,
    message: 'The current user is not authorized to perform the requested action.'
  },
  variable_already_exists: {
    code: 409,
    message: 'Variable with the same ID already exists in this project. Try again with a different ID.'
  },
  variable_cannot_unset_secret: {
    code: 400,
    message: 'Secret variables cannot be marked as non-secret. Please re-create the variable if this is your intention.'
  },
  variable_not_found: { code: 404, message: notFound('Variable') }
} as const

/** A type the server can name an error by. */
export type ErrorType = keyof typeof errorTypes
