import { describe, expect, it } from 'vitest'
import { never } from '../listener.ts'
import { projectOn, saying } from './asking.ts'

describe('the locale', () => {
  it('tells a place only when the server knows it', async () => {
    const place = {
      ip: '::1',
      countryCode: '--',
      country: 'Unknown',
      continentCode: '--',
      continent: 'Unknown',
      eu: false
    }
    for (const currency of ['', null]) {
      const { project } = await projectOn(saying({ ...place, currency }), '1.5.11')
      expect(await project.locale.get('', never)).toEqual({
        ip: '::1',
        countryCode: null,
        country: null,
        continentCode: null,
        continent: null,
        isInEu: false,
        currency: null
      })
    }
  })

  it('comes in the language asked for', async () => {
    const say = saying({ total: 1, countries: [{ code: 'DE', name: 'Deutschland' }] })
    const { project, got } = await projectOn(say, '1.5.11')
    expect(await project.locale.countriesOfEu('de', never)).toEqual([{ code: 'DE', name: 'Deutschland' }])
    expect(got[0]).toMatchObject({ path: '/locale/countries/eu', query: [['locale', 'de']] })
  })
})
