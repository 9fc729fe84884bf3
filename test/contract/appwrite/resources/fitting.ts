import type { Say } from './asking.ts'
import { wireDeployment, wireExecution, wireFunction, wireMessage, wireVariable } from './wire.ts'

/** Says something that fits every call that a test makes to see what it asks. */
export const fitting: Say = ({ method, path }) => {
  if (path.endsWith('/runtimes')) return { body: { total: 0, runtimes: [] } }
  if (path.endsWith('/specifications')) return { body: { total: 0, specifications: [] } }
  if (path.startsWith('/messaging')) return { status: 201, body: wireMessage() }
  if (/\/deployment$|\/functions\/[^/]+$/.test(path) || (method === 'PATCH' && /\/deployments\/[^/]+$/.test(path))) {
    return { body: wireFunction() }
  }
  if (path.endsWith('/executions')) {
    return method === 'POST'
      ? { status: 202, body: wireExecution({ status: 'waiting' }) }
      : { body: { total: 1, executions: [wireExecution()] } }
  }
  if (path.includes('/executions/')) return { body: wireExecution() }
  if (path.endsWith('/variables')) {
    return method === 'POST'
      ? { status: 201, body: wireVariable() }
      : { body: { total: 1, variables: [wireVariable()] } }
  }
  if (path.includes('/variables/')) return { body: wireVariable() }
  if (path.endsWith('/deployments')) return { body: { total: 1, deployments: [wireDeployment()] } }
  if (/\/deployments\/.*(builds|build|duplicate)/.test(path) && method === 'POST') return { status: 204 }
  return { body: wireDeployment() }
}
