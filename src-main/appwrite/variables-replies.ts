import { z } from 'zod'
import { id, text, time } from './fields.ts'
import { pageReply } from './page-reply.ts'

/** A variable as the server has it. Its value is a secret of its owner, whether or not the server calls it one. */
export interface StoredVariable {
  readonly id: string
  readonly createdAtMs: number
  /** 1.5 answers an update with the time before it. */
  readonly updatedAtMs: number
  /** Up to 255 characters of any kind, unique within the function. */
  readonly key: string
  /** `null` for a secret one: no server tells it again. */
  readonly value: string | null
  /** Always `false` before 1.7. */
  readonly isSecret: boolean
  /** The function or project it belongs to. */
  readonly resourceId: string
}

/** A variable of a function. */
export interface Variable extends StoredVariable {
  /** Its value holds the API key Standby asks with, which is never shown: `value` is `null` then. */
  readonly isWithheld: boolean
}

export const variableReply = z
  .object({
    $id: id,
    $createdAt: time,
    $updatedAt: time,
    key: z.string(),
    value: text,
    secret: z.boolean().optional(),
    resourceId: z.string()
  })
  .transform(({ $id, $createdAt, $updatedAt, key, value, secret = false, resourceId }): StoredVariable => ({
    id: $id,
    createdAtMs: $createdAt,
    updatedAtMs: $updatedAt,
    key,
    value: secret ? null : value,
    isSecret: secret,
    resourceId
  }))

export const variablesReply = pageReply('variables', variableReply)
