import { ApiError } from '../http/api-error.ts'
import { textParam } from '../http/params.ts'
import { ok, type Resource, type Told } from '../http/route.ts'
import type { Asked } from '../http/route.ts'
import { countsTotal, listPage, readList, selectFields } from '../lists/list-request.ts'
import type { RowValue } from '../lists/match.ts'
import { matchesSearch } from '../lists/search.ts'
import { isFrom, type Version } from '../versions/version.ts'
import { archiveBytes } from '../world/functions/archive.ts'
import type { DeploymentState } from '../world/functions/deployment-store.ts'
import type { FunctionState } from '../world/functions/function.ts'
import type { FunctionProfile } from '../world/functions/profile.ts'
import { idField, requireParam } from './functions-body.ts'
import { buildSeconds, deploymentJson, hasBuild } from './deployments-model.ts'
import { deploymentOf, functionOf, functionsOf } from './functions-access.ts'
import { functionJson } from './functions-model.ts'
import { longestSearch } from './functions.ts'

const readerOf =
  (profile: FunctionProfile, version: Version) =>
  (state: DeploymentState, attribute: string): RowValue => {
    const { deployment, build } = state
    const source = () => archiveBytes(deployment, 'source')
    const output = () => (build.status === 'ready' ? archiveBytes(deployment, 'output') : 0)
    switch (attribute) {
      case '$id':
        return deployment.id
      case '$createdAt':
        return deployment.createdAtMs
      case '$updatedAt':
        return state.updatedAtMs
      case 'size':
        return isFrom(version, '1.6') ? source() : source() + output()
      case 'sourceSize':
        return source()
      case 'buildSize':
        return output()
      case 'totalSize':
        return source() + output()
      case 'buildDuration':
        return buildSeconds(state)
      case 'buildId':
        return hasBuild(state) ? deployment.buildId : ''
      case 'status':
        return build.status
      case 'activate':
        return state.isActivating
      case 'type':
        return deployment.type
      case 'entrypoint':
        return profile.entrypoint
      case 'commands':
        return profile.commands
      default:
        return undefined
    }
  }

function listDeployments(asked: Asked, version: Version): Told {
  const { query } = asked.request
  const list = readList(query, 'deployments', version)
  const search = textParam(query, 'search', '', longestSearch)
  const { profile, deployments } = functionOf(asked)
  // From 1.7 on there is nothing to search in, and the database says so.
  if (search !== '' && isFrom(version, '1.7')) throw new ApiError('general_unknown')
  const rows = deployments
    .all()
    .filter(({ deployment }) => search === '' || matchesSearch(`${deployment.id} ${profile.entrypoint}`, search))
  const idOf = ({ deployment }: DeploymentState) => deployment.id
  const page = listPage({ rows, idOf, read: readerOf(profile, version) }, list, 'Deployment')
  return ok({
    total: countsTotal(query, version) ? page.total : 0,
    deployments: page.rows.map((state) => selectFields(deploymentJson(state, profile, version, true), list.selected))
  })
}

/** Makes a deployment the active one; whose it is nobody asks, as on the real server. */
function activate(asked: Asked, deploymentId: string, version: Version): Told {
  const state: FunctionState = functionOf(asked)
  const world = functionsOf(asked)
  const found = world.findDeployment(deploymentId)
  if (found === null) throw new ApiError('deployment_not_found')
  if (!isFrom(version, '1.7') && !hasBuild(found.state)) throw new ApiError('build_not_found')
  if (found.state.build.status !== 'ready') throw new ApiError('build_not_ready')
  state.deployments.activate(deploymentId)
  return ok(functionJson(state, world, version))
}

/** The deployments of a function: looking, activating, deleting. */
export const deployments: Resource = (version) => {
  const pattern = '/functions/{functionId}/deployments'
  const one = `${pattern}/{deploymentId}`
  const isModern = isFrom(version, '1.7')
  return [
    {
      method: 'GET',
      pattern,
      scope: 'functions.read',
      operation: 'functions.listDeployments',
      model: 'deploymentList',
      handle: (asked) => listDeployments(asked, version)
    },
    {
      method: 'GET',
      pattern: one,
      scope: 'functions.read',
      operation: 'functions.getDeployment',
      model: 'deployment',
      handle: (asked) => {
        const state = functionOf(asked)
        return ok(deploymentJson(deploymentOf(asked, state), state.profile, version))
      }
    },
    {
      method: 'PATCH',
      pattern: one,
      scope: 'functions.write',
      operation: isModern ? 'functions.updateFunctionDeployment' : 'functions.updateDeployment',
      model: 'function',
      handle: (asked) => activate(asked, asked.path.deploymentId ?? '', version)
    },
    ...(isModern
      ? [
          {
            method: 'PATCH' as const,
            pattern: '/functions/{functionId}/deployment',
            scope: 'functions.write',
            operation: 'functions.updateFunctionDeployment',
            model: 'function' as const,
            handle: (asked: Asked) => {
              requireParam(asked.body, 'deploymentId')
              return activate(asked, idField(asked.body, 'deploymentId'), version)
            }
          }
        ]
      : []),
    {
      method: 'DELETE',
      pattern: one,
      scope: 'functions.write',
      operation: 'functions.deleteDeployment',
      handle: (asked) => {
        const state = functionOf(asked)
        state.deployments.delete(deploymentOf(asked, state).deployment.id)
        return { status: 204 }
      }
    }
  ]
}
