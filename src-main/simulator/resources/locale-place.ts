import { headerOf, type ApiRequest } from '../http/request.ts'

/** Where an address is. */
export interface Place {
  readonly country: string
  readonly continent: string
  /** Of the countries alone whose currency the server knows. */
  readonly currency: string
}

/** The map of addresses this server has, by how an address begins. */
const known: readonly (readonly [start: string, place: Place])[] = [
  ['5.9.', { country: 'DE', continent: 'EU', currency: '' }],
  ['8.8.', { country: 'US', continent: 'NA', currency: 'USD' }],
  ['133.', { country: 'JP', continent: 'AS', currency: 'JPY' }],
  ['200.160.', { country: 'BR', continent: 'SA', currency: 'BRL' }]
]

/** The sender's address: what the first proxy says it is, else this machine's. */
export function addressOf(request: ApiRequest): string {
  return headerOf(request, 'x-forwarded-for')?.split(',', 1)[0]?.trim() ?? '127.0.0.1'
}

/** `null` for an address the map does not have. */
export function placeOf(address: string): Place | null {
  return known.find(([start]) => address.startsWith(start))?.[1] ?? null
}
