import { describe, expect, it } from 'vitest'
import { like } from '../ask.ts'
import { closeAfterEach, fields, rows, send, startAtNight, withQueries } from './functions-server.ts'

closeAfterEach()

const functionKeys = {
  '1.5.11':
    '$id $createdAt $updatedAt execute name enabled live logging runtime deployment vars events schedule timeout entrypoint commands version installationId providerRepositoryId providerBranch providerRootDirectory providerSilentMode',
  '1.6.2':
    '$id $createdAt $updatedAt execute name enabled live logging runtime deployment scopes vars events schedule timeout entrypoint commands version installationId providerRepositoryId providerBranch providerRootDirectory providerSilentMode specification',
  '1.8.1':
    '$id $createdAt $updatedAt execute name enabled live logging runtime deploymentId deploymentCreatedAt latestDeploymentId latestDeploymentCreatedAt latestDeploymentStatus scopes vars events schedule timeout entrypoint commands version installationId providerRepositoryId providerBranch providerRootDirectory providerSilentMode specification',
  '1.9.6':
    '$id $createdAt $updatedAt execute name enabled live logging runtime deploymentRetention deploymentId deploymentCreatedAt latestDeploymentId latestDeploymentCreatedAt latestDeploymentStatus scopes vars events schedule timeout entrypoint commands version installationId providerRepositoryId providerBranch providerRootDirectory providerSilentMode providerBranches providerPaths buildSpecification runtimeSpecification'
}

describe('the functions of a project', () => {
  it.each(Object.entries(functionKeys))('have the model of %s', async (version, keys) => {
    const simulator = await startAtNight({ version })
    const one = await send(simulator, 'GET', '/functions/checkout-api')
    expect(Object.keys(JSON.parse(one.body) as object)).toEqual(keys.split(' '))
    const [first] = await rows(simulator, '/functions', 'functions')
    expect(Object.keys(first ?? {})).toEqual(keys.split(' '))
  })

  it('are a dozen of different characters, and others in another project', async () => {
    const simulator = await startAtNight()
    const all = await rows(simulator, '/functions', 'functions')
    expect(all.map(({ $id }) => $id)).toEqual([
      'checkout-api',
      'payment-webhooks',
      'product-thumbnails',
      'order-mailer',
      'cart-cleanup',
      'sales-report',
      'catalogue-import',
      'stock-watch',
      'recommendations',
      'search-index',
      'consent-beacon',
      'erp-price-sync',
      'gift-cards'
    ])
    expect(all.filter(({ enabled }) => enabled === false).map(({ $id }) => $id)).toEqual(['erp-price-sync'])
    expect(all.filter(({ logging }) => logging === false).map(({ $id }) => $id)).toEqual(['consent-beacon'])
    expect(all.filter(({ deployment }) => deployment === '').map(({ $id }) => $id)).toEqual(['gift-cards'])
    expect(all.filter(({ live }) => live === false).map(({ $id }) => $id)).toEqual(['stock-watch'])
    expect(new Set(all.map(({ runtime }) => runtime)).size).toBe(5)
    const other = simulator.projects[1]
    const reply = await fields(
      send(simulator, 'GET', '/functions/invoice-api', undefined, {
        'X-Appwrite-Project': other?.projectId ?? '',
        'X-Appwrite-Key': other?.apiKey ?? ''
      })
    )
    expect(reply).toMatchObject({ status: 200, name: 'Invoice API' })
  })

  it('are found by search, filters and pages', async () => {
    const simulator = await startAtNight()
    const ids = async (path: string) => (await rows(simulator, path, 'functions')).map(({ $id }) => $id)
    expect(await ids('/functions?search=thumb')).toEqual(['product-thumbnails'])
    expect(
      await ids(withQueries('/functions', { method: 'equal', attribute: 'runtime', values: ['python-3.9'] }))
    ).toEqual(['sales-report', 'catalogue-import'])
    expect(
      await ids(withQueries('/functions', { method: 'limit', values: [1] }, { method: 'offset', values: [2] }))
    ).toEqual(['product-thumbnails'])
    expect(await fields(send(simulator, 'GET', '/functions/nope'))).toMatchObject({
      status: 404,
      type: 'function_not_found'
    })
  })

  it('tell their secrets in clear in 1.5, and keep them from 1.7 on', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.7.5' })]
    const value = async (simulator: typeof old) =>
      (await rows(simulator, '/functions/order-mailer', 'vars')).find(({ key }) => key === 'SMTP_PASSWORD')
    expect(await value(old)).toMatchObject({ value: like(/^.{8,}$/) })
    expect(await value(old)).not.toHaveProperty('secret')
    expect(await value(modern)).toMatchObject({ value: '', secret: true })
  })

  it('tell runtimes to those with a key up to 1.6, and to those without from 1.7 on', async () => {
    const [old, modern] = [await startAtNight(), await startAtNight({ version: '1.9.6' })]
    expect(await fields(send(old, 'GET', '/functions/runtimes'))).toMatchObject({ status: 200, total: 5 })
    expect(await fields(send(modern, 'GET', '/functions/runtimes'))).toMatchObject({ status: 401 })
    const open = send(modern, 'GET', '/functions/runtimes', undefined, { 'X-Appwrite-Key': '' })
    expect(await fields(open)).toMatchObject({ status: 200, total: 6 })
    expect(await fields(send(modern, 'GET', '/functions/specifications'))).toMatchObject({ status: 200, total: 9 })
    expect(await fields(send(old, 'GET', '/functions/specifications'))).toMatchObject({ status: 404 })
  })

  it('count what was done, in totals that are the sums of their series', async () => {
    const simulator = await startAtNight({ version: '1.9.6' })
    for (const range of ['24h', '30d', '90d']) {
      const usage = await fields(send(simulator, 'GET', `/functions/checkout-api/usage?range=${range}`))
      const points = range === '24h' ? 24 : Number.parseInt(range)
      const series = usage.executions
      if (!Array.isArray(series)) throw new Error('No series.')
      const values = series.map((point: { value: number }) => point.value)
      expect(values).toHaveLength(points)
      expect(usage.executionsTotal).toBe(values.reduce((sum, value) => sum + value, 0))
      expect(usage.executionsTotal).toBeGreaterThan(200)
    }
    expect(await fields(send(simulator, 'GET', '/functions/usage?range=7d'))).toMatchObject({
      status: 400,
      message: 'Invalid `range` param: Value must be one of (24h, 30d, 90d)'
    })
    const main = await startAtNight({ version: 'main' })
    expect((await send(main, 'GET', '/functions/usage')).status).toBe(404)
  })
})
