import { z } from 'zod'
import { count } from './decode.ts'

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[]
  /** How many there are in all, as far as the server counts. */
  readonly total: number
  /** Appwrite counts no further than 5000: `total` then means “at least”. */
  readonly isTotalCapped: boolean
}

const countsTo = 5000

/** The reply of a list call, whose items stand under `name`. */
export function pageReply<Item extends z.ZodType>(name: string, item: Item) {
  return z.object({ total: count, [name]: z.array(item) }).transform((reply): Page<z.output<Item>> => {
    const total = reply.total as number // the schema above has made it one
    const items = reply[name] as readonly z.output<Item>[] // as has it the items
    return { items, total, isTotalCapped: total >= countsTo }
  })
}
