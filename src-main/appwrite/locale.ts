import type { z } from 'zod'
import type { Caller } from './caller.ts'
import {
  codesReply,
  continentsReply,
  countriesReply,
  currenciesReply,
  languagesReply,
  phonesReply,
  placeReply,
  type Currency,
  type Language,
  type Named,
  type Phone,
  type Place
} from './locale-replies.ts'
import type { Operation } from './offers.ts'

/**
 * Places, languages and money as the server knows them. `language` is the one names come in, such as `de`; one the
 * server does not have is ignored by it, and an empty one leaves the choice to it. Every method throws a `Failure`.
 */
export class Locale {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  /** Where this machine is, as the server sees it: behind a proxy, where the proxy is. */
  get(language: string, signal: AbortSignal): Promise<Place> {
    return this.#get('GET /locale', placeReply, language, signal)
  }

  codes(language: string, signal: AbortSignal): Promise<readonly Named[]> {
    return this.#get('GET /locale/codes', codesReply, language, signal)
  }

  continents(language: string, signal: AbortSignal): Promise<readonly Named[]> {
    return this.#get('GET /locale/continents', continentsReply, language, signal)
  }

  countries(language: string, signal: AbortSignal): Promise<readonly Named[]> {
    return this.#get('GET /locale/countries', countriesReply, language, signal)
  }

  countriesOfEu(language: string, signal: AbortSignal): Promise<readonly Named[]> {
    return this.#get('GET /locale/countries/eu', countriesReply, language, signal)
  }

  phones(language: string, signal: AbortSignal): Promise<readonly Phone[]> {
    return this.#get('GET /locale/countries/phones', phonesReply, language, signal)
  }

  currencies(language: string, signal: AbortSignal): Promise<readonly Currency[]> {
    return this.#get('GET /locale/currencies', currenciesReply, language, signal)
  }

  languages(language: string, signal: AbortSignal): Promise<readonly Language[]> {
    return this.#get('GET /locale/languages', languagesReply, language, signal)
  }

  #get<Schema extends z.ZodType>(
    operation: Operation & `GET /locale${string}`,
    schema: Schema,
    language: string,
    signal: AbortSignal
  ): Promise<z.output<Schema>> {
    const query = language === '' ? {} : { query: { locale: language } }
    return this.#caller.ask(operation, schema, { path: operation.replace('GET ', ''), ...query }, signal)
  }
}
