import { withoutPieces, withoutSecret } from './plain-text.ts'
import { pieceLength, SecretSearch } from './secret-search.ts'

/** The value with the key masked in every text; the same value, not copied, when the key is nowhere in it. */
export function withoutKey<Value>(value: Value, apiKey: string | null): Value
export function withoutKey(value: unknown, apiKey: string | null): unknown {
  if (apiKey === null || apiKey === '') return value
  if (apiKey.length < pieceLength) return mapped(value, (text) => withoutSecret(text, apiKey))
  let search: SecretSearch | null = null // made for the first text that could hold a piece: most replies have none
  return mapped(value, (text) => {
    if (text.length < pieceLength) return text
    search ??= new SecretSearch(apiKey)
    return withoutPieces(text, search)
  })
}

function mapped(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return mappedList(value, mask)
  let changes: Map<string, [name: string, item: unknown]> | null = null
  for (const key in value) {
    const item = (value as Readonly<Record<string, unknown>>)[key] // any object may be read so
    const masked = mapped(item, mask)
    const name = mask(key)
    if (masked !== item || name !== key) (changes ??= new Map()).set(key, [name, masked])
  }
  if (changes === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => changes.get(key) ?? [key, item]))
}

function mappedList(list: readonly unknown[], mask: (text: string) => string): readonly unknown[] {
  let copy: unknown[] | null = null
  for (const [at, item] of list.entries()) {
    const masked = mapped(item, mask)
    if (masked === item) continue
    copy ??= [...list]
    copy[at] = masked
  }
  return copy ?? list
}
