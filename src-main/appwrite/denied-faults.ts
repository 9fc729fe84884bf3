import type { Fault } from '../contract/fault.ts'
import { headerText, type Answer } from './answer.ts'
import type { Asked } from './asked.ts'
import type { ErrorBody } from './error-body.ts'

/** The fault for 401 and 403: which of key, project, scope or proxy is at fault, and what to change. */
export function deniedFault(answer: Answer, error: ErrorBody | null, asked: Asked): Fault {
  const denied = (message: string, field?: string): Fault => ({
    code: 'denied',
    message,
    ...(field === undefined ? {} : { field })
  })
  const { host } = asked
  if (answer.status === 407 || (error === null && headerText(answer.headers, 'www-authenticate') !== null)) {
    return denied(
      `A proxy in front of ${host} asks for a password of its own, which Standby cannot give. Let /v1 pass it.`
    )
  }
  switch (error?.type ?? '') {
    case 'project_key_expired':
      return denied('This API key has expired. Create a new one in the Appwrite console and put it in.', 'apiKey')
    case 'general_access_forbidden':
      return denied(
        `${host} refuses to serve this name or project. Use the host name Appwrite was set up with, and check the project id.`,
        'endpoint'
      )
    case 'general_unauthorized_scope':
      return scopeFault(error?.message ?? '', asked, denied)
    case 'user_unauthorized':
      return unknownKeyFault(asked, denied)
    default:
      return answer.status === 401
        ? unknownKeyFault(asked, denied)
        : denied(`${host} does not allow this. A setting of the project, or a proxy in front, forbids it.`)
  }
}

type Denied = (message: string, field?: string) => Fault

/** An unknown key is a guest to Appwrite before 1.6.2, so the scope it then lacks is not what is wrong. */
function scopeFault(message: string, asked: Asked, denied: Denied): Fault {
  if (message.includes('role: guests')) return unknownKeyFault(asked, denied, ' and takes its sender for a guest')
  const list = /missing scopes? \(([^)]{1,200})\)/.exec(message)?.[1] ?? ''
  const scopes =
    list
      .match(/[a-z][a-z0-9._-]*/gi)
      ?.slice(0, 5)
      .join(', ') ?? ''
  return denied(
    scopes === ''
      ? 'This API key lacks a scope that is needed here. Tick it on the key in the Appwrite console.'
      : `This API key lacks the scope ${scopes}. Tick it on the key in the Appwrite console.`,
    'apiKey'
  )
}

function unknownKeyFault({ host, apiKey, projectId }: Asked, denied: Denied, andSo = ''): Fault {
  return apiKey === null
    ? denied(`${host} wants an API key for this. Add one to the connection.`, 'apiKey')
    : denied(
        `${host} does not know this API key for project “${projectId ?? ''}”${andSo}. It was deleted, or it belongs to another project: compare both in the Appwrite console.`,
        'apiKey'
      )
}
