/* global AbortController, fetch */
import { argv } from 'node:process'
import { pathToFileURL } from 'node:url'
import { Client, Functions, Health } from 'node-appwrite-13'
import { Pool } from 'undici'

// The same questions asked by four clients. The third argument is the client as it is built for the app.
const { ServerClient } = await import(pathToFileURL(argv[3]).href)
const concurrency = 16

const origin = argv[2]
const key = `standard_${'0123456789abcdef'.repeat(16)}`
const headers = { 'X-Appwrite-Project': 'desk-test', 'X-Appwrite-Key': key, 'X-Appwrite-Response-Format': '1.5.0' }
const depthPath = '/v1/health/queue/functions?threshold=2147483647'
const listPath = '/v1/functions/orders/executions'

const pool = new Pool(origin, { connections: concurrency, pipelining: 1 })
const client = new ServerClient({ endpoint: `${origin}/v1`, connections: concurrency })
const credentials = { projectId: 'desk-test', apiKey: key }
const health = client.health(credentials)
const { executions } = client.project(credentials, null)
const { signal } = new AbortController()
const sdk = new Client().setEndpoint(`${origin}/v1`).setProject('desk-test').setKey(key)
const sdkHealth = new Health(sdk)
const sdkFunctions = new Functions(sdk)

async function bare(path) {
  const { body } = await pool.request({ method: 'GET', path, headers })
  return JSON.parse(await body.text())
}

async function fetched(path) {
  const response = await fetch(`${origin}${path}`, { headers })
  return response.json()
}

const isDepth = (size) => size === 3
const isList = (list) => list.length === 25 && list[24].logs.length === 100_000

/** Each with what it must have got, so that nobody is measured for a mistake. */
export const cases = {
  'small GET': {
    standby: async () => isDepth((await health.depth('functions', signal)).value),
    'undici.request': async () => isDepth((await bare(depthPath)).size),
    fetch: async () => isDepth((await fetched(depthPath)).size),
    'node-appwrite@13': async () => isDepth((await sdkHealth.getQueueFunctions(2147483647)).size)
  },
  '25 executions with 100 kB of logs each': {
    standby: async () => isList((await executions.list('orders', {}, signal)).items),
    'undici.request': async () => isList((await bare(listPath)).executions),
    fetch: async () => isList((await fetched(listPath)).executions),
    'node-appwrite@13': async () => isList((await sdkFunctions.listExecutions('orders')).executions)
  }
}
