import { expect } from 'vitest'
import { never } from '../appwrite/listener.ts'
import type { Check } from './stage.ts'

export const locale = {
  'GET /locale': async ({ official, project }) => {
    const { ip, eu } = await official.locale.get()
    const ours = await project.locale.get('', never)
    expect([ip, eu]).toEqual(['127.0.0.1', false])
    expect(ours).toMatchObject({ ip, isInEu: eu })
  },
  'GET /locale/codes': async ({ official, project }) => {
    const { total, localeCodes } = await official.locale.listCodes()
    expect([total, localeCodes.length]).toEqual([131, 131])
    expect(localeCodes).toEqual(await project.locale.codes('', never))
  },
  'GET /locale/continents': async ({ official, project }) => {
    const { total, continents } = await official.locale.listContinents()
    expect([total, continents.length]).toEqual([7, 7])
    expect(continents).toEqual(await project.locale.continents('', never))
  },
  'GET /locale/countries': async ({ official, project }) => {
    const { total, countries } = await official.locale.listCountries()
    expect([total, countries.length]).toEqual([197, 197])
    expect(countries).toEqual(await project.locale.countries('', never))
  },
  'GET /locale/countries/eu': async ({ official, project }) => {
    const { total, countries } = await official.locale.listCountriesEU()
    expect([total, countries.length]).toEqual([27, 27])
    expect(countries).toEqual(await project.locale.countriesOfEu('', never))
  },
  'GET /locale/countries/phones': async ({ official, project }) => {
    const { total, phones } = await official.locale.listCountriesPhones()
    expect([total, phones.length]).toEqual([196, 196])
    expect(phones).toEqual(await project.locale.phones('', never))
  },
  'GET /locale/currencies': async ({ official, project }) => {
    const { total, currencies } = await official.locale.listCurrencies()
    expect([total, currencies.length]).toEqual([117, 117])
    // Our own client tells the narrow no-break space of a symbol as a plain one.
    const read = currencies.map((one) => ({
      ...one,
      symbol: one.symbol.replace('\u202f', ' '),
      symbolNative: one.symbolNative.replace('\u202f', ' ')
    }))
    expect(read).toEqual(await project.locale.currencies('', never))
  },
  'GET /locale/languages': async ({ official, project }) => {
    const { total, languages } = await official.locale.listLanguages()
    expect([total, languages.length]).toEqual([186, 186])
    expect(languages).toEqual(await project.locale.languages('', never))
  }
} as const satisfies Readonly<Record<string, Check>>
