import { z } from 'zod'
import { count } from './decode.ts'
import { line } from './fields.ts'

/** Where a client is, by its address. */
export interface Place {
  readonly ip: string
  /** `null` when the server cannot tell, as for a private address. */
  readonly countryCode: string | null
  readonly country: string | null
  readonly continentCode: string | null
  readonly continent: string | null
  readonly isInEu: boolean
  readonly currency: string | null
}

/** Of a country, continent or language: its code and its name in the language asked for. */
export interface Named {
  readonly code: string
  readonly name: string
}

export interface Phone {
  /** Such as `+49`. */
  readonly code: string
  readonly countryCode: string
  readonly countryName: string
}

export interface Currency {
  readonly code: string
  readonly name: string
  readonly namePlural: string
  readonly symbol: string
  readonly symbolNative: string
  readonly decimalDigits: number
  readonly rounding: number
}

export interface Language extends Named {
  /** In the language itself. */
  readonly nativeName: string
}

export const placeReply = z
  .object({
    ip: line,
    countryCode: line,
    country: line,
    continentCode: line,
    continent: line,
    eu: z.boolean(),
    currency: line
  })
  .transform((reply): Place => {
    const isKnown = reply.countryCode !== '--' && reply.countryCode !== ''
    const known = (value: string): string | null => (isKnown && value !== '' ? value : null)
    return {
      ip: reply.ip,
      countryCode: known(reply.countryCode),
      country: known(reply.country),
      continentCode: known(reply.continentCode),
      continent: known(reply.continent),
      isInEu: reply.eu,
      currency: known(reply.currency)
    }
  })

const named = z.object({ code: line, name: line }).transform(({ code, name }): Named => ({ code, name }))

export const codesReply = z.object({ localeCodes: z.array(named) }).transform(({ localeCodes }) => localeCodes)

export const continentsReply = z.object({ continents: z.array(named) }).transform(({ continents }) => continents)

export const countriesReply = z.object({ countries: z.array(named) }).transform(({ countries }) => countries)

export const phonesReply = z
  .object({
    phones: z.array(
      z
        .object({ code: line, countryCode: line, countryName: line })
        .transform(({ code, countryCode, countryName }): Phone => ({ code, countryCode, countryName }))
    )
  })
  .transform(({ phones }) => phones)

export const currenciesReply = z
  .object({
    currencies: z.array(
      z
        .object({
          code: line,
          name: line,
          namePlural: line,
          symbol: line,
          symbolNative: line,
          decimalDigits: count,
          rounding: z.number().min(0)
        })
        .transform((reply): Currency => reply)
    )
  })
  .transform(({ currencies }) => currencies)

export const languagesReply = z
  .object({
    languages: z.array(
      z
        .object({ code: line, name: line, nativeName: line })
        .transform(({ code, name, nativeName }): Language => ({ code, name, nativeName }))
    )
  })
  .transform(({ languages }) => languages)
