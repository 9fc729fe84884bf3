import { headerOf, type ApiRequest } from '../http/request.ts'
import { ok, type Resource, type Route, type ToldJson } from '../http/route.ts'
import type { Version } from '../versions/version.ts'
import type { World } from '../world/world.ts'
import {
  continents,
  countries,
  currencies,
  euCountries,
  finestCurrencies,
  languages,
  localeCodes,
  prefixes,
  wholeCurrencies
} from './locale-codes.ts'
import { byName, currencyNames, namesIn, nativeName } from './locale-names.ts'
import { addressOf, placeOf } from './locale-place.ts'

const keptForS = 45 * 24 * 3600

/** The language names are asked in: the query wins over the header, as for every parameter. */
function localeOf(request: ApiRequest): string {
  const asked = request.query.get('locale')
  return typeof asked === 'string' && asked !== '' ? asked : (headerOf(request, 'x-appwrite-locale') ?? 'en')
}

function cacheHeaders({ localeCache }: Version, world: World): Readonly<Record<string, string>> {
  if (localeCache === null) return {}
  const control = { 'Cache-Control': `${localeCache}, max-age=${keptForS}` }
  return localeCache === 'private'
    ? control
    : { ...control, Expires: new Date(world.clock.nowMs() + keptForS * 1000).toUTCString() }
}

function here(request: ApiRequest, world: World): ToldJson {
  const ip = addressOf(request)
  const place = placeOf(ip)
  const headers = cacheHeaders(world.version, world)
  const unknown = { countryCode: '--', country: 'Unknown', continentCode: '--', continent: 'Unknown' }
  if (place === null) return { ...ok({ ip, ...unknown, eu: false, currency: '' }), headers }
  const name = namesIn(localeOf(request), 'region')
  const region = continents.find(([code]) => code === place.continent)?.[1] ?? ''
  const found = {
    ip,
    countryCode: place.country,
    country: name(place.country),
    continentCode: place.continent,
    continent: name(region),
    eu: euCountries.includes(place.country),
    currency: place.currency
  }
  return { ...ok(found), headers }
}

function listed(name: string, items: readonly unknown[]): ToldJson {
  return ok({ total: items.length, [name]: items })
}

function named(codes: readonly (readonly [code: string, region: string])[], request: ApiRequest) {
  const name = namesIn(localeOf(request), 'region')
  return byName(codes.map(([code, region]) => ({ name: name(region), code })))
}

const own = (codes: readonly string[]) => codes.map((code) => [code, code] as const)

function phones(request: ApiRequest) {
  const name = namesIn(localeOf(request), 'region')
  return prefixes.map(([countryCode, prefix]) => ({ code: `+${prefix}`, countryCode, countryName: name(countryCode) }))
}

// Names of languages are not translated.
const english = namesIn('en', 'language')
const codeAndName = (code: string) => ({ code, name: english(code) })
const language = (code: string) => ({ name: english(code), code, nativeName: nativeName(code) })

function decimalDigits(code: string): number {
  if (wholeCurrencies.includes(code)) return 0
  return finestCurrencies.includes(code) ? 3 : 2
}

function currency(code: string) {
  const { symbol, name, symbolNative, namePlural } = currencyNames(code)
  // The Swiss franc alone is rounded to more than its smallest coin.
  const rounding = code === 'CHF' ? 0.05 : 0
  return { symbol, name, symbolNative, decimalDigits: decimalDigits(code), rounding, code, namePlural }
}

const route = (pattern: string, operation: string, handle: Route['handle']): Route => ({
  method: 'GET',
  pattern: `/locale${pattern}`,
  scope: 'locale.read',
  operation: `locale.${operation}`,
  handle
})

/** Countries, languages and currencies, and where the sender is; open to everybody. */
export const locale: Resource = () => [
  route('', 'get', ({ request }, world) => here(request, world)),
  route('/codes', 'listCodes', () => listed('localeCodes', localeCodes.map(codeAndName))),
  route('/continents', 'listContinents', ({ request }) => listed('continents', named(continents, request))),
  route('/countries', 'listCountries', ({ request }) => listed('countries', named(own(countries), request))),
  route('/countries/eu', 'listCountriesEU', ({ request }) => listed('countries', named(own(euCountries), request))),
  route('/countries/phones', 'listCountriesPhones', ({ request }) => listed('phones', phones(request))),
  route('/currencies', 'listCurrencies', () => listed('currencies', currencies.map(currency))),
  route('/languages', 'listLanguages', () => listed('languages', languages.map(language)))
]
