// npm run endpoint-table: writes the table of endpoints into README.md, from the code that has them
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { runnerImport } from 'vite'
import { note, projectRoot } from './project.mjs'

const readmeFile = path.join(projectRoot, 'README.md')
// Node 20 does not read TypeScript.
const source = path.join(projectRoot, 'test/unit/appwrite/endpoint-table.ts')
const inline = { root: projectRoot, configFile: false, logLevel: 'error' }
const { endpointRows, endpointTable, withEndpointTable } = (await runnerImport(source, inline)).module

const readme = readFileSync(readmeFile, 'utf8')
const rows = endpointRows(pathToFileURL(`${projectRoot}/`))
const options = { ...(await resolveConfig(readmeFile)), parser: 'markdown' }
writeFileSync(readmeFile, await format(withEndpointTable(readme, endpointTable(rows)), options))
note(`README.md has the table of ${rows.length} endpoints.`)
