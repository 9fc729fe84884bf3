import { requireProject } from '../http/access.ts'
import { ApiError } from '../http/api-error.ts'
import type { Asked } from '../http/route.ts'
import type { DeploymentState } from '../world/functions/deployment-store.ts'
import type { FunctionState } from '../world/functions/function.ts'
import type { FunctionsWorld } from '../world/functions/functions-world.ts'

/** The functions of the project a request is about. */
export function functionsOf({ access }: Asked): FunctionsWorld {
  return requireProject(access).functions
}

/** The function a path names, or the refusal of one that is not there. */
export function functionOf(asked: Asked): FunctionState {
  const found = functionsOf(asked).find(asked.path.functionId ?? '')
  if (found === null) throw new ApiError('function_not_found')
  return found
}

/** The deployment a path names, of the function it names. */
export function deploymentOf(asked: Asked, state: FunctionState, id = asked.path.deploymentId): DeploymentState {
  const found = state.deployments.all().find(({ deployment }) => deployment.id === id)
  if (found === undefined) throw new ApiError('deployment_not_found')
  return found
}
