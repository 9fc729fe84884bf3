import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { describe, expect, it } from 'vitest'
import { endpointRows, endpointTable, withEndpointTable } from './endpoint-table.ts'

const root = new URL('../../../', import.meta.url)
const readmeFile = fileURLToPath(new URL('README.md', root))
const reference = new URL('../shared/api/reference.txt', root)
const isThere = existsSync(reference)

const rows = endpointRows(root)
const ofReference = rows.filter(({ isInReference }) => isInReference)

describe('the table of endpoints', () => {
  it('has a client method, a simulator route, versions and a test for each of the fifty of the reference', () => {
    expect(ofReference).toHaveLength(50)
    expect(rows.filter((row) => Object.values(row).includes(''))).toEqual([])
  })

  it('shows each of the fifty with the official clients’ test and the oldest version’s route', () => {
    const others = ofReference.filter(
      ({ test, simulatorRoute }) => !test.startsWith('test/contract/official/') || !simulatorRoute.endsWith('(1.5.11)')
    )
    expect(others).toEqual([])
  })

  it('stands in the README as the code has it (npm run endpoint-table writes it)', async () => {
    const readme = readFileSync(readmeFile, 'utf8')
    const options = { ...(await resolveConfig(readmeFile)), parser: 'markdown' }
    expect(await format(withEndpointTable(readme, endpointTable(rows)), options)).toBe(await format(readme, options))
  })

  it.skipIf(!isThere)('has what the reference text has (skipped without ../shared/api/reference.txt)', () => {
    const lines = isThere ? readFileSync(reference, 'utf8').split('\n') : []
    const stated = lines.map((line) => line.trim()).filter((line) => /^(GET|POST|PUT|PATCH|DELETE) \//.test(line))
    expect(ofReference.map(({ endpoint }) => endpoint).sort()).toEqual([...new Set(stated)].sort())
  })
})
