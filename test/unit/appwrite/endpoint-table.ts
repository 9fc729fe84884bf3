import { readdirSync, readFileSync } from 'node:fs'
import { operations, type OperationRow } from '../../../src-main/appwrite/operations.ts'
import { resources } from '../../../src-main/simulator/resources/resources.ts'
import { supportedVersions, versionNamed } from '../../../src-main/simulator/versions/versions.ts'

/** One operation of the API in every place it is in; an empty cell is a place it is missing in. */
export interface EndpointRow {
  /** `METHOD /path`, as the reference writes it. */
  readonly endpoint: string
  readonly isInReference: boolean
  readonly clientMethod: string
  /** As the oldest simulated version that has it calls it, and that version. */
  readonly simulatorRoute: string
  readonly versions: string
  /** The file with the code that exercises it, from the project's top folder. */
  readonly test: string
}

const begin = '<!-- endpoints: npm run endpoint-table -->'
const end = '<!-- /endpoints -->'

/** Every operation, those of the reference first. `root` is the project's top folder, ending in a slash. */
export function endpointRows(root: URL): readonly EndpointRow[] {
  const routes = simulatedRoutes()
  const tests = testsBelow(root)
  return operations.map((row) => ({
    endpoint: row.operation,
    isInReference: row.isInReference,
    clientMethod: row.call,
    simulatorRoute: routes.get(formOf(row.operation)) ?? '',
    versions: versionsOf(row),
    // As a key of a table, and not only named by the way.
    test: tests.find(({ text }) => text.includes(`\n  '${row.operation}': `))?.file ?? ''
  }))
}

/** The table in Markdown, not yet laid out. */
export function endpointTable(rows: readonly EndpointRow[]): string {
  const head = ['| Endpoint | Client method | Simulator route | Versions | Test |', '| --- | --- | --- | --- | --- |']
  const lines = rows.map(
    ({ endpoint, clientMethod, simulatorRoute, versions, test }) =>
      `| \`${endpoint}\` | \`${clientMethod}\` | ${simulatorRoute} | ${versions} | [${nameOf(test)}](${test}) |`
  )
  return [...head, ...lines].join('\n')
}

/** The README with another table in its place; throws where it has no place for one. */
export function withEndpointTable(readme: string, table: string): string {
  const from = readme.indexOf(begin)
  const to = readme.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table: ${begin} and ${end}.`)
  return `${readme.slice(0, from + begin.length)}\n\n${table}\n\n${readme.slice(to)}`
}

/** Names of a path's parts differ from table to table; their places do not. */
const formOf = (operation: string) => operation.replace(/\{\w+\}/g, '{}')

function simulatedRoutes(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const name of supportedVersions) {
    for (const { method, pattern, operation } of resources.flatMap((resource) => resource(versionNamed(name)))) {
      const form = formOf(`${method} ${pattern}`)
      const called = operation === undefined || operation.endsWith('.') ? `${method} ${pattern}` : operation
      if (!found.has(form)) found.set(form, `\`${called}\` (${name})`)
    }
  }
  return found
}

function versionsOf({ since, until }: OperationRow): string {
  // 2.0.0 stands for the main branch.
  if (since === '2.0.0') return 'after 1.9.6'
  const from = since ?? '1.5.0'
  if (until === undefined) return `${from} and later`
  return until === '2.0.0' ? `${from} to 1.9.6` : `${from} to before ${until}`
}

/** The official clients' tests first, then our own client's, which alone know the operations beyond the reference. */
function testsBelow(root: URL): readonly { readonly file: string; readonly text: string }[] {
  const official = 'test/contract/official/'
  const files = readdirSync(new URL(official, root))
    .filter((name) => name.endsWith('.ts') && name !== 'checks.ts')
    .sort()
    .map((name) => `${official}${name}`)
  return [...files, 'test/contract/appwrite/resources/calls.ts'].map((file) => ({
    file,
    text: readFileSync(new URL(file, root), 'utf8')
  }))
}

const nameOf = (file: string) => file.replace(/^test\/contract\//, '')
