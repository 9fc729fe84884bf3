import { readFileSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './whole-file.ts'

/** One key as it lies in the file: encrypted, with the name of the store that did it. */
export interface KeptSecret {
  readonly backend: string
  /** Base64. */
  readonly data: string
}

export interface VaultContent {
  readonly isWeakAccepted: boolean
  readonly secrets: ReadonlyMap<string, KeptSecret>
}

const content = z.object({
  version: z.literal(1),
  isWeakAccepted: z.boolean(),
  secrets: z.record(z.string(), z.object({ backend: z.string(), data: z.base64() }))
})

/** The first versions wrote only what a keyring had encrypted, without its name. */
const unversioned = z.record(z.string(), z.base64())

const empty: VaultContent = { isWeakAccepted: false, secrets: new Map() }

export interface ReadVault {
  readonly content: VaultContent
  /** What the user must know; `null` when all is well. */
  readonly notice: string | null
}

/**
 * The file of encrypted keys; `backend` is the present store, which the oldest files are taken to be of. One that cannot
 * be read is set aside, never overwritten; `notice` then says so.
 */
export function readVaultFile(file: string, backend: string): ReadVault {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return { content: empty, notice: null }
  }
  try {
    return { content: parse(JSON.parse(text), backend), notice: null }
  } catch {
    const aside = `${file}.unreadable-${Date.now()}`
    renameSync(file, aside)
    const notice = `The file of API keys could not be read. It was kept as ${basename(aside)}; enter the keys again.`
    return { content: empty, notice }
  }
}

function parse(written: unknown, backend: string): VaultContent {
  const old = unversioned.safeParse(written)
  if (old.success) {
    const secrets = Object.entries(old.data).map(([id, data]) => [id, { backend, data }] as const)
    return { isWeakAccepted: false, secrets: new Map(secrets) }
  }
  const { isWeakAccepted, secrets } = content.parse(written)
  return { isWeakAccepted, secrets: new Map(Object.entries(secrets)) }
}

export function writeVaultFile(file: string, { isWeakAccepted, secrets }: VaultContent): void {
  const written: z.infer<typeof content> = { version: 1, isWeakAccepted, secrets: Object.fromEntries(secrets) }
  writeWhole(file, JSON.stringify(written))
}
