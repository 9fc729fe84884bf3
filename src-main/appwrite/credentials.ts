import { Failure } from '../core/failure.ts'

/** Who asks: one project on the server and its API key. `null` sends no such header. */
export interface Credentials {
  readonly projectId: string | null
  readonly apiKey: string | null
}

/** For what needs no rights; `/health/version` even refuses a valid key (API facts, correction list, no. 6). */
export const nobody: Credentials = { projectId: null, apiKey: null }

const printable = /^[\x21-\x7e]+$/

/** Refuses what cannot be sent as a header, before anything is sent; the faults name the field of the connection. */
export function checkCredentials({ projectId, apiKey }: Credentials): void {
  if (projectId !== null && !printable.test(projectId)) {
    throw new Failure({
      code: 'invalid',
      field: 'projectId',
      message: 'The project id is empty or holds spaces or special characters. Copy it again from the Appwrite console.'
    })
  }
  if (apiKey !== null && !printable.test(apiKey)) {
    throw new Failure({
      code: 'invalid',
      field: 'apiKey',
      message:
        'The API key is empty or holds spaces, line breaks or special characters. Copy it again from the Appwrite console.'
    })
  }
}
