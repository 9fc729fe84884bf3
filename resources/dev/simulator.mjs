// npm run simulator -- [the simulator's own arguments]: a simulated Appwrite server on plain Node
import { pathToFileURL } from 'node:url'
import { ensureSimulatorBuilt } from './build.mjs'

const bundle = await ensureSimulatorBuilt()
// In this process, as if `node <bundle> …` had been run: signals reach it directly.
process.argv[1] = bundle
await import(pathToFileURL(bundle).href)
