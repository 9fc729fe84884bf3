import { plainLine } from './plain-text.ts'

/** What was asked of whom: all a fault needs to tell what happened without knowing the connection. */
export interface Asked {
  /** As in the endpoint, with a port that is not the default one. */
  readonly host: string
  readonly isTls: boolean
  /** Below the endpoint, such as `/health/db`. */
  readonly path: string
  readonly projectId: string | null
  /** Only to mask it in what the server sends back. */
  readonly apiKey: string | null
  /** What else must not be told, such as the value of a variable. */
  readonly secrets?: readonly string[]
}

const maxDetailLength = 300

/** The raw cause as one line of at most 300 characters, without key and secrets. */
export function detailOf(text: string, asked: Asked): string {
  return toldOf(text, asked, maxDetailLength)
}

/** What a server says, as one line fit for a fault: without key and secrets. */
export function toldOf(text: string, { apiKey, secrets }: Asked, maxLength: number): string {
  return plainLine(text, apiKey, maxLength, secrets)
}
