import { localeCodes } from './locale-codes.ts'

type Kind = 'region' | 'language'

/** Locales the server knows by a code of its own making have the names of the fallback. */
function known(locale: string): string {
  return localeCodes.includes(locale) && Intl.DisplayNames.supportedLocalesOf([locale]).length > 0 ? locale : 'en'
}

/** What regions or languages are called in a language; a code without a name is its own. */
export function namesIn(locale: string, type: Kind): (code: string) => string {
  const names = new Intl.DisplayNames([known(locale)], { type, languageDisplay: 'standard' })
  return (code) => {
    try {
      return names.of(code) ?? code
    } catch {
      return code
    }
  }
}

/** The name a language has for itself. */
export function nativeName(code: string): string {
  const isSpoken = Intl.DisplayNames.supportedLocalesOf([code]).length > 0
  return new Intl.DisplayNames([isSpoken ? code : 'en'], { type: 'language' }).of(code) ?? code
}

/** Names in order; by code unit, as PHP sorts, so that `Österreich` comes last. */
export function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
}

/** The part of a formatted amount that is its currency. */
function currencyPart(code: string, display: 'symbol' | 'narrowSymbol' | 'name', amount: number): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: display })
    .formatToParts(amount)
    .filter(({ type }) => type === 'currency')
  return parts[0]?.value ?? code
}

/** How a currency is written and called. */
export const currencyNames = (code: string) => ({
  symbol: currencyPart(code, 'symbol', 2),
  symbolNative: currencyPart(code, 'narrowSymbol', 2),
  name: new Intl.DisplayNames(['en'], { type: 'currency' }).of(code) ?? code,
  namePlural: currencyPart(code, 'name', 2)
})
